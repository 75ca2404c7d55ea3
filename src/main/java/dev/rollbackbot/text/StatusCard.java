package dev.rollbackbot.text;

import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.report.DeskReport.Status;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a service stands: who serves, since when, pinned or not, and what is open. */
final class StatusCard {
  private final Voice voice;
  private final Status status;
  private final Optional<JobWords> job;

  StatusCard(Voice voice, Status status) {
    this.voice = voice;
    this.status = status;
    this.job = status.job().map(view -> new JobWords(voice, view));
  }

  Message compose() {
    String heading = voice.heading(word(), status.service());
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    blocks.add(new Block.Paragraph(live()));
    blocks.add(new Block.Paragraph(open()));
    if (!status.others().isEmpty()) {
      blocks.add(voice.paragraph("offer.cautions"));
      blocks.add(
          new Block.Paragraph(
              voice.bullets(status.others(), status.others().size(), new CautionText(voice)::say)));
    }
    job.ifPresent(words -> blocks.add(new Block.Context(words.typed(false))));
    status.job().flatMap(view -> DeskComposer.link(voice, view)).ifPresent(blocks::add);
    if (job.isEmpty()) {
      blocks.add(
          voice
              .words()
              .context(
                  status.pinned() ? "status.next.pinned" : "status.next",
                  Slot.text("service", status.service().name())));
    }
    return new Message(heading, blocks);
  }

  private String word() {
    if (job.isPresent()) {
      return job.get().word();
    }
    return voice.plain(
        switch (status.journal()) {
          case JournalReading.Foreign _, JournalReading.Unreadable _ -> "status.word.record";
          case JournalReading.Absent _, JournalReading.Found _ ->
              !status.settled()
                  ? "status.word.settling"
                  : status.pinned() ? "status.word.pinned" : "status.word.newest";
        });
  }

  private List<Part> live() {
    Optional<CommitSha> sha = status.commitSha().filter(CommitSha::isSha).map(CommitSha::new);
    Optional<RevisionName> main = status.live().main();
    return Sentences.lines(
        voice.say(
            "card.live",
            new Slot(
                "split",
                voice.split(status.live(), name -> main.filter(name::equals).flatMap(_ -> sha)))),
        voice.commit(sha, status.commit()),
        voice.say(
            "status.since",
            Slot.text(
                "since",
                status
                    .since()
                    .map(voice.clock()::stamp)
                    .orElseGet(() -> voice.plain("status.since.unknown")))),
        voice.say(status.pinned() ? "status.pinned" : "status.floats"),
        status.settled() ? List.of() : voice.say("status.settling"),
        status
            .newest()
            .map(name -> voice.say("status.newest", Slot.text("newest", name)))
            .orElse(List.of()),
        voice.say(
            "status.writer",
            Slot.text("by", OneLine.of(status.lastModifier(), OneLine.NAME)),
            Slot.text("client", client())),
        status.leftoverTags().isEmpty()
            ? List.of()
            : voice.say(
                "status.tags",
                Slot.text(
                    "tags", OneLine.of(String.join(", ", status.leftoverTags()), OneLine.LIST))),
        voice.say("status.configuration", Slot.mono("hash", status.configuration())));
  }

  private String client() {
    return status.client().isBlank()
        ? voice.plain("status.client.unknown")
        : OneLine.of(status.client(), OneLine.NAME);
  }

  private List<Part> open() {
    if (job.isEmpty()) {
      return status.journal() instanceof JournalReading.Found
          ? voice.say("status.nojob")
          : DeskComposer.journal(voice, status.journal());
    }
    return Sentences.lines(
        voice.say(
            "status.job",
            Slot.text("from", job.get().from()),
            Slot.text("target", job.get().target())),
        job.get().sentence("now"));
  }
}
