package dev.rollbackbot.domain.job;

import static dev.rollbackbot.domain.Samples.T0;

import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.plan.NewRevision;
import dev.rollbackbot.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;

/** Moves as a table writes them: {@code wait to 5m}, {@code measure PROBES}, or a write. */
final class Moves {
  private Moves() {}

  /** A write is {@code STATE or ENDING: step}, with who ended it where somebody did. */
  static String text(Move move) {
    return switch (move) {
      case Move.Wait(Instant until) ->
          until.equals(Instant.MAX) ? "wait for a change" : "wait to " + text(until);
      case Move.Measure(Move.Need need) -> "measure " + need;
      case Move.Write(Step step, Journal next) -> text(next) + ": " + text(step);
    };
  }

  private static String text(Journal next) {
    boolean moves = next.state().moves() || next.ending() == Ending.NONE;
    String name = moves ? next.state().name() : next.ending().name();
    String open = next.state() == JobState.OPEN ? "open " : "";
    return open + name + next.actors().closer().map(who -> " by " + who).orElse("");
  }

  private static String text(Step step) {
    return switch (step) {
      case Step.AddTag(String _, var revision) -> "tag " + revision;
      case Step.DropTag(String _) -> "tag off";
      case Step.Share(LiveSplit split) -> "users " + split;
      case Step.FollowLatest() -> "users LATEST";
      case Step.Both(Step first, Step second) -> text(first) + ", " + text(second);
      case Step.Note() -> "note";
      case Step.Make(NewRevision revision, String _, LiveSplit live) ->
          "make " + text(revision.source()) + ", users " + live;
    };
  }

  private static String text(NewRevision.Source source) {
    return switch (source) {
      case NewRevision.Source.Image(String image, var _) -> image;
      case NewRevision.Source.Of(var revision) -> "as " + revision;
    };
  }

  /** Counted from the approval: {@code 1m30s}. */
  static String text(Instant instant) {
    Duration since = Duration.between(T0, instant);
    long minutes = since.toMinutes();
    long seconds = since.toSecondsPart();
    return (minutes == 0 ? "" : minutes + "m") + (seconds == 0 && minutes > 0 ? "" : seconds + "s");
  }
}
