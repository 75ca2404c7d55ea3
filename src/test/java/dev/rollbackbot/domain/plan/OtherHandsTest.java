package dev.rollbackbot.domain.plan;

import static dev.rollbackbot.domain.Samples.K_BACK;
import static dev.rollbackbot.domain.Samples.NEW_COMMIT;
import static dev.rollbackbot.domain.Samples.OLD;
import static dev.rollbackbot.domain.Samples.OLD_COMMIT;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.service;
import static dev.rollbackbot.domain.Samples.split;
import static dev.rollbackbot.domain.plan.PlanSamples.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.plan.Facts.Spell;
import dev.rollbackbot.domain.plan.PlanSamples.TheFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who else writes the service is said on the offer, with what it will do to the rollback. */
class OtherHandsTest {
  private static final String CI = "ci@x.iam.gserviceaccount.com";
  private static final String TO_LATEST =
      "google-cloud-sdk gcloud/528.0.0 command/gcloud.run.services.update-traffic from-script/True";
  private static final String DEPLOY = "google-cloud-sdk gcloud/528.0.0 command/gcloud.run.deploy";

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource
  void aCaution(String name, TheFacts facts, String cautions) {
    Wish wish = new Wish(K_BACK, new Target.Commit(OLD_COMMIT), Optional.empty());
    assertThat(Planner.plan(wish, facts.build()))
        .isInstanceOfSatisfying(
            Planned.Ready.class,
            ready ->
                assertThat(ready.plan().cautions().toString()).isEqualTo("[" + cautions + "]"));
  }

  static Stream<Arguments> aCaution() {
    return Stream.of(
        arguments(
            "Terraform keeps it",
            facts().service(service().marked("goog-terraform-provisioned", "true")),
            "KeptBy[hand=TERRAFORM]"),
        arguments(
            "a deploy by gcloud leaves a pin alone",
            facts()
                .changes(
                    change(9, "old=100", CI, "gcloud", DEPLOY),
                    change(8, "old=100", CI, "gcloud", DEPLOY)),
            ""),
        arguments(
            "a person who once ended a pin is no script",
            facts()
                .changes(
                    change(9, "old=100", CI, "gcloud", DEPLOY),
                    change(8, "LATEST=100", "ken@example.com", "gcloud", TO_LATEST)),
            ""),
        arguments(
            "Terraform wrote last, under the name of the one before",
            facts().changes(change(9, "LATEST=100", "ci@x", "gcloud", "Terraform/1.9 …")),
            "KeptBy[hand=TERRAFORM]"),
        arguments(
            "a console's deploy stands behind the bot's last write",
            facts()
                .service(service().writtenBy("rollback-bot"))
                .changes(
                    change(9, "LATEST=100", "aiko@example.com", "cloud-console", ""),
                    change(8, "old=100", "bot@x", "rollback-bot", "grpc-java-netty")),
            "KeptBy[hand=CONSOLE]"),
        arguments(
            "a tool nobody knows",
            facts().service(service().writtenBy("deployer-9")),
            "UnknownTool[client=deployer-9]"),
        arguments(
            "a deploy script has ended a pin before",
            facts()
                .changes(
                    change(9, "old=100", "bot@x", "rollback-bot", "grpc-java-netty"),
                    change(8, "LATEST=100", CI, "gcloud", TO_LATEST)),
            "PinCleared[by=ci@x.iam.gserviceaccount.com,"
                + " with=gcloud run services update-traffic, at=2026-11-24T02:52:00Z]"),
        arguments(
            "a build runs",
            facts()
                .builds(Known.of(List.of(new RunningBuild("main", Optional.of(NEW_COMMIT), T0)))),
            "BuildRunning[name=main, commit=Optional[930c691], since=2026-11-24T03:00:00Z]"),
        arguments(
            "nobody knows of builds",
            facts().builds(Known.unknown("builds")),
            "FactUnknown[source=builds]"),
        arguments(
            "a deploy is starting",
            facts().service(service().deploying("next")),
            "DeployInFlight[revision=next]"),
        arguments(
            "the target failed its users",
            facts().spells(Known.of(List.of(spell(90)))).counted(OLD, 300, 90),
            "TargetWasUnwell[]"),
        arguments(
            "it did not help last time", facts().rolledBack(OLD, Ending.BAD), "TargetWasUnwell[]"));
  }

  private static Spell spell(int minutes) {
    return new Spell(OLD, T0.minus(Duration.ofMinutes(minutes)), T0);
  }

  private static Change change(
      int minutesAgo, String wanted, String by, String client, String agent) {
    return new Change(T0.minus(Duration.ofMinutes(minutesAgo)), split(wanted), by, client, agent);
  }
}
