package dev.rollbackbot.sandbox.cloudrun;

import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.BOT;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.GOOD;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.K_BACK;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.LAG;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.OLD;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.REPOSITORY;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.SICK;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.START_UP;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.digestOf;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.lastSegment;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.latest;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.tag;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.cloud.run.v2.Condition.CommonReason;
import com.google.cloud.run.v2.Condition.RevisionReason;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetStatus;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.rollbackbot.sandbox.cloudrun.ModelFixture.Written;
import dev.rollbackbot.sandbox.cloudrun.ModelSettings.MissingRevision;
import dev.rollbackbot.sandbox.cloudrun.ModelSettings.StatusesAfterFailure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudRunModelTest {

  private final ModelFixture run = new ModelFixture(latest(100));

  private static Status refused(ThrowingCallable call) {
    StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal.getStatus();
  }

  private static UnaryOperator<Service.Builder> deploying(String commit) {
    return service -> {
      service.getTemplateBuilder().clearRevision();
      service.getTemplateBuilder().getContainersBuilder(0).setImage(REPOSITORY + ":" + commit);
      return service;
    };
  }

  @Nested
  class Etags {

    @Test
    void aStaleEtagIsAbortedInTheRealWordsAndChangesNothing() {
      Service read = run.get();
      run.shift(to(GOOD, 100));
      run.settle();
      Service before = run.get();

      Status status =
          refused(
              () ->
                  run.update(
                      Service.newBuilder().setEtag(read.getEtag()).addTraffic(to(OLD, 100)),
                      "traffic"));

      assertThat(status.getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(status.getDescription())
          .matches(
              "Conflict for resource 'k-back': version '\\d+' was specified but current version is '\\d+'\\.");
      assertThat(run.get()).isEqualTo(before);
      assertThat(run.audit.getLast())
          .isEqualTo(new Written(BOT, "google.cloud.run.v2.Services.UpdateService", false));
    }

    @Test
    void everyWriteAndEveryStepOfTheReconciliationIsANewEtag() {
      String first = run.get().getEtag();
      run.shift(to(GOOD, 100));
      String written = run.get().getEtag();
      run.pass(LAG);
      assertThat(List.of(first, written, run.get().getEtag())).doesNotHaveDuplicates();
    }

    @Test
    void anEmptyEtagIsNotCompared() {
      run.update(Service.newBuilder().addTraffic(to(GOOD, 100)), "traffic");
      assertThat(run.get().getTrafficList()).containsExactly(to(GOOD, 100));
    }
  }

  @Nested
  class Masks {

    @Test
    void aMaskReplacesItsFieldsAndNothingElse() {
      run.update(
          Service.newBuilder()
              .putAnnotations("rollbackbot.dev/journal", "{}")
              .setClient("rollback-bot")
              .addTraffic(to(OLD, 100)),
          "annotations",
          "client");

      Service after = run.get();
      assertThat(after.getAnnotationsMap())
          .containsExactly(Map.entry("rollbackbot.dev/journal", "{}"));
      assertThat(after.getClient()).isEqualTo("rollback-bot");
      assertThat(after.getTrafficList()).containsExactly(latest(100));
      assertThat(after.getLabelsMap()).containsEntry("team", "welfare");
      assertThat(after.getLastModifier()).isEqualTo(BOT);
      assertThat(lastSegment(after.getLatestCreatedRevision())).isEqualTo(SICK);
    }

    @Test
    void withoutAMaskTheWholeObjectIsReplaced() {
      Service read = run.get();
      run.replace(read.toBuilder().clearAnnotations().setUid("forged").build());

      assertThat(run.get().getAnnotationsMap()).isEmpty();
      assertThat(run.get().getUid()).isEqualTo(read.getUid());
      assertThat(run.get().getGeneration()).isEqualTo(read.getGeneration() + 1);
    }

    @Test
    void fieldsThatThisProtocolDoesNotKnowAreKept() {
      UnknownFieldSet unknown =
          UnknownFieldSet.newBuilder()
              .addField(9_999, UnknownFieldSet.Field.newBuilder().addVarint(42).build())
              .build();
      run.replace(run.get().toBuilder().setUnknownFields(unknown).build());
      run.shift(to(GOOD, 100));
      assertThat(run.get().getUnknownFields()).isEqualTo(unknown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trafic", "annotations.key", "uid", "etag", "reconciling", "*"})
    void aPathThatCannotBeWrittenIsRefused(String path) {
      assertThat(refused(() -> run.update(Service.newBuilder(), path)).getCode())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Nested
  class Validation {

    static Stream<Arguments> badWrites() {
      return Stream.of(
          Arguments.of("percents below 100", List.of(to(GOOD, 90)), "sum to 90, want 100"),
          Arguments.of(
              "percents above 100", List.of(to(GOOD, 90), latest(20)), "sum to 110, want 100"),
          Arguments.of(
              "a missing revision",
              List.of(to("k-back-00001-non", 100)),
              "Revision 'k-back-00001-non' does not exist or is deleted."),
          Arguments.of(
              "the same tag twice",
              List.of(latest(100), tag(OLD, "probe"), tag(GOOD, "probe")),
              "more than once"),
          Arguments.of("a tag in capitals", List.of(latest(100), tag(OLD, "Probe")), "the tag"),
          Arguments.of("a full name", List.of(to(K_BACK + "/revisions/" + OLD, 100)), "short name"),
          Arguments.of(
              "no type", List.of(latest(100).toBuilder().clearType().build()), "have a type"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badWrites")
    void aSplitThatCannotBeIsRefused(String name, List<TrafficTarget> targets, String message) {
      Status status =
          refused(() -> run.update(Service.newBuilder().addAllTraffic(targets), "traffic"));
      assertThat(status.getCode()).as(name).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(status.getDescription()).contains(message);
    }

    static Stream<Arguments> badMetadata() {
      return Stream.of(
          Arguments.of(Service.newBuilder().putAnnotations("run.googleapis.com/ingress", "all")),
          Arguments.of(Service.newBuilder().putAnnotations("example.com/", "empty")),
          Arguments.of(Service.newBuilder().putAnnotations("big", "x".repeat(262_144))),
          Arguments.of(Service.newBuilder().putLabels("serving.knative.dev/service", "k")),
          Arguments.of(Service.newBuilder().putLabels("reason", "two words")));
    }

    @ParameterizedTest
    @MethodSource("badMetadata")
    void metadataThatIsNotAllowedIsRefused(Service.Builder service) {
      assertThat(refused(() -> run.update(service, "annotations", "labels")).getCode())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void anUnknownServiceIsNotFoundAndNeverCreated() {
      String name = K_BACK + "x";
      Status read =
          refused(() -> run.model.getService(GetServiceRequest.newBuilder().setName(name).build()));
      assertThat(read.getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(read.getDescription()).startsWith("Resource 'k-backx' of kind 'SERVICE'");
      UpdateServiceRequest create =
          UpdateServiceRequest.newBuilder()
              .setService(Service.newBuilder().setName(name))
              .setAllowMissing(true)
              .build();
      assertThat(refused(() -> run.model.updateService(create, BOT)).getCode())
          .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void validateOnlyAnswersAtOnceAndKeepsNothing() throws InvalidProtocolBufferException {
      Operation operation =
          run.model.updateService(
              UpdateServiceRequest.newBuilder()
                  .setService(run.get().toBuilder().clearTraffic().addTraffic(to(OLD, 100)))
                  .setValidateOnly(true)
                  .build(),
              BOT);
      assertThat(operation.getResponse().unpack(Service.class).getTrafficList())
          .containsExactly(to(OLD, 100));
      assertThat(run.get().getTrafficList()).containsExactly(latest(100));
    }

    @Test
    void aBodyWithoutATemplateIsTakenUnlessTheSwitchSaysOtherwise() {
      ModelFixture strict =
          new ModelFixture(
              ModelSettings.likeProduction().refusingBodiesWithoutTemplate(), latest(100));
      assertThat(refused(() -> strict.shift(to(OLD, 100))).getCode())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(run.shift(to(OLD, 100)).getName()).contains("/operations/");
    }
  }

  @Nested
  class Traffic {

    @Test
    void theObservedSplitFollowsTheWantedOneAfterTheLag() throws InvalidProtocolBufferException {
      Operation operation = run.shift(to(OLD, 100), tag(GOOD, "probe"), tag(OLD, "home"));
      run.pass(LAG.minusMillis(1));

      Service meanwhile = run.get();
      assertThat(meanwhile.getReconciling()).isTrue();
      assertThat(meanwhile.getObservedGeneration()).isLessThan(meanwhile.getGeneration());
      assertThat(meanwhile.getTrafficStatusesList())
          .extracting(TrafficTargetStatus::getPercent, TrafficTargetStatus::getRevision)
          .containsExactly(tuple(100, ""));
      assertThat(run.model.routing(K_BACK).percents()).containsExactly(Map.entry(SICK, 100));
      assertThat(run.operation(operation.getName()).getDone()).isFalse();

      run.pass(Duration.ofMillis(1));
      Service after = run.get();
      assertThat(after.getReconciling()).isFalse();
      assertThat(after.getObservedGeneration()).isEqualTo(after.getGeneration());
      assertThat(after.getTerminalCondition().getState()).isEqualTo(State.CONDITION_SUCCEEDED);
      assertThat(after.getTrafficStatusesList())
          .extracting(TrafficTargetStatus::getUri)
          .containsExactly(
              "",
              "https://probe---k-back-w4k2h7q5ua-an.a.run.app",
              "https://home---k-back-w4k2h7q5ua-an.a.run.app");
      assertThat(run.model.routing(K_BACK).percents()).containsExactly(Map.entry(OLD, 100));
      assertThat(run.model.routing(K_BACK).tags()).containsEntry("probe", GOOD);
      Operation done = run.operation(operation.getName());
      assertThat(done.getResponse().unpack(Service.class)).isEqualTo(after);
      assertThat(done.getMetadata().unpack(Service.class)).isEqualTo(after);
    }

    @Test
    void anEmptyListMeansLatest() {
      run.shift();
      assertThat(run.get().getTrafficList()).containsExactly(latest(100));
    }

    @Test
    void latestFloatsToANewRevisionWhenItIsReadyAndNotBefore() {
      run.replace(deploying("6831359").apply(run.get().toBuilder()).build());
      Service made = run.get();
      String revision = lastSegment(made.getLatestCreatedRevision());
      assertThat(revision).matches("k-back-00044-[a-z]{3}");
      run.pass(START_UP.minusMillis(1));
      assertThat(lastSegment(run.get().getLatestReadyRevision())).isEqualTo(SICK);

      run.pass(LAG.plusMillis(1));
      assertThat(lastSegment(run.get().getLatestReadyRevision())).isEqualTo(revision);
      assertThat(run.model.routing(K_BACK).percents()).containsExactly(Map.entry(revision, 100));
      assertThat(run.get().getReconciling()).isFalse();
    }

    @Test
    void aPinnedServiceGivesANewDeployNothing() {
      run.shift(to(GOOD, 100));
      run.settle();
      Service deployed =
          run.model.gcloud("ken@example.com").deploy(K_BACK, REPOSITORY + ":6831359", Map.of());
      run.settle();

      Service after = run.get();
      assertThat(after.getTrafficList()).containsExactly(to(GOOD, 100));
      assertThat(after.getLatestReadyRevision()).isEqualTo(deployed.getLatestCreatedRevision());
      assertThat(run.model.routing(K_BACK).percents()).containsExactly(Map.entry(GOOD, 100));
      assertThat(after.getClient()).isEqualTo("gcloud");
      assertThat(after.getLastModifier()).isEqualTo("ken@example.com");
    }

    @Test
    void aTargetMayNameTheRevisionThatTheSameCallMakes() {
      Service.Builder service = deploying("6831359").apply(run.get().toBuilder());
      service.getTemplateBuilder().setRevision("k-back-rb-1");
      service.clearTraffic().addTraffic(to(SICK, 100)).addTraffic(tag("k-back-rb-1", "probe"));
      run.replace(service.build());

      run.pass(START_UP);
      assertThat(run.get().getTrafficStatusesList())
          .extracting(TrafficTargetStatus::getTag)
          .doesNotContain("probe");
      run.pass(LAG);
      assertThat(run.get().getTrafficStatusesList())
          .extracting(TrafficTargetStatus::getTag)
          .contains("probe");
    }

    @Test
    void aMissingRevisionMayAlsoFailTheOperation() {
      ModelFixture late =
          new ModelFixture(
              ModelSettings.likeProduction().with(MissingRevision.FAILS_OPERATION), latest(100));
      Operation operation = late.shift(to("k-back-00001-non", 100));
      late.settle();
      assertThat(late.operation(operation.getName()).getError().getCode()).isEqualTo(13);
      assertThat(late.model.routing(K_BACK).percents()).containsExactly(Map.entry(SICK, 100));
    }
  }

  @Nested
  class Revisions {

    @Test
    void aRevisionCarriesTheTemplatesLabelsAndTheImageByDigest() {
      Service deployed =
          run.model
              .gcloud("ken@example.com")
              .deploy(K_BACK, REPOSITORY + ":6831359", Map.of("commit-sha", "6831359"));
      Revision revision = run.revision(lastSegment(deployed.getLatestCreatedRevision()));

      assertThat(revision.getLabelsMap()).containsEntry("commit-sha", "6831359");
      assertThat(revision.getContainers(0).getImage())
          .isEqualTo(REPOSITORY + "@" + digestOf(REPOSITORY + ":6831359"));
      assertThat(deployed.getTemplate().getContainers(0).getImage()).endsWith(":6831359");
      assertThat(revision.getCreator()).isEqualTo("ken@example.com");
      assertThat(revision.getConditions(0).getState()).isEqualTo(State.CONDITION_RECONCILING);
    }

    @Test
    void anUnchangedTemplateMakesNoRevision() {
      run.replace(run.get().toBuilder().putLabels("team", "b").build());
      assertThat(lastSegment(run.get().getLatestCreatedRevision())).isEqualTo(SICK);
    }

    @Test
    void aUsedNameWithAnotherConfigurationIsTheOther409() {
      Service.Builder service = deploying("6831359").apply(run.get().toBuilder());
      service.getTemplateBuilder().setRevision(GOOD);
      Status status = refused(() -> run.replace(service.build()));
      assertThat(status.getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
      assertThat(status.getDescription())
          .isEqualTo(
              "Revision named 'k-back-00042-god' with different configuration already exists.");
    }

    @Test
    void aRevisionIsNamedAfterItsService() {
      Service.Builder service = deploying("6831359").apply(run.get().toBuilder());
      service.getTemplateBuilder().setRevision("other-1");
      assertThat(refused(() -> run.replace(service.build())).getCode())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void theyAreListedNewestFirstPageByPage() {
      var first =
          run.model.listRevisions(
              ListRevisionsRequest.newBuilder().setParent(K_BACK).setPageSize(2).build());
      run.model.gcloud("ken@example.com").deploy(K_BACK, REPOSITORY + ":6831359", Map.of());
      var second =
          run.model.listRevisions(
              ListRevisionsRequest.newBuilder()
                  .setParent(K_BACK)
                  .setPageSize(2)
                  .setPageToken(first.getNextPageToken())
                  .build());
      assertThat(first.getRevisionsList())
          .extracting(revision -> lastSegment(revision.getName()))
          .containsExactly(SICK, GOOD);
      assertThat(second.getRevisionsList())
          .extracting(revision -> lastSegment(revision.getName()))
          .containsExactly(OLD);
      assertThat(second.getNextPageToken()).isEmpty();
      String everywhere = K_BACK.replace("/k-back", "/-");
      assertThat(
              run.model
                  .listRevisions(ListRevisionsRequest.newBuilder().setParent(everywhere).build())
                  .getRevisionsList())
          .hasSize(4);
    }

    @Test
    void servicesAreListedByLocation() {
      String here = "projects/demo-proj/locations/asia-northeast1";
      assertThat(
              run.model
                  .listServices(ListServicesRequest.newBuilder().setParent(here).build())
                  .getServicesList())
          .containsExactly(run.get());
      assertThat(
              run.model
                  .listServices(ListServicesRequest.newBuilder().setParent(here + "9").build())
                  .getServicesList())
          .isEmpty();
    }

    @Test
    void onlyARevisionThatNobodyUsesCanBeDeleted() {
      var gcloud = run.model.gcloud("ken@example.com");
      assertThat(refused(() -> gcloud.deleteRevision(K_BACK + "/revisions/" + SICK)).getCode())
          .isEqualTo(Status.Code.FAILED_PRECONDITION);
      gcloud.deleteRevision(K_BACK + "/revisions/" + OLD);
      assertThat(refused(() -> run.revision(OLD)).getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  @Nested
  class Failures {

    private ModelFixture failing(StatusesAfterFailure choice) {
      ModelFixture fixture =
          new ModelFixture(ModelSettings.likeProduction().with(choice), latest(100));
      fixture.model.breakImage(digestOf(REPOSITORY + ":bad"));
      return fixture;
    }

    @ParameterizedTest
    @EnumSource
    void aRevisionThatCannotStartLeavesTheLastServingState(StatusesAfterFailure choice) {
      ModelFixture broken = failing(choice);
      Service before = broken.get();
      Operation operation = broken.replace(deploying("bad").apply(before.toBuilder()).build());
      broken.settle();

      Service after = broken.get();
      String message = after.getTerminalCondition().getMessage();
      assertThat(after.getReconciling()).isFalse();
      assertThat(after.getTerminalCondition().getState()).isEqualTo(State.CONDITION_FAILED);
      assertThat(message)
          .contains("is not ready and cannot serve traffic. The user-provided container failed");
      assertThat(after.getTrafficStatusesList()).isEqualTo(before.getTrafficStatusesList());
      assertThat(after.getLatestReadyRevision()).isEqualTo(before.getLatestReadyRevision());
      assertThat(broken.model.routing(K_BACK).percents()).containsExactly(Map.entry(SICK, 100));
      Operation failed = broken.operation(operation.getName());
      assertThat(failed.getError().getCode()).isEqualTo(9);
      assertThat(failed.getError().getMessage()).isEqualTo(message);
      Revision revision = broken.revision(lastSegment(after.getLatestCreatedRevision()));
      assertThat(revision.getConditions(0).getRevisionReason())
          .isEqualTo(RevisionReason.HEALTH_CHECK_CONTAINER_ERROR);
    }

    @Test
    void afterAFailedDeployAShiftMovesRequestsButTheStatusesMayNotShowIt() {
      ModelFixture keeping = failing(StatusesAfterFailure.KEEP_LAST_SERVING);
      keeping.replace(deploying("bad").apply(keeping.get().toBuilder()).build());
      keeping.settle();
      keeping.shift(to(OLD, 100));
      keeping.settle();
      assertThat(keeping.model.routing(K_BACK).percents()).containsExactly(Map.entry(OLD, 100));
      assertThat(keeping.get().getTrafficStatuses(0).getRevision()).isEmpty();
      assertThat(keeping.get().getObservedGeneration()).isLessThan(keeping.get().getGeneration());

      ModelFixture following = failing(StatusesAfterFailure.FOLLOW);
      following.replace(deploying("bad").apply(following.get().toBuilder()).build());
      following.settle();
      following.shift(to(OLD, 100));
      following.settle();
      assertThat(following.get().getTrafficStatuses(0).getRevision()).isEqualTo(OLD);
      assertThat(following.get().getTerminalCondition().getState())
          .isEqualTo(State.CONDITION_FAILED);
    }

    @Test
    void aShiftWhileTheNewestRevisionStillStartsTakesEffectAfterTheLag() {
      run.replace(deploying("6831359").apply(run.get().toBuilder()).build());
      run.shift(to(OLD, 100));
      run.pass(LAG);
      assertThat(run.get().getTrafficStatuses(0).getRevision()).isEqualTo(OLD);
      assertThat(run.get().getReconciling()).isTrue();
    }

    @Test
    void aFailedRevisionCannotBeGivenTrafficAndNothingMoves() {
      ModelFixture broken = failing(StatusesAfterFailure.FOLLOW);
      broken.replace(deploying("bad").apply(broken.get().toBuilder()).build());
      broken.settle();
      String bad = lastSegment(broken.get().getLatestCreatedRevision());
      Operation operation = broken.shift(to(bad, 100), tag(OLD, "probe"));
      broken.settle();
      assertThat(broken.operation(operation.getName()).hasError()).isTrue();
      assertThat(broken.model.routing(K_BACK).percents()).containsExactly(Map.entry(SICK, 100));
      assertThat(broken.model.routing(K_BACK).tags()).isEmpty();
    }

    @Test
    void anImageThatIsGoneCannotBeDeployed() {
      run.missingImages.add(REPOSITORY + ":gone");
      Operation operation = run.replace(deploying("gone").apply(run.get().toBuilder()).build());
      run.settle();
      assertThat(run.operation(operation.getName()).getError().getMessage())
          .endsWith("Image '" + REPOSITORY + ":gone' not found.");
      assertThat(run.get().getTerminalCondition().getReason())
          .isEqualTo(CommonReason.CONTAINER_MISSING);
    }
  }

  @Nested
  class SecondWriter {

    @Test
    void servicesReplaceDropsWhatTheFileDoesNotSay() {
      run.update(
          Service.newBuilder().putAnnotations("rollbackbot.dev/journal", "{}"), "annotations");
      Service file =
          Service.newBuilder()
              .setName(K_BACK)
              .setTemplate(RevisionSeed.template(REPOSITORY + ":6831359", Map.of()))
              .build();
      Service after = run.model.gcloud("ken@example.com").servicesReplace(file);
      assertThat(after.getAnnotationsMap()).isEmpty();
      assertThat(after.getTrafficList()).containsExactly(latest(100));
      assertThat(run.audit.getLast())
          .isEqualTo(
              new Written("ken@example.com", "google.cloud.run.v1.Services.ReplaceService", true));
    }

    @Test
    void aDeployKeepsAnnotationsAndSplitAndAlwaysMakesARevision() {
      run.shift(to(SICK, 90), to(OLD, 10), tag(OLD, "probe"));
      var gcloud = run.model.gcloud("ken@example.com");
      gcloud.deploy(K_BACK, REPOSITORY + ":930c691", Map.of());
      Service after = gcloud.deploy(K_BACK, REPOSITORY + ":930c691", Map.of());
      assertThat(after.getLatestCreatedRevision()).contains("k-back-00045-");
      assertThat(after.getAnnotationsMap()).containsEntry("example.com/owner", "aiko");
      assertThat(after.getTrafficList())
          .containsExactly(to(SICK, 90), to(OLD, 10), tag(OLD, "probe"));
    }

    @Test
    void trafficBackToLatestKeepsTheTags() {
      run.shift(to(OLD, 100), tag(GOOD, "probe"));
      run.model.gcloud("ken@example.com").updateTrafficToLatest(K_BACK);
      assertThat(run.get().getTrafficList()).containsExactly(latest(100), tag(GOOD, "probe"));
    }

    @Test
    void aChangedVariableMakesARevision() {
      Service after = run.model.gcloud("ken@example.com").updateEnvironment(K_BACK, "DEBUG", "1");
      assertThat(after.getTemplate().getContainers(0).getEnv(0).getName()).isEqualTo("DEBUG");
      assertThat(after.getLatestCreatedRevision()).contains("k-back-00044-");
    }
  }

  @Nested
  class Faults {

    @Test
    void anAnswerIsLostAfterItsEffectLanded() {
      String etag = run.get().getEtag();
      run.model.faults().loseNextAnswers(Call.UPDATE_SERVICE, 1);
      Service.Builder shift = Service.newBuilder().setEtag(etag).addTraffic(to(OLD, 100));
      assertThat(refused(() -> run.update(shift, "traffic")).getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(run.get().getTrafficList()).containsExactly(to(OLD, 100));
      assertThat(refused(() -> run.update(shift, "traffic")).getCode())
          .isEqualTo(Status.Code.ABORTED);
    }

    @Test
    void aFailingCallHasNoEffectAndTheNextOneHas() {
      run.model.faults().failNext(Call.UPDATE_SERVICE, Status.DEADLINE_EXCEEDED, 1);
      assertThat(refused(() -> run.shift(to(OLD, 100))).getCode())
          .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(run.get().getTrafficList()).containsExactly(latest(100));
      run.shift(to(OLD, 100));
      assertThat(run.get().getTrafficList()).containsExactly(to(OLD, 100));
    }

    @Test
    void anOutageEndsWhenItIsSwitchedOff() {
      run.model.faults().outage(true);
      assertThat(refused(run::get).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(run.model.routing(K_BACK).percents()).containsKey(SICK);
      run.model.faults().outage(false);
      assertThat(run.get().getName()).isEqualTo(K_BACK);
    }

    @Test
    void anEndlessOperationIsNeverDoneButItsEffectComes() {
      run.model.faults().endlessOperations(true);
      Operation operation = run.shift(to(OLD, 100));
      run.settle();
      assertThat(run.operation(operation.getName()).getDone()).isFalse();
      assertThat(run.get().getReconciling()).isFalse();
    }

    @Test
    void aDeniedPermissionIsRefusedUntilItIsGivenBack() {
      run.model.faults().deny("run.services.update");
      Status status = refused(() -> run.shift(to(OLD, 100)));
      assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(status.getDescription()).contains("'run.services.update' denied on resource");
      run.model.faults().allow("run.services.update");
      assertThat(run.shift(to(OLD, 100)).getName()).isNotEmpty();
    }
  }

  @Test
  void aSimulationCanAskWhenSomethingIsDueNext() {
    assertThat(run.model.nextDue()).isEmpty();
    run.shift(to(OLD, 100));
    assertThat(run.model.nextDue()).contains(ModelFixture.START.plus(LAG));
  }

  @Test
  void theSameSeedGivesTheSameNames() {
    ModelFixture other = new ModelFixture(latest(100));
    run.replace(deploying("6831359").apply(run.get().toBuilder()).build());
    other.replace(deploying("6831359").apply(other.get().toBuilder()).build());
    assertThat(other.get()).isEqualTo(run.get());
  }
}
