package dev.rollbackbot.engine;

import dev.rollbackbot.domain.approval.Asked;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.Move;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.Facts;
import dev.rollbackbot.domain.plan.Step;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.ImageRegistry;
import dev.rollbackbot.port.ImageRegistry.TaggedImage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The return to newest where no rollback of this bot's stands in the way: somebody pinned the
 * service by hand, or a rollback was kept long ago.
 *
 * <p>It is a job of its own that begins where an open rollback's return does: "before" is the pin,
 * the target is what the pin holds, and the newest revision is probed before it gets users.
 */
public final class Pins {
  private static final int RECENT_IMAGES = 60;

  private final CloudRun cloudRun;
  private final ImageRegistry registry;
  private final Together together;
  private final InstantSource clock;
  private final String bot;
  private final String driver;

  public Pins(
      CloudRun cloudRun,
      ImageRegistry registry,
      Together together,
      InstantSource clock,
      String bot,
      String driver) {
    this.cloudRun = cloudRun;
    this.registry = registry;
    this.together = together;
    this.clock = clock;
    this.bot = bot;
    this.driver = driver;
  }

  /** The first write of the return, or why there is none. */
  sealed interface Found {
    record Return(Move.Write write) implements Found {}

    record No(Problem problem) implements Found {}
  }

  /** How this service's pin would be taken back. */
  Found takeBack(
      ServiceState state, JournalReading reading, ServiceSettings settings, Asked asked) {
    Optional<RevisionName> newest = state.latestReady();
    Optional<RevisionName> held = state.live().main();
    if (newest.isEmpty() || held.isEmpty() || state.wanted().isLatest100()) {
      return new Found.No(Problem.refusal(Code.NOTHING_NEWER));
    }
    Together.Pending<List<TaggedImage>> recent =
        together.start(() -> registry.recent(settings.repository(), RECENT_IMAGES));
    Optional<Revision> holds = cloudRun.revision(state.id(), held.get());
    Optional<Revision> becomes = cloudRun.revision(state.id(), newest.get());
    Optional<Digest> digest = holds.flatMap(r -> r.image().digest());
    if (digest.isEmpty()) {
      return new Found.No(
          Problem.refusal(Code.DIGEST_UNKNOWN, Map.of("revision", held.get().value())));
    }
    Map<Digest, CommitSha> commits =
        FactsCollector.commitsByDigest(recent.known("registry").asOptional().orElse(List.of()));
    Instant now = clock.instant();
    var earlier = Earlier.of(reading, now);
    var aim =
        new Journal.Aim(
            held.get(),
            digest.get(),
            holds.flatMap(r -> Facts.commitOf(r, commits)),
            newest,
            becomes.flatMap(r -> Facts.commitOf(r, commits)),
            settings.probeable());
    Journal journal = journal(state, settings, asked, earlier, aim, now);
    Step addTag = new Step.AddTag(journal.tag(), newest.get());
    return new Found.Return(new Move.Write(earlier.first(addTag), journal));
  }

  private Journal journal(
      ServiceState state,
      ServiceSettings settings,
      Asked asked,
      Earlier earlier,
      Journal.Aim aim,
      Instant now) {
    return new Journal(
        bot,
        asked.id(),
        earlier.seq(),
        state.uid(),
        new Journal.Actors(
            asked.requester(),
            asked.by().person(),
            asked.reason().map(Reason::text),
            Optional.of(asked.by().person())),
        earlier.accepted(),
        state.live(),
        Optional.empty(),
        state.live(),
        aim,
        JobState.RETURN_PREPARING,
        Ending.NONE,
        now,
        now.plus(settings.limits().prepare()),
        driver,
        new Journal.Times(
            asked.at(),
            asked.by().at(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Journal.Evidence.none(),
        state.latestReady(),
        Optional.of(new Journal.Untold(Journal.News.STATE, now)),
        new Journal.Cards(Optional.empty(), Optional.empty(), earlier.ended(), Locale.ENGLISH),
        Optional.empty());
  }
}
