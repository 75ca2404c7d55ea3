package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.health.Detectability;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.LiveRate;
import dev.rollbackbot.domain.health.SlowLine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a canary has before it: which way it goes, and what each rung can show at the present rate.
 *
 * @param rate of live now
 * @param rungs what each can show, in order; empty where the rate is unknown
 * @param leastHold shorter holds would end before their logs can be read
 */
public record Outlook(
    Direction direction,
    Known<LiveRate> rate,
    Optional<SlowLine> slowLine,
    List<Detectability> rungs,
    Duration leastHold) {

  public Outlook {
    rungs = List.copyOf(rungs);
  }
}
