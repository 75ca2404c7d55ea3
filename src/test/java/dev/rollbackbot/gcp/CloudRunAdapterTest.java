package dev.rollbackbot.gcp;

import static com.google.cloud.run.v2.TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST;
import static dev.rollbackbot.gcp.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.port.JournalFullException;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.sandbox.cloudrun.Call;
import dev.rollbackbot.sandbox.cloudrun.CloudRunModel;
import dev.rollbackbot.sandbox.cloudrun.CloudRunServer;
import dev.rollbackbot.sandbox.cloudrun.ModelSettings;
import dev.rollbackbot.sandbox.cloudrun.RevisionSeed;
import dev.rollbackbot.sandbox.cloudrun.UrlScheme;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the stand-in for the Admin API v2, over gRPC. */
class CloudRunAdapterTest {
  private static final ServiceId ID = new ServiceId("demo", "asia-northeast1", "k-back");
  private static final RevisionName OLD = new RevisionName("k-back-00041-old");
  private static final RevisionName NEW = new RevisionName("k-back-00042-new");
  private static final String IMAGE = "asia-northeast1-docker.pkg.dev/demo/r/k-back";
  private static final String DIGEST = "sha256:" + "1".repeat(64);
  private static final ServiceMapper MAPPER = new ServiceMapper("rollback-bot", "1");

  private CloudRunModel model;
  private CloudRunServer server;
  private GcpClients clients;
  private CloudRunAdapter adapter;

  @BeforeEach
  void start() throws IOException {
    start(ModelSettings.likeProduction());
  }

  private void start(ModelSettings settings) throws IOException {
    model =
        new CloudRunModel(
            InstantSource.system(),
            settings.withTimes(Duration.ofMillis(50), Duration.ofMillis(20)),
            _ -> Optional.of(DIGEST),
            UrlScheme.likeProduction(),
            (_, _, _, _, _, _) -> {},
            1);
    model.seed(
        Service.newBuilder()
            .setName(ID.resourceName())
            .putAnnotations("example.com/owner", "aiko")
            .addTraffic(
                TrafficTarget.newBuilder()
                    .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
                    .setPercent(100))
            .build(),
        List.of(revision(OLD.value(), "6831359", 2), revision(NEW.value(), "930c691", 1)));
    server = CloudRunServer.start(model, "bot@demo.iam.gserviceaccount.com");
    clients = Clients.ofRun(server.endpoint());
    adapter = new CloudRunAdapter(clients, MAPPER);
  }

  @AfterEach
  void close() {
    clients.close();
    server.close();
  }

  @Test
  void readsAService() {
    ServiceState state = adapter.read(ID);
    assertThat(state.live()).isEqualTo(LiveSplit.all(NEW));
    assertThat(state.observedLive()).isEqualTo(LiveSplit.all(NEW));
    assertThat(state.settled()).isTrue();
    assertThat(state.pinned()).isFalse();
    assertThat(adapter.journal(state, "prod")).isEqualTo(new JournalReading.Absent());
  }

  @Test
  void writesTrafficAndJournalTogetherAndMakesNoRevision() {
    ServiceState before = adapter.read(ID);
    Journal journal = journal(before);
    adapter.write(before, before.wanted().withTag("rb-12345678", OLD), journal);
    ServiceState after = adapter.read(ID);
    assertThat(after.wanted().tagged("rb-12345678")).contains(OLD);
    assertThat(after.wanted().floats()).isTrue();
    assertThat(adapter.journal(after, "prod")).isEqualTo(new JournalReading.Found(journal));
    assertThat(after.client()).isEqualTo("rollback-bot");
    assertThat(adapter.revisions(ID)).hasSize(2);
    assertThat(raw().getAnnotationsMap()).containsEntry("example.com/owner", "aiko");
  }

  @Test
  void aJournalThatDoesNotFitIsRefusedAndNothingIsSent() {
    ServiceState before = adapter.read(ID);

    WorldException refused =
        catchThrowableOfType(
            WorldException.class,
            () ->
                adapter.write(
                    before,
                    before.wanted().withTag("rb-12345678", OLD),
                    Journals.firstWriteOverRevisions(40)));

    assertThat(refused).isInstanceOf(JournalFullException.class);
    assertThat(adapter.read(ID)).isEqualTo(before);
  }

  @Test
  void aStaleEtagIsAConflictAndChangesNothing() {
    ServiceState before = adapter.read(ID);
    model.gcloud("ken@example.com").updateEnvironment(ID.resourceName(), "A", "1");
    assertThat(kindOfWrite(before)).isEqualTo(Kind.CONFLICT);
    assertThat(raw().getAnnotationsMap()).doesNotContainKey(Journal.ANNOTATION);
  }

  @Test
  void aBasisReadByAnotherAdapterIsReadAgainAndTaken() {
    ServiceState before = adapter.read(ID);
    var other = new CloudRunAdapter(clients, MAPPER);
    other.write(before, before.wanted(), journal(before));
    assertThat(raw().getAnnotationsMap()).containsKeys("example.com/owner", Journal.ANNOTATION);
  }

  @Test
  void aBasisNobodyRemembersIsAConflictWhenTheServiceMoved() {
    ServiceState before = adapter.read(ID);
    model.gcloud("ken@example.com").updateEnvironment(ID.resourceName(), "A", "1");
    var other = new CloudRunAdapter(clients, MAPPER);
    WorldException refused =
        catchThrowableOfType(
            WorldException.class, () -> other.write(before, before.wanted(), journal(before)));
    assertThat(refused.kind()).isEqualTo(Kind.CONFLICT);
    assertThat(refused.detail()).contains("ken@example.com");
  }

