package dev.rollbackbot.engine;

import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.LiveRate;
import dev.rollbackbot.domain.health.SlowLine;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Aimed;
import dev.rollbackbot.domain.plan.Facts;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.Outlook;
import dev.rollbackbot.domain.plan.Wish;
import dev.rollbackbot.port.LogReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks ahead of a canary: how many users its rungs will see, and what these can show. */
public final class Outlooks {
  /** Of live's present, long enough for a quiet service. */
  private static final Duration BACK = Duration.ofMinutes(10);

  /** Where live answers faster than this, nobody would feel a target that is faster still. */
  private static final Duration FELT_LESS = Duration.ofMillis(100);

  private final LogReader logs;
  private final Verdicts verdicts;

  public Outlooks(LogReader logs, Verdicts verdicts) {
    this.logs = logs;
    this.verdicts = verdicts;
  }

  /** What users ask of live now; nothing is read where no canary is wished for. */
  LiveRate rate(Wish wish, Optional<RevisionName> live) {
    return wish.ladder().isEmpty() || live.isEmpty()
        ? LiveRate.none()
        : logs.rate(wish.service(), live.get(), BACK);
  }

  /** Forward to a revision that is younger than live; everything else is a way back. */
  Direction direction(Facts facts, Optional<Aimed> aimed) {
    Optional<Revision> live = facts.state().live().main().flatMap(facts::revision);
    return aimed
            .flatMap(Aimed::revision)
            .filter(target -> live.filter(l -> target.created().isAfter(l.created())).isPresent())
            .isPresent()
        ? Direction.FORWARD
        : Direction.BACK;
  }

  Outlook outlook(
      Ladder ladder, ServiceSettings settings, Direction direction, Known<LiveRate> rate) {
    Optional<SlowLine> slowLine =
        rate.asOptional()
            .flatMap(LiveRate::p95)
            .filter(p95 -> direction == Direction.FORWARD || p95.compareTo(FELT_LESS) >= 0)
            .map(p95 -> SlowLine.of(direction, p95));
    return new Outlook(
        direction,
        rate,
        slowLine,
        rate.asOptional()
            .map(r -> verdicts.foresee(settings.canary(), ladder, direction, slowLine, r))
            .orElse(List.of()),
        settings.limits().logDelay());
  }
}
