package dev.rollbackbot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.ConfigCheck.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ConfigCheckTest {
  private static final Path EXAMPLE = Path.of("manifests/example.yaml");

  private static final Map<String, String> EVERY_SECRET =
      Map.of(
          Secrets.SIGNING_SECRET, "5ffa1ee7d00d".repeat(3),
          Secrets.PREVIOUS_SIGNING_SECRET, "0ddba11cafe5".repeat(3),
          Secrets.BOT_TOKEN, "xoxb-8675309-Zq",
          Secrets.WORKER_KEY, "JQWX".repeat(10),
          Secrets.GIT_TOKEN, "ghp_VzKy31");

  @TempDir private Path folder;

  @Test
  void showsEverySettingWithItsDefaultAsTheBotWouldReadIt() {
    ConfigCheck check = ConfigCheck.of(EXAMPLE, Role.ALL, EVERY_SECRET);

    assertThat(check.mistakes()).isEmpty();
    assertThat(check.resolved())
        .contains("takeOver: \"15s\"", "minRequests: 20", "# configuration ");
    assertThat(Config.parse(check.resolved(), "printed")).isEqualTo(Config.load(EXAMPLE));
  }

  @Test
  void tellsOfEachSecretWhetherItIsThereAndNeverWhatItIs() {
    var some = new HashMap<>(EVERY_SECRET);
    some.remove(Secrets.GIT_TOKEN);

    String printed = ConfigCheck.of(EXAMPLE, Role.ALL, some).resolved();

    assertThat(printed)
        .contains("# SLACK_SIGNING_SECRET: present", "# SLACK_SIGNING_SECRET_PREVIOUS: present")
        .contains("# SLACK_BOT_TOKEN: present", "# ROLLBACK_BOT_KEY: present")
        .contains("# GIT_TOKEN: absent");
    // Not even four characters of any of them.
    assertThat(pieces(some)).noneMatch(printed::contains);
  }

  private static Stream<String> pieces(Map<String, String> secrets) {
    return secrets.values().stream()
        .flatMap(
            value ->
                Stream.iterate(0, i -> i + 4 <= value.length(), i -> i + 1)
                    .map(i -> value.substring(i, i + 4)));
  }

  @Test
  void tellsMistakesOfTheFileAndMissingSecretsInOneGo() throws IOException {
    Path file =
        written(
            Files.readString(EXAMPLE)
                .replace("language: ja                      #", "language: fr #")
                .replace("gitDirectory", "gitDirektory"));

    ConfigCheck check =
        ConfigCheck.of(
            file, Role.WORKER, Map.of(Secrets.SIGNING_SECRET, "short", Secrets.WORKER_KEY, ""));

    assertThat(check.mistakes().stream().collect(Collectors.joining("\n")))
        .contains("language (line 8): 'fr' does not fit")
        .contains("worker.gitDirectory", "worker.gitDirektory")
        .contains("SLACK_SIGNING_SECRET: is shorter than 16 characters")
        .contains("SLACK_BOT_TOKEN: is missing or empty")
        .contains("ROLLBACK_BOT_KEY: is missing or empty");
    assertThat(check.settings()).isEmpty();
    assertThat(check.resolved()).contains("# SLACK_SIGNING_SECRET: present");
  }

  @Test
  void aFileThatIsNotThereHidesNoMissingSecret() {
    ConfigCheck check = ConfigCheck.of(folder.resolve("none.yaml"), Role.SERVE, Map.of());

    assertThat(check.mistakes()).hasSize(2);
    assertThat(check.mistakes().get(0)).contains("none.yaml: does not exist");
    assertThat(check.mistakes().get(1)).contains("SLACK_SIGNING_SECRET: is missing or empty");
  }

  @ParameterizedTest(name = "{0} with the front''s secret alone: {1} mistakes")
  @CsvSource({"SERVE, 0", "WORKER, 1", "ALL, 1"})
  void asksForNoSecretThatTheProcessDoesNotNeed(Role role, int mistakes) {
    Map<String, String> fronts = Map.of(Secrets.SIGNING_SECRET, "s".repeat(32));

    assertThat(ConfigCheck.of(EXAMPLE, role, fronts).mistakes()).hasSize(mistakes);
  }

  /** Each in a place where a value that does not fit is shown. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy",
        "xapp-1-A0-2-abc",
        "ghp_0123456789",
        "github_pat_11AAA_bbb",
        "https://me:hunter2hunter2@example.com/",
        "8f742231b10e8888abcd99yyyzzz85a5",
        "KJ3kd9sLLw0Zb9zq2mVvB1c8pX4tR7yQ5nA6eW0uHfg=",
      })
  void aSecretInAWrongPlaceIsNotShownEither(String secret) throws IOException {
    Path file = written(Files.readString(EXAMPLE).replace("C0INCIDENT ", "'" + secret + "' "));

    String told = String.join("\n", ConfigCheck.of(file, Role.ALL, EVERY_SECRET).mistakes());

    assertThat(told).contains("slack.incidentChannel", "(secret)").doesNotContain(secret);
    assertThat(told).doesNotContain("hunter2");
  }

  @Test
  void theCommandEndsWithTwoWhereSomethingMustBeMendedAndWithUsageWhereItIsMistyped() {
    assertThat(run("config", "check", "--config", folder + "/none.yaml")).isEqualTo(2);
    assertThat(run("config", "check", "--for", "nobody")).isEqualTo(2);
    assertThat(run("config")).isEqualTo(2);
  }

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    var err = new StringWriter();
    int code =
        commandLine.setOut(new PrintWriter(err)).setErr(new PrintWriter(err)).execute(arguments);
    assertThat(err.toString()).containsAnyOf("does not exist", "Usage", "nobody");
    return code;
  }

  private Path written(String yaml) throws IOException {
    return Files.writeString(folder.resolve("rollback-bot.yaml"), yaml);
  }
}
