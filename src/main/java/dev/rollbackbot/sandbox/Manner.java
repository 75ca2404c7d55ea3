package dev.rollbackbot.sandbox;

import dev.rollbackbot.sandbox.kback.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How a commit's code does, wherever it runs. Four in five requests of users read a plan. */
public enum Manner {
  /** Answers in some 20 ms. */
  WELL("正常", "well"),
  /** One in ten plans fails; the check of its health does not. */
  TENTH_FAILS("10 回に 1 回失敗する", "one plan in ten fails"),
  /** One in three plans fails; the check of its health does not. */
  THIRD_FAILS("3 回に 1 回失敗する", "one plan in three fails"),
  /** One in three plans fails, and of the checks of its health as well. */
  SICK("3 回に 1 回失敗し、ヘルスチェックも失敗する", "one plan in three fails, and so do health checks"),
  /** Answers correctly in 400 ms. */
  SLOW("応答が遅い (0.4 秒)", "answers take 0.4 s");

  private static final Duration LONG = Duration.ofMillis(400);

  private final String japanese;
  private final String english;

  Manner(String japanese, String english) {
    this.japanese = japanese;
    this.english = english;
  }

  Behaviour behaviour() {
    Behaviour healthy = Behaviour.healthy();
    return switch (this) {
      case WELL -> healthy;
      case TENTH_FAILS -> failing(healthy, 0.1);
      case THIRD_FAILS -> failing(healthy, 1.0 / 3);
      case SICK -> Behaviour.sick();
      case SLOW -> healthy.withTimes(LONG, healthy.coldStart());
    };
  }

  private static Behaviour failing(Behaviour healthy, double share) {
    return healthy.failing(share, "KeyError: 'plan_id'", List.of("/plans/"));
  }

  /** In a few words. */
  public String words(Locale locale) {
    return locale.getLanguage().equals("ja") ? japanese : english;
  }
}
