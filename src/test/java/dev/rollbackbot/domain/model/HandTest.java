package dev.rollbackbot.domain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.Samples;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HandTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void keepers(String name, Map<String, String> marks, String client, Set<Hand> keepers) {
    assertThat(Hand.keepers(marks, client)).isEqualTo(keepers);
  }

  static Stream<Arguments> keepers() {
    return Stream.of(
        arguments("a service that people deploy", Map.of("team", "care"), "gcloud", Set.of()),
        arguments("the bot wrote last", Map.of(), "rollback-bot", Set.of()),
        arguments("the console wrote last", Map.of(), "cloud-console", Set.of()),
        arguments(
            "Terraform's label",
            Map.of("goog-terraform-provisioned", "true"),
            "gcloud",
            Set.of(Hand.TERRAFORM)),
        arguments("a file that names itself", Map.of(), "terraform", Set.of(Hand.TERRAFORM)),
        arguments(
            "Config Connector's annotation",
            Map.of("cnrm.cloud.google.com/project-id", "p"),
            "",
            Set.of(Hand.CONFIG_CONNECTOR)),
        arguments(
            "Cloud Deploy's label",
            Map.of("deploy.cloud.google.com/release-id", "rel-002"),
            "",
            Set.of(Hand.CLOUD_DEPLOY)),
        arguments(
            "Cloud Deploy as manager",
            Map.of("app.kubernetes.io/managed-by", "google-cloud-deploy"),
            "",
            Set.of(Hand.CLOUD_DEPLOY)),
        arguments(
            "a function",
            Map.of("goog-managed-by", "cloudfunctions", "goog-cloudfunctions-runtime", "nodejs22"),
            "",
            Set.of(Hand.CLOUD_FUNCTIONS)),
        arguments(
            "a function of Firebase",
            Map.of("goog-managed-by", "cloudfunctions", "firebase-functions-hash", "991dfe18"),
            "cli-firebase",
            Set.of(Hand.FIREBASE)),
        arguments(
            "a trigger of Cloud Build, under a team's Terraform",
            Map.of(
                "managed-by",
                "gcp-cloud-build-deploy-cloud-run",
                "gcb-trigger-id",
                "fc429b51",
                "goog-terraform-provisioned",
                "true"),
            "gcloud",
            Set.of(Hand.CLOUD_BUILD, Hand.TERRAFORM)),
        arguments(
            "the deploy action",
            Map.of("managed-by", "github-actions", "commit-sha", "6831359"),
            "gcloud",
            Set.of(Hand.GITHUB_ACTIONS)),
        arguments("another manager", Map.of("managed-by", "pulumi"), "", Set.of()));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "google-cloud-sdk gcloud/528.0.0 command/gcloud.run.deploy (Linux), GCLOUD",
    "Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-google/6.1.0, TERRAFORM",
    "kcc/controller-manager, CONFIG_CONNECTOR",
    "Mozilla/5.0 (X11; Linux x86_64), CONSOLE",
    "google-cloud-deploy, CLOUD_DEPLOY",
    "FirebaseCLI/13.0.0, FIREBASE",
    "grpc-java-netty/1.83.0, OTHER",
    "'', OTHER"
  })
  void byUserAgent(String agent, Hand hand) {
    assertThat(Hand.ofAgent(agent)).isEqualTo(hand);
  }

  @ParameterizedTest(name = "{0} by {1}: {2} with {3}")
  @CsvSource({
    "gcloud, google-cloud-sdk gcloud/528.0.0 command/gcloud.run.deploy x, GCLOUD, gcloud run deploy",
    // Who names no client leaves the name of the writer before.
    "rollback-bot, Terraform/1.9.5 terraform-provider-google/6.1.0, TERRAFORM, rollback-bot",
    "rollback-bot, grpc-java-netty/1.83.0, BOT, rollback-bot",
    "'', curl/8.5.0, OTHER, API"
  })
  void aChangeSaysWhoWroteWithWhat(String client, String agent, Hand hand, String with) {
    var change = new Change(Samples.T0, Samples.split("a=100"), "x", client, agent);
    assertThat(change.hand()).isEqualTo(hand);
    assertThat(change.with()).isEqualTo(with);
  }
}
