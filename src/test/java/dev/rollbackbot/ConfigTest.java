package dev.rollbackbot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollbackbot.Config.Endpoints;
import dev.rollbackbot.Config.StandIns;
import dev.rollbackbot.Config.Times;
import dev.rollbackbot.ConfigException.Mistake;
import dev.rollbackbot.domain.model.ServiceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final Path EXAMPLE = Path.of("manifests/example.yaml");

  private static final String SMALLEST =
      """
      bot: rollback-bot
      language: en
      slack:
        teams: [T0123ABCD]
        channels:
          - id: C0123ABCD
            services: [k-back]
      services:
        - name: k-back
          project: my-project
          region: asia-northeast1
          image: asia-northeast1-docker.pkg.dev/my-project/k-back-repo/k-back
          git:
            url: https://github.com/my-company/k-back.git
            branch: main
          probe:
            path: /health
      pubsub:
        project: my-project
        topic: rollback-bot
        subscription: rollback-bot-worker
      worker:
        gitDirectory: /tmp/git
      """;

  @Test
  void theExampleIsReadAndShowsTheDefaults() throws IOException {
    Config example = Config.load(EXAMPLE);

    assertThat(example.times()).isEqualTo(Times.standard());
    assertThat(example.endpoints()).isEqualTo(Endpoints.production());
    assertThat(example.services().getFirst().id())
        .isEqualTo(new ServiceId("my-project", "asia-northeast1", "k-back"));
    assertThat(example.services().getFirst().git().migrations()).contains("alembic/versions");
    String withoutOptional =
        Files.readString(EXAMPLE)
            .replaceAll(
                "(?m)^ *(attempts|timeout|reachable|policy|approvals|requestsPerMinute):.*\n", "")
            .replaceAll("(?ms)^(times|endpoints|front):.*?\n\n", "")
            .replaceAll("(?ms)^    verify:.*?\n\n", "\n");
    assertThat(withoutOptional.length()).isLessThan(Files.readString(EXAMPLE).length() - 1_000);
    assertThat(Config.parse(withoutOptional, "example")).isEqualTo(example);
  }

  @Test
  void theSmallestConfigurationHasDefaultsForTheRest() {
    Config config = Config.parse(SMALLEST, "smallest");

    assertThat(config.language()).isEqualTo(Locale.ENGLISH);
    assertThat(config.slack().channels().getFirst().language()).isEqualTo(Locale.ENGLISH);
    assertThat(config.slack().approvals()).isTrue();
    assertThat(config.slack().incidentChannel()).isEmpty();
    assertThat(config.services().getFirst().probe())
        .isEqualTo(new Config.Probe("/health", 5, Duration.ofSeconds(3), true));
    assertThat(config.services().getFirst().verify())
        .isEqualTo(new Config.Verify(Duration.ofMinutes(1), Duration.ofMinutes(2), 20, 0.02));
    assertThat(config.front()).isEqualTo(new Config.Front("0.0.0.0", 8080));
  }

  @Test
  void aServiceMayWantTwoPeopleAndNameGroups() {
    Config config =
        Config.parse(
            SMALLEST.replace(
                "    probe:",
                "    policy: four_eyes\n    approvers: [U0123ABCD, S0ONCALL01]\n    probe:"),
            "two people");

    assertThat(config.services().getFirst().policy()).isEqualTo(Config.Policy.FOUR_EYES);
    assertThat(config.services().getFirst().approvers()).containsExactly("U0123ABCD", "S0ONCALL01");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                Config.parse(
                    SMALLEST.replace(
                        "    probe:", "    policy: two\n    approvers: [ann]\n    probe:"),
                    "two mistakes"))
        .withMessageContaining("services[0].policy (line 16): 'two' does not fit")
        .withMessageContaining("services[0].approvers (line 17): 'ann' does not fit");
  }

  @Test
  void aServiceTakesTheVerifyTimesOfAllUnlessItNamesItsOwn() {
    String shared = SMALLEST + "times: {verifyGrace: 100ms, verifyWindow: 2s}\n";
    Config config =
        Config.parse(
            shared.replace("    probe:", "    verify: {window: 5s}\n    probe:"), "shared");

    assertThat(config.services().getFirst().verify().grace()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.services().getFirst().verify().window()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest(name = "{0} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          language: en                | language: fr         | language (line 2): 'fr' does not fit; for example: language: ja
          language: en                | language:            | language (line 2): has no value
          language: en                |                      | language (line 1): is missing; for example: language: ja
          teams: [T0123ABCD]          | teams: []            | slack.teams (line 4): is missing; for example: teams: [T0123ABCD]
          teams: [T0123ABCD]          | teams: T0123ABCD     | slack.teams (line 4): should be a list
          teams: [T0123ABCD]          | tems: [T0123ABCD]    | slack.tems (line 4): is not a key here; known are teams, channels, incidentChannel, approvals, requestsPerMinute
          services: [k-back]          | services: [k-front]  | slack.channels[0].services (line 7): no service is named 'k-front'
          id: C0123ABCD               | id: '#general'       | slack.channels[0].id (line 6): '#general' does not fit
          branch: main                | branch: [main]       | services[0].git.branch (line 15): should be one value
          branch: main                | depth: 3             | services[0].git.branch (line 14): is missing; for example: branch: main
          url: https://github.com/my-company/k-back.git | url: https://me:s3cr3t@github.com/x | services[0].git.url (line 14): 'https://(secret)@github.com/x' does not fit
          url: https://github.com/my-company/k-back.git | url: git@github.com:x/y.git         | services[0].git.url (line 14):
          path: /health               | path: //evil.example | services[0].probe.path (line 17): '//evil.example' does not fit
          path: /health               | {path: /h, timeout: 3 s} | services[0].probe.timeout (line 17): '3 s' does not fit; for example: timeout: 3s
          k-back-repo/k-back          | k-back-repo/k-back:latest | services[0].image (line 12):
          topic: rollback-bot         | topic: *x            | (line 20)
          bot: rollback-bot           | bot: &x rollback-bot | -
          project: my-project         | project: "my-project | YAML
          worker:                     | pubsub:              | pubsub (line 22): stands here a second time
          """)
  void eachMistakeNamesKeyLineAndExample(String right, String wrong, String expected) {
    String yaml = SMALLEST.replace(right, wrong == null ? "" : wrong);
    if (expected.equals("-")) {
      assertThat(Config.parse(yaml, "anchored").bot()).isEqualTo("rollback-bot");
      return;
    }

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Config.parse(yaml, "rollback-bot.yaml"))
        .withMessageStartingWith("rollback-bot.yaml cannot be used:")
        .withMessageContaining(expected);
  }

  @Test
  void allMistakesAreToldAtOnceAMisspeltKeyByBothItsNames() {
    String yaml =
        SMALLEST
            .replace("gitDirectory", "gitDirektory")
            .replace("region: asia-northeast1", "region: Tokyo")
            .replace("topic: rollback-bot", "topic: x");

    var failure =
        catchThrowableOfType(ConfigException.class, () -> Config.parse(yaml, "three mistakes"));

    assertThat(failure.mistakes())
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder(
            "services[0].region", "pubsub.topic", "worker.gitDirectory", "worker.gitDirektory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# only a note", "- a\n- b", "text", "a: b: c", "\t", "{"})
  void whatIsNoConfigurationIsToldAndNeverBreaks(String yaml) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Config.parse(yaml, "odd.yaml"));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Config.load(Path.of("nowhere.yaml")))
        .withMessageContaining("nowhere.yaml: does not exist");
  }

  @Test
  void settingsMadeInCodeAreTheSameAfterAFile() {
    Config example = Config.load(EXAMPLE);
    Times odd =
        Config.parse(
                SMALLEST + "times: {probeHold: 1500ms, switchLimit: 2h, verifyGrace: 1ms}\n", "odd")
            .times();
    var sandbox =
        new Config(
            "sandbox",
            Locale.ENGLISH,
            new Config.Slack(
                example.slack().teams(), example.slack().channels(), Optional.empty(), false, 7),
            example.services(),
            odd,
            example.pubsub(),
            new Endpoints(
                "http://127.0.0.1:1/api/",
                "http://127.0.0.1:1/commands/",
                "http://127.0.0.1:",
                Optional.of(
                    new StandIns(
                        "127.0.0.1:1",
                        "127.0.0.1:2",
                        "127.0.0.1:3",
                        "127.0.0.1:4",
                        "127.0.0.1:5"))),
            new Config.Front("127.0.0.1", 0),
            new Config.Worker(Path.of("/tmp/with space/git: x")));

    assertThat(Config.parse(sandbox.toYaml(), "written")).isEqualTo(sandbox);
    assertThat(Config.parse(example.toYaml(), "written")).isEqualTo(example);
    assertThat(sandbox.hash()).matches("[0-9a-f]{8}").isNotEqualTo(example.hash());
    assertThat(Config.load(EXAMPLE).hash()).isEqualTo(example.hash());
  }

  @Test
  void plaintextIsForThisMachineOnly() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                Config.parse(
                    SMALLEST
                        + """
                        endpoints:
                          slackApi: http://slack.example/api/
                          google: {run: 'run.example:80', registry: '127.0.0.1:1', logging: x}
                        """,
                    "plain"))
        .withMessageContaining("endpoints.slackApi")
        .withMessageContaining("endpoints.google.run")
        .withMessageContaining("endpoints.google.pubsub")
        .withMessageContaining("endpoints.google.logging");
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "90s,90000", "4m,240000", "1h,3600000", "24h,86400000"})
  void timesAreReadAndWritten(String text, long millis) {
    assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
    assertThat(Durations.parse(Durations.format(Duration.ofMillis(millis))))
        .contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "-1s", "4", "m", "1d", "25h", "1.5s", "99999999s", "PT4M"})
  void whatIsNoTimeIsRefused(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @Test
  void secretsAreDemandedOnlyFromWhoNeedsThemAndNeverShown() {
    Map<String, String> front = Map.of(Secrets.SIGNING_SECRET, " 0123456789abcdef0123 \n");
    Secrets secrets = Secrets.from(front);

    assertThat(secrets.requireForFront().signingSecrets())
        .extracting(Secret::value)
        .containsExactly("0123456789abcdef0123");
    assertThat(secrets.toString() + secrets.requireForFront()).doesNotContain("0123456789abcdef");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(secrets::requireForWorker)
        .withMessageContaining("SLACK_BOT_TOKEN: is missing or empty")
        .withMessageContaining("ROLLBACK_BOT_KEY: is missing or empty")
        .withMessageNotContaining("SLACK_SIGNING_SECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "---", "tooshort"})
  void anEmptyOrWeakSigningSecretIsRefusedByName(String secret) {
    Secrets secrets = Secrets.from(Map.of(Secrets.SIGNING_SECRET, secret));

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(secrets::requireForFront)
        .withMessageContaining("SLACK_SIGNING_SECRET");
  }

  @Test
  void theWorkerTakesBothSigningSecretsWhileTheyAreChanged() {
    Secrets.ForWorker worker =
        Secrets.from(
                Map.of(
                    Secrets.SIGNING_SECRET, "n".repeat(32),
                    Secrets.PREVIOUS_SIGNING_SECRET, "o".repeat(32),
                    Secrets.BOT_TOKEN, "xoxb-1-2-3",
                    Secrets.WORKER_KEY, "k".repeat(32)))
            .requireForWorker();

    assertThat(worker.signingSecrets())
        .isEqualTo(List.of(new Secret("n".repeat(32)), new Secret("o".repeat(32))));
    assertThat(worker.gitToken()).isEmpty();
    assertThat(worker.toString()).doesNotContain("nnn").doesNotContain("xoxb").doesNotContain("kk");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                Secrets.from(
                        Map.of(
                            Secrets.SIGNING_SECRET, "n".repeat(32),
                            Secrets.BOT_TOKEN, "xapp-1",
                            Secrets.WORKER_KEY, "short"))
                    .requireForWorker())
        .withMessageContaining("SLACK_BOT_TOKEN: is no bot token")
        .withMessageContaining("ROLLBACK_BOT_KEY: is shorter than 32 bytes")
        .withMessageNotContaining("xapp-1");
  }
}
