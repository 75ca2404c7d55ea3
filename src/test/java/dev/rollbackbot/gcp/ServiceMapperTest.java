package dev.rollbackbot.gcp;

import static com.google.cloud.run.v2.TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST;
import static com.google.cloud.run.v2.TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.ContainerPort;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetStatus;
import com.google.cloud.run.v2.UpdateServiceRequest;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.ServiceState.Served;
import dev.rollbackbot.domain.model.TrafficSplit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceMapperTest {
  private static final ServiceId ID = new ServiceId("demo", "asia-northeast1", "k-back");
  private static final RevisionName OLD = new RevisionName("k-back-00041-old");
  private static final RevisionName NEW = new RevisionName("k-back-00042-new");
  private static final ServiceMapper MAPPER = new ServiceMapper("rollback-bot", "1.2");

  private static final Service SERVICE =
      Service.newBuilder()
          .setName(ID.resourceName())
          .setUid("uid-1")
          .setEtag("\"e1\"")
          .setGeneration(7)
          .setObservedGeneration(7)
          .setLatestReadyRevision(ID.resourceName() + "/revisions/" + NEW)
          .setLatestCreatedRevision(ID.resourceName() + "/revisions/k-back-00043-bad")
          .setUri("https://k-back.example.app")
          .setClient("gcloud")
          .setLastModifier("ken@example.com")
          .putAnnotations("example.com/owner", "aiko")
          .putAnnotations(Journal.ANNOTATION, "{}")
          .setTemplate(RevisionTemplate.newBuilder().setRevision("k-back-00043-bad"))
          .addTraffic(
              TrafficTarget.newBuilder()
                  .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
                  .setPercent(90))
          .addTraffic(
              TrafficTarget.newBuilder()
                  .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                  .setRevision(OLD.value())
                  .setPercent(10))
          .addTraffic(
              TrafficTarget.newBuilder()
                  .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                  .setRevision(OLD.value())
                  .setTag("staging"))
          .addTrafficStatuses(
              TrafficTargetStatus.newBuilder()
                  .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
                  .setPercent(100))
          .addTrafficStatuses(
              TrafficTargetStatus.newBuilder()
                  .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                  .setRevision(OLD.value())
                  .setTag("staging")
                  .setUri("https://staging---k-back.example.app"))
          .build();

  @Test
  void readsWhatIsWantedAndWhatIsObserved() {
    ServiceState state = MAPPER.toState(SERVICE, ID);
    assertThat(state.wanted().entries())
        .containsExactly(
            new TrafficSplit.Entry(Optional.empty(), 90, Optional.empty()),
            new TrafficSplit.Entry(Optional.of(OLD), 10, Optional.empty()),
            new TrafficSplit.Entry(Optional.of(OLD), 0, Optional.of("staging")));
    assertThat(state.observed())
        .containsExactly(
            new Served(NEW, 100, Optional.empty(), Optional.empty()),
            new Served(
                OLD,
                0,
                Optional.of("staging"),
                Optional.of("https://staging---k-back.example.app")));
    assertThat(state.live().asArgument()).isEqualTo("k-back-00041-old=10,k-back-00042-new=90");
  }

  @Test
  void readsNamesByTheirLastSegmentAndTheLastWriter() {
    ServiceState state = MAPPER.toState(SERVICE, ID);
    assertThat(state.latestReady()).contains(NEW);
    assertThat(state.latestCreated()).contains(new RevisionName("k-back-00043-bad"));
    assertThat(state.journal()).contains("{}");
    assertThat(state.client()).isEqualTo("gcloud");
    assertThat(state.lastModifier()).isEqualTo("ken@example.com");
    assertThat(state.url()).contains("https://k-back.example.app");
  }

  @Test
  void isSettledOnlyWhenTheLastWriteWasObservedAndNothingMoves() {
    assertThat(MAPPER.toState(SERVICE, ID).settled()).isTrue();
    assertThat(MAPPER.toState(SERVICE.toBuilder().setReconciling(true).build(), ID).settled())
        .isFalse();
    assertThat(MAPPER.toState(SERVICE.toBuilder().setObservedGeneration(6).build(), ID).settled())
        .isFalse();
  }

  @Test
  void aFailedReconciliationIsToldInThePlatformsWords() {
    Condition failed =
        Condition.newBuilder()
            .setState(Condition.State.CONDITION_FAILED)
            .setMessage("Revision 'k-back-00043-bad' is not ready")
            .build();
    assertThat(
            MAPPER.toState(SERVICE.toBuilder().setTerminalCondition(failed).build(), ID).failure())
        .contains("Revision 'k-back-00043-bad' is not ready");
    assertThat(MAPPER.toState(SERVICE, ID).failure()).isEmpty();
  }

  @Test
  void aWriteHasEtagMaskAndAllAnnotationsButNoTemplate() {
    TrafficSplit wanted = MAPPER.toState(SERVICE, ID).wanted().withShares(LiveSplit.all(OLD));
    UpdateServiceRequest update = MAPPER.toUpdate(SERVICE, wanted, Optional.of("{\"v\":1}"));
    assertThat(update.getUpdateMask().getPathsList())
        .containsExactlyInAnyOrder("traffic", "annotations", "client", "client_version");
    assertThat(update.getAllowMissing()).isFalse();
    assertThat(update.getValidateOnly()).isFalse();
    Service body = update.getService();
    assertThat(body.getName()).isEqualTo(ID.resourceName());
    assertThat(body.getEtag()).isEqualTo("\"e1\"");
    assertThat(body.hasTemplate()).isFalse();
    assertThat(body.getAnnotationsMap())
        .containsEntry("example.com/owner", "aiko")
        .containsEntry(Journal.ANNOTATION, "{\"v\":1}")
        .hasSize(2);
    assertThat(body.getClient()).isEqualTo("rollback-bot");
    assertThat(body.getTrafficList())
        .containsExactly(
            TrafficTarget.newBuilder()
                .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                .setRevision(OLD.value())
                .setPercent(100)
                .build(),
            TrafficTarget.newBuilder()
                .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                .setRevision(OLD.value())
                .setTag("staging")
                .build());
  }

  @Test
  void trafficThatIsOnlyReadIsWrittenAsItWas() {
    TrafficSplit asRead = MAPPER.toState(SERVICE, ID).wanted();
    assertThat(MAPPER.toUpdate(SERVICE, asRead, Optional.of("{}")).getService().getTrafficList())
        .isEqualTo(SERVICE.getTrafficList());
  }

  @Test
  void theFullBodyNamesNoRevision() {
    Service body =
        MAPPER.toFullUpdate(SERVICE, new TrafficSplit(List.of()), Optional.of("{}")).getService();
    assertThat(body.hasTemplate()).isTrue();
    assertThat(body.getTemplate().getRevision()).isEmpty();
    assertThat(body.getEtag()).isEqualTo("\"e1\"");
  }

  @Test
  void aRevisionsImageIsThatOfTheContainerWithPorts() {
    String digest = "sha256:" + "a".repeat(64);
    Revision revision =
        MAPPER.toRevision(
            revision()
                .addContainers(Container.newBuilder().setImage("proxy:1"))
                .addContainers(
                    Container.newBuilder()
                        .setImage("asia-northeast1-docker.pkg.dev/p/r/k-back@" + digest)
                        .addPorts(ContainerPort.getDefaultInstance()))
                .build());
    assertThat(revision.image().digest()).contains(new Digest(digest));
    assertThat(revision.name()).isEqualTo(OLD);
    assertThat(revision.labelledCommit().orElseThrow().value()).isEqualTo("6831359");
  }

  @Test
  void aRevisionIsReadyFailedOrStarting() {
    assertThat(ready(Condition.newBuilder().setState(Condition.State.CONDITION_SUCCEEDED)).ready())
        .isTrue();
    Revision failed =
        ready(
            Condition.newBuilder()
                .setState(Condition.State.CONDITION_FAILED)
                .setRevisionReason(Condition.RevisionReason.HEALTH_CHECK_CONTAINER_ERROR));
    assertThat(failed.ready()).isFalse();
    assertThat(failed.failure()).contains("HEALTH_CHECK_CONTAINER_ERROR");
    Revision starting =
        ready(Condition.newBuilder().setState(Condition.State.CONDITION_RECONCILING));
    assertThat(starting.ready()).isFalse();
    assertThat(starting.failure()).isEmpty();
  }

  @Test
  void aRetiredRevisionIsAtRestNotFailed() {
    Revision retired =
        ready(
            Condition.newBuilder()
                .setState(Condition.State.CONDITION_FAILED)
                .setRevisionReason(Condition.RevisionReason.RETIRED));
    assertThat(retired.ready()).isTrue();
    assertThat(retired.failure()).isEmpty();
  }

  private static Revision ready(Condition.Builder condition) {
    return MAPPER.toRevision(revision().addConditions(condition.setType("Ready")).build());
  }

  private static com.google.cloud.run.v2.Revision.Builder revision() {
    return com.google.cloud.run.v2.Revision.newBuilder()
        .setName(ID.resourceName() + "/revisions/" + OLD)
        .putLabels("commit-sha", "6831359");
  }
}
