package dev.rollbackbot.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.model.Settings.Figure;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static final Settings THEN =
      settings(
          Map.of("REGION", "m1", "LEGACY", "m2", "BATCH", "m3"),
          Map.of("DB_PASSWORD", "db:latest", "MAIL_KEY", "mail:3"),
          Map.of(Figure.MEMORY, "512Mi", Figure.CPU, "1"),
          Map.of("vpc_access", "v1", "args", "a1"));
  private static final Settings NOW =
      settings(
          Map.of("REGION", "m1", "PLAN_ID", "m4", "BATCH", "m5"),
          Map.of("DB_PASSWORD", "db:latest", "MAIL_KEY", "mail:4"),
          Map.of(Figure.MEMORY, "1Gi", Figure.CPU, "1", Figure.MIN_INSTANCES, "1"),
          Map.of("args", "a1"));

  @Test
  void whatDiffersIsNamedAndNothingElse() {
    Differences differences = Differences.between(THEN, NOW);

    assertThat(differences.added()).containsExactly("PLAN_ID");
    assertThat(differences.removed()).containsExactly("LEGACY");
    assertThat(differences.changed()).containsExactly("BATCH", "MAIL_KEY");
    assertThat(differences.figures())
        .containsExactly(
            new Differences.Change(Figure.MEMORY, Optional.of("512Mi"), Optional.of("1Gi")),
            new Differences.Change(Figure.MIN_INSTANCES, Optional.empty(), Optional.of("1")));
    assertThat(differences.others()).containsExactly("vpc_access");
    assertThat(differences.floating()).containsExactly("db:latest");
    assertThat(differences.fixed()).containsExactly("mail:3");
    assertThat(differences.none()).isFalse();
  }

  @Test
  void theSameDoesNotDiffer() {
    Differences differences = Differences.between(NOW, NOW);

    assertThat(differences.none()).isTrue();
    assertThat(differences.floating()).as("still floats on both").containsExactly("db:latest");
    assertThat(differences.fixed()).isEmpty();
  }

  private static Settings settings(
      Map<String, String> environment,
      Map<String, String> secrets,
      Map<Figure, String> figures,
      Map<String, String> others) {
    return new Settings(
        new TreeMap<>(environment),
        new TreeMap<>(secrets),
        new TreeMap<>(figures),
        new TreeMap<>(others));
  }
}