  @Test
  void aLostAnswerIsUnavailableAndIsNotSentAgain() {
    ServiceState before = adapter.read(ID);
    model.faults().loseNextAnswers(Call.UPDATE_SERVICE, 1);
    assertThat(kindOfWrite(before)).isEqualTo(Kind.UNAVAILABLE);
    assertThat(adapter.journal(adapter.read(ID), "prod")).isInstanceOf(JournalReading.Found.class);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "UNAVAILABLE, UNAVAILABLE",
    "DEADLINE_EXCEEDED, UNAVAILABLE",
    "CANCELLED, UNAVAILABLE",
    "INTERNAL, UNAVAILABLE",
    "ABORTED, CONFLICT",
    "PERMISSION_DENIED, DENIED",
    "UNAUTHENTICATED, DENIED",
    "NOT_FOUND, NOT_FOUND",
    "RESOURCE_EXHAUSTED, QUOTA",
    "ALREADY_EXISTS, REFUSED",
    "FAILED_PRECONDITION, REFUSED",
    "INVALID_ARGUMENT, REFUSED",
  })
  void tellsRefusalsApart(Status.Code code, Kind kind) {
    ServiceState before = adapter.read(ID);
    model.faults().failNext(Call.UPDATE_SERVICE, code.toStatus().withDescription("in words"), 1);
    WorldException refused =
        catchThrowableOfType(
            WorldException.class, () -> adapter.write(before, before.wanted(), journal(before)));
    assertThat(refused.kind()).isEqualTo(kind);
    assertThat(refused.detail()).isEqualTo("in words");
  }

  @Test
  void aReadIsTriedAgainWhileNobodyAnswers() {
    model.faults().failNext(Call.GET_SERVICE, Status.UNAVAILABLE, 2);
    assertThat(adapter.read(ID).live()).isEqualTo(LiveSplit.all(NEW));
  }

  @Test
  void anOutageEndsAtTheDeadline() {
    model.faults().outage(true);
    Instant start = Instant.now();
    WorldException refused = catchThrowableOfType(WorldException.class, () -> adapter.read(ID));
    assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void anEndlessOperationDoesNotHoldTheWrite() {
    model.faults().endlessOperations(true);
    ServiceState before = adapter.read(ID);
    adapter.write(before, before.wanted(), journal(before));
    assertThat(adapter.journal(adapter.read(ID), "prod")).isInstanceOf(JournalReading.Found.class);
  }

  @Test
  void aPlatformThatWantsATemplateGetsOneAndMakesNoRevision() throws IOException {
    close();
    start(ModelSettings.likeProduction().refusingBodiesWithoutTemplate());
    ServiceState before = adapter.read(ID);
    adapter.write(before, before.wanted().withShares(LiveSplit.all(OLD)), journal(before));
    // Settling moves the etag once more.
    eventually("settled", () -> adapter.read(ID).settled());
    ServiceState after = adapter.read(ID);
    assertThat(after.live()).isEqualTo(LiveSplit.all(OLD));
    adapter.write(after, after.wanted().withLatest100(), journal(after));
    assertThat(adapter.read(ID).live()).isEqualTo(LiveSplit.all(NEW));
    assertThat(adapter.revisions(ID)).hasSize(2);
  }

  @Test
  void listsTheServicesOfARegion() {
    assertThat(adapter.list("demo", "asia-northeast1"))
        .singleElement()
        .satisfies(state -> assertThat(state.id()).isEqualTo(ID));
    assertThat(adapter.list("demo", "europe-west1")).isEmpty();
  }

  @Test
  void readsAThousandRevisionsNewestFirstAndNoMore() {
    ServiceId many = new ServiceId("demo", "asia-northeast1", "many");
    model.seed(
        Service.newBuilder().setName(many.resourceName()).build(),
        IntStream.range(0, 1_050)
            .mapToObj(i -> revision("many-%05d-abc".formatted(i), "6831359", 1_100 - i))
            .toList());
    List<Revision> revisions = adapter.revisions(many);
    assertThat(revisions).hasSize(1_000);
    assertThat(revisions.getFirst().name()).isEqualTo(new RevisionName("many-01049-abc"));
    assertThat(revisions).allMatch(Revision::ready);
  }

  @Test
  void aRevisionThatIsGoneIsEmpty() {
    assertThat(adapter.revision(ID, OLD).flatMap(Revision::labelledCommit)).isPresent();
    assertThat(adapter.revision(ID, new RevisionName("k-back-00001-non"))).isEmpty();
  }

  @Test
  void aMissingServiceIsNotFound() {
    ServiceId missing = new ServiceId("demo", "asia-northeast1", "nothing");
    WorldException refused =
        catchThrowableOfType(WorldException.class, () -> adapter.read(missing));
    assertThat(refused.kind()).isEqualTo(Kind.NOT_FOUND);
  }

  private Kind kindOfWrite(ServiceState basis) {
    return catchThrowableOfType(
            WorldException.class, () -> adapter.write(basis, basis.wanted(), journal(basis)))
        .kind();
  }

  private Service raw() {
    return model.getService(GetServiceRequest.newBuilder().setName(ID.resourceName()).build());
  }

  private static Journal journal(ServiceState state) {
    return Journals.of(state.uid());
  }

  private static RevisionSeed revision(String name, String commit, int daysAgo) {
    return RevisionSeed.of(
        name,
        IMAGE + ":" + commit,
        DIGEST,
        Map.of("commit-sha", commit),
        Instant.now().minus(Duration.ofDays(daysAgo)),
        "ken@example.com");
  }
}
