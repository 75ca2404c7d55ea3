package dev.rollbackbot.simulation;

import dev.rollbackbot.domain.job.Limits;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.engine.CanaryTerms;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.Verdicts;
import dev.rollbackbot.statistics.CommonsChances;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/** All that the actors of one run share. */
record Stage(
    Scheduler scheduler,
    Fate fate,
    Weather weather,
    KBack kBack,
    ModelCloudRun cloudRun,
    Board board,
    Neighbours neighbours,
    Deliveries deliveries,
    Watch watch,
    ServiceSettings settings) {
  static final String BOT = "rollback-bot";
  static final ZoneId ZONE = ZoneId.of("UTC");
  static final Limits LIMITS = Limits.defaults();
  static final CanaryTerms CANARY = new CanaryTerms(Ladder.standard(), 20, 0.05);
  static final Verdicts VERDICTS =
      new Verdicts(new CommonsChances(), Map.of(KBack.ID.name(), CANARY));
  static final Duration LATENESS = Duration.ofMinutes(5);
  static final Duration OFFER_LIFE = Duration.ofMinutes(15);
  static final byte[] KEY = "the key of the workers: 32 bytes".getBytes(StandardCharsets.UTF_8);
}
