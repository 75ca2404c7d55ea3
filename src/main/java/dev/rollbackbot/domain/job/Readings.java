package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.ErrorMessage;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.Health;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.journal.Canary.Doubt;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was measured for the next decision; empty is what was not asked for. */
public record Readings(
    Optional<ProbeResult> tagged,
    Optional<ProbeResult> live,
    Optional<Boolean> served,
    Optional<Assessment> assessment,
    Optional<Boolean> told,
    Optional<Boolean> chat,
    Optional<Watched> watched) {

  /**
   * What the logs allow to say; the figures name what is missing of them.
   *
   * @param messages of the errors in the figures, where the service opted in
   */
  public record Assessment(Health health, Optional<Figures> figures, List<ErrorMessage> messages) {
    public Assessment {
      messages = List.copyOf(messages);
    }
  }

  /** What a look at a canary showed. */
  public sealed interface Watched {
    /**
     * Users' requests on both sides.
     *
     * @param end of the time it covers
     * @param verdict over all looks and this one
     */
    record Seen(Look look, Instant end, CanaryVerdict verdict) implements Watched {}

    /** The logs are late, or could not be read. */
    record Blind(Doubt why) implements Watched {}
  }

  public static Readings none() {
    return new Readings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Readings withProbes(ProbeResult tagged, Optional<ProbeResult> live) {
    return new Readings(Optional.of(tagged), live, served, assessment, told, chat, watched);
  }

  public Readings withLive(ProbeResult live) {
    return new Readings(tagged, Optional.of(live), served, assessment, told, chat, watched);
  }

  public Readings withServed(boolean served) {
    return new Readings(tagged, live, Optional.of(served), assessment, told, chat, watched);
  }

  public Readings withAssessment(Assessment assessment) {
    return new Readings(tagged, live, served, Optional.of(assessment), told, chat, watched);
  }

  public Readings withTold(boolean told) {
    return new Readings(tagged, live, served, assessment, Optional.of(told), chat, watched);
  }

  public Readings withChat(boolean chat) {
    return new Readings(tagged, live, served, assessment, told, Optional.of(chat), watched);
  }

  public Readings withWatched(Watched watched) {
    return new Readings(tagged, live, served, assessment, told, chat, Optional.of(watched));
  }
}
