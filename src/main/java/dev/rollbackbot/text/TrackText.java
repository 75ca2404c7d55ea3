package dev.rollbackbot.text;

import dev.rollbackbot.domain.health.Figures.Load;
import dev.rollbackbot.domain.plan.Track;
import dev.rollbackbot.domain.plan.Track.Counted;
import dev.rollbackbot.domain.plan.Track.Worth;
import dev.rollbackbot.text.Message.Part;
import java.util.ArrayList;
import java.util.List;

/** What is on record of a revision's time with users, in one line. */
final class TrackText {
  private final Voice voice;

  TrackText(Voice voice) {
    this.voice = voice;
  }

  /** When it served, how long, with how many requests and errors, and what that proves. */
  List<Part> line(Track track, Worth worth) {
    var said = new ArrayList<Part>();
    track
        .lastServed()
        .ifPresentOrElse(
            last ->
                said.addAll(
                    voice.say(
                        "track.served",
                        Slot.text("at", voice.clock().shortDay(last)),
                        Slot.text("long", voice.clock().duration(track.served())))),
            () -> said.addAll(voice.say("track.served.unknown")));
    return and(said, track, worth);
  }

  /** The same where it was just said when it last served; empty when nothing more is known. */
  List<Part> more(Track track, Worth worth) {
    if (worth == Worth.UNKNOWN) {
      return List.of();
    }
    return and(
        new ArrayList<>(
            voice.say("track.total", Slot.text("long", voice.clock().duration(track.served())))),
        track,
        worth);
  }

  private List<Part> and(List<Part> said, Track track, Worth worth) {
    track.counted().ifPresent(counted -> said.addAll(counted(counted)));
    said.addAll(worth(track, worth));
    return said;
  }

  private List<Part> counted(Counted counted) {
    Load load = counted.load();
    return voice.say(
        counted.complete() ? "track.requests" : "track.requests.most",
        Slot.number("n", load.requests()),
        Slot.text("share", Numbers.share(load.errorShare())));
  }

  /** Why it may be trusted, or why not. */
  private List<Part> worth(Track track, Worth worth) {
    return switch (worth) {
      case VERIFIED ->
          voice.say(
              "track.worth.VERIFIED",
              Slot.text(
                  "at",
                  track
                      .tried()
                      .map(rollback -> voice.clock().shortDay(rollback.at()))
                      .orElseGet(() -> voice.plain("figures.nodata"))));
      case SERVED ->
          voice.say(track.counted().isPresent() ? "track.worth.SERVED" : "track.uncounted");
      case SERVED_WELL, UNWELL, TOO_SHORT -> voice.say("track.worth." + worth);
      case UNKNOWN -> List.of();
    };
  }
}
