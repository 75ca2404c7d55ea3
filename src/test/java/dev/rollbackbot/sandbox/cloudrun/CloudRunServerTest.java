package dev.rollbackbot.sandbox.cloudrun;

import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.BOT;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.GOOD;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.K_BACK;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.OLD;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.REPOSITORY;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.SICK;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.digestOf;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.lastSegment;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.latest;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.seed;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.tag;
import static dev.rollbackbot.sandbox.cloudrun.ModelFixture.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.longrunning.OperationTimedPollAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.StatusCode;
import com.google.api.gax.rpc.UnavailableException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.run.v2.DeleteRevisionRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.RevisionsSettings;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.FieldMask;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real clients against the server, on the real clock with short times. */
class CloudRunServerTest {

  private CloudRunModel model;
  private CloudRunServer server;
  private ServicesClient services;
  private RevisionsClient revisions;

  @BeforeEach
  void start() throws Exception {
    model =
        new CloudRunModel(
            InstantSource.system(),
            ModelSettings.likeProduction().withTimes(Duration.ofMillis(100), Duration.ofMillis(50)),
            image -> Optional.of(digestOf(image)),
            UrlScheme.likeProduction(),
            (_, _, _, _, _, _) -> {},
            1);
    model.seed(
        Service.newBuilder().setName(K_BACK).addTraffic(latest(100)).build(),
        List.of(seed(OLD, "6831359", 3), seed(GOOD, "aaaaaaa", 2), seed(SICK, "930c691", 1)));
    server = CloudRunServer.start(model, BOT);
    services = services("aiko@example.com");
    revisions =
        RevisionsClient.create(
            RevisionsSettings.newBuilder()
                .setEndpoint(server.endpoint())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(plaintext())
                .build());
  }

  private ServicesClient services(String principal) throws Exception {
    ServicesSettings.Builder settings =
        ServicesSettings.newBuilder()
            .setEndpoint(server.endpoint())
            .setCredentialsProvider(NoCredentialsProvider.create())
            .setHeaderProvider(
                FixedHeaderProvider.create(CloudRunServer.PRINCIPAL_HEADER.name(), principal))
            .setTransportChannelProvider(plaintext());
    settings
        .updateServiceOperationSettings()
        .setPollingAlgorithm(
            OperationTimedPollAlgorithm.create(
                RetrySettings.newBuilder()
                    .setInitialRetryDelayDuration(Duration.ofMillis(20))
                    .setMaxRetryDelayDuration(Duration.ofMillis(20))
                    .setTotalTimeoutDuration(Duration.ofSeconds(20))
                    .build()));
    return ServicesClient.create(settings.build());
  }

  private static InstantiatingGrpcChannelProvider plaintext() {
    return ServicesSettings.defaultGrpcTransportProviderBuilder()
        .setChannelConfigurator(channel -> channel.usePlaintext())
        .build();
  }

  @AfterEach
  void stop() {
    services.close();
    revisions.close();
    server.close();
  }

  private UpdateServiceRequest shift(String etag) {
    return UpdateServiceRequest.newBuilder()
        .setService(
            Service.newBuilder()
                .setName(K_BACK)
                .setEtag(etag)
                .addTraffic(to(OLD, 100))
                .addTraffic(tag(GOOD, "probe")))
        .setUpdateMask(FieldMask.newBuilder().addPaths("traffic"))
        .build();
  }

  @Test
  void aShiftRunsFromReadToDoneOperation() throws Exception {
    Service before = services.getService(K_BACK);
    var future = services.updateServiceAsync(shift(before.getEtag()));

    assertThat(future.getName())
        .startsWith("projects/demo-proj/locations/asia-northeast1/operations/");
    Service after = future.get(20, TimeUnit.SECONDS);
    assertThat(after.getTrafficStatuses(0).getRevision()).isEqualTo(OLD);
    assertThat(after.getTrafficStatuses(1).getUri()).startsWith("https://probe---");
    assertThat(after.getLastModifier()).isEqualTo("aiko@example.com");
    assertThat(services.getOperationsClient().getOperation(future.getName()).getDone()).isTrue();
    assertThatThrownBy(() -> services.updateServiceAsync(shift(before.getEtag())).getName())
        .hasRootCauseInstanceOf(StatusRuntimeException.class)
        .hasCauseInstanceOf(AbortedException.class);
  }

  @Test
  void aRevisionThatCannotStartEndsTheOperationInError() {
    model.breakImage(digestOf(REPOSITORY + ":bad"));
    Service.Builder service = services.getService(K_BACK).toBuilder();
    service.getTemplateBuilder().getContainersBuilder(0).setImage(REPOSITORY + ":bad");
    var future = services.updateServiceAsync(service.build(), FieldMask.getDefaultInstance());

    assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApiException.class,
            e ->
                assertThat(e.getStatusCode().getCode())
                    .isEqualTo(StatusCode.Code.FAILED_PRECONDITION))
        .hasMessageContaining("is not ready and cannot serve traffic");
  }

  @Test
  void revisionsAndServicesAreListedAndRead() {
    assertThat(revisions.listRevisions(K_BACK).iterateAll())
        .extracting(revision -> lastSegment(revision.getName()))
        .containsExactly(SICK, GOOD, OLD);
    Revision revision = revisions.getRevision(K_BACK + "/revisions/" + OLD);
    assertThat(revision.getContainers(0).getImage())
        .isEqualTo(REPOSITORY + "@" + digestOf(REPOSITORY + ":6831359"));
    assertThatThrownBy(() -> revisions.getRevision(K_BACK + "/revisions/k-back-00001-non"))
        .isInstanceOf(NotFoundException.class);
    assertThat(services.listServices("projects/demo-proj/locations/asia-northeast1").iterateAll())
        .extracting(Service::getName)
        .containsExactly(K_BACK);
  }

  @Test
  void permissionsAreTestedAgainstTheDeniedOnes() {
    model.faults().deny("run.services.update");
    assertThat(
            services
                .testIamPermissions(
                    TestIamPermissionsRequest.newBuilder()
                        .setResource(K_BACK)
                        .addPermissions("run.services.get")
                        .addPermissions("run.services.update")
                        .build())
                .getPermissionsList())
        .containsExactly("run.services.get");
  }

  @Test
  void aCallThatIsNotOfferedIsUnimplemented() {
    assertThatThrownBy(() -> revisions.deleteRevisionCallable().call(deleteOld()))
        .isInstanceOf(UnimplementedException.class);
  }

  private static DeleteRevisionRequest deleteOld() {
    return DeleteRevisionRequest.newBuilder().setName(K_BACK + "/revisions/" + OLD).build();
  }

  @Test
  void switchedFaultsReachTheClientAsItsOwnExceptions() {
    model.faults().failNext(Call.GET_REVISION, Status.UNAVAILABLE, 1);
    assertThatThrownBy(() -> revisions.getRevision(K_BACK + "/revisions/" + OLD))
        .isInstanceOf(UnavailableException.class);
    model.faults().latency(Duration.ofMillis(300));
    long start = System.nanoTime();
    assertThat(revisions.getRevision(K_BACK + "/revisions/" + OLD).getCreator())
        .isEqualTo("ken@example.com");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void waitOperationAnswersWhenTheOperationIsDone() throws Exception {
    var future = services.updateServiceAsync(shift(""));
    var wait =
        WaitOperationRequest.newBuilder()
            .setName(future.getName())
            .setTimeout(com.google.protobuf.Duration.newBuilder().setSeconds(10))
            .build();
    assertThat(services.getOperationsClient().waitOperation(wait).getDone()).isTrue();
  }
}
