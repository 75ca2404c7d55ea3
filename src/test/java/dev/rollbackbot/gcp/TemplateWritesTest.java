package dev.rollbackbot.gcp;

import static com.google.cloud.run.v2.TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST;
import static dev.rollbackbot.gcp.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.ContainerPort;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.protobuf.UnknownFieldSet;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.model.Settings.Figure;
import dev.rollbackbot.domain.plan.Differences;
import dev.rollbackbot.domain.plan.NewRevision;
import dev.rollbackbot.domain.plan.NewRevision.Source;
import dev.rollbackbot.domain.plan.Step;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.sandbox.cloudrun.CloudRunModel;
import dev.rollbackbot.sandbox.cloudrun.CloudRunServer;
import dev.rollbackbot.sandbox.cloudrun.ModelSettings;
import dev.rollbackbot.sandbox.cloudrun.RevisionSeed;
import dev.rollbackbot.sandbox.cloudrun.UrlScheme;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revisions that the bot makes, against the stand-in for the Admin API v2, over gRPC. */
class TemplateWritesTest {
  private static final ServiceId ID = new ServiceId("demo", "asia-northeast1", "k-back");
  private static final RevisionName LIVE = new RevisionName("k-back-00042-new");
  private static final RevisionName FRESH = new RevisionName("k-back-rb-01234567");
  private static final CommitSha COMMIT = new CommitSha("6831359");
  private static final String IMAGE = "asia-northeast1-docker.pkg.dev/demo/r/k-back";
  private static final String OLD = IMAGE + "@sha256:" + "a".repeat(64);
  private static final String TODAY = "sha256:" + "b".repeat(64);
  private static final String TAG = "rb-01234567";
  private static final LiveSplit USERS = LiveSplit.all(LIVE);
  private static final ServiceMapper MAPPER = new ServiceMapper("rollback-bot", "1");

  private CloudRunModel model;
  private CloudRunServer server;
  private GcpClients clients;
  private CloudRunAdapter adapter;

  @BeforeEach
  void start() throws IOException {
    start(service());
  }

  private void start(Service service) throws IOException {
    model =
        new CloudRunModel(
            InstantSource.system(),
            ModelSettings.likeProduction().withTimes(Duration.ofMillis(50), Duration.ofMillis(20)),
            image ->
                Optional.of(image.contains("@") ? image.substring(image.indexOf('@') + 1) : TODAY),
            UrlScheme.likeProduction(),
            (_, _, _, _, _, _) -> {},
            1);
    model.seed(
        service,
        List.of(
            new RevisionSeed(
                LIVE.value(), template(), TODAY, Instant.now(), "ken@example.com", true)));
    server = CloudRunServer.start(model, "bot@demo.iam.gserviceaccount.com");
    clients = Clients.ofRun(server.endpoint());
    adapter = new CloudRunAdapter(clients, MAPPER);
  }

  @AfterEach
  void close() {
    clients.close();
    server.close();
  }

  private static Service service() {
    return Service.newBuilder()
        .setName(ID.resourceName())
        .putAnnotations("example.com/owner", "aiko")
        .addTraffic(
            TrafficTarget.newBuilder()
                .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
                .setPercent(100))
        .build();
  }

  /** A sidecar first, and fields that this program does not know on two levels. */
  private static RevisionTemplate template() {
    RevisionTemplate.Builder template =
        RevisionTemplate.newBuilder()
            .putLabels("commit-sha", "930c691")
            .putLabels("team", "welfare")
            .putAnnotations("example.com/note", "keep me")
            .setServiceAccount("k-back@demo.iam.gserviceaccount.com")
            .setHealthCheckDisabled(true)
            .setUnknownFields(unknown(901))
            .addContainers(Container.newBuilder().setName("proxy").setImage("example.com/proxy:3"))
            .addContainers(
                Container.newBuilder()
                    .setName("app")
                    .setImage(IMAGE + ":930c691")
                    .addPorts(ContainerPort.newBuilder().setContainerPort(8080))
                    .addEnv(EnvVar.newBuilder().setName("API_KEY").setValue("s3cret"))
                    .setUnknownFields(unknown(902)));
    template.getContainersBuilder(1).getResourcesBuilder().putLimits("memory", "1Gi");
    template
        .getContainersBuilder(1)
        .addEnvBuilder()
        .setName("DB_PASSWORD")
        .getValueSourceBuilder()
        .getSecretKeyRefBuilder()
        .setSecret("projects/demo/secrets/db");
    return template.build();
  }

  private static UnknownFieldSet unknown(int field) {
    return UnknownFieldSet.newBuilder()
        .addField(field, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
        .build();
  }

  @Test
  void onlyTheImageItsCommitAndTheNameChange() {
    ServiceState before = adapter.read(ID);
    redeploy(before, true);

    RevisionTemplate.Builder expected =
        template().toBuilder()
            .setRevision(FRESH.value())
            .putLabels("commit-sha", "6831359")
            .putLabels(Revision.MADE_AS_LABEL, FRESH.value());
    expected.getContainersBuilder(1).setImage(OLD);
    assertThat(raw().getTemplate()).isEqualTo(expected.build());
    assertThat(raw().getAnnotationsMap()).containsEntry("example.com/owner", "aiko");
    assertThat(adapter.read(ID).template().hash()).isNotEqualTo(before.template().hash());
  }

  @Test
  void nobodyMeetsItAndUsersAreNamed() {
    redeploy(adapter.read(ID), true);

    ServiceState after = adapter.read(ID);
    assertThat(after.wanted().floats()).isFalse();
    assertThat(after.live()).isEqualTo(USERS);
    assertThat(after.wanted().tagged(TAG)).contains(FRESH);
    eventually("its address", () -> adapter.read(ID).tagUrl(TAG, FRESH).isPresent());
    assertThat(adapter.read(ID).observedLive()).isEqualTo(USERS);
    assertThat(adapter.revision(ID, FRESH).flatMap(Revision::labelledCommit)).contains(COMMIT);
  }

  @Test
  void whereTerraformAppliesTheServiceThePlatformNamesIt() throws IOException {
    close();
    start(service().toBuilder().setClient("terraform").build());
    ServiceState before = adapter.read(ID);
    assertThat(before.template().nameable()).isFalse();
    redeploy(before, false);

    assertThat(raw().getTemplate().getRevision()).isEmpty();
    assertThat(adapter.read(ID).wanted().tags()).isEmpty();
    assertThat(adapter.revision(ID, FRESH)).isEmpty();
    assertThat(adapter.revisions(ID)).filteredOn(r -> r.madeAs(FRESH)).hasSize(1);
  }

  @Test
  void terraformIsKnownByItsLabelWhereTheBotWroteLast() {
    Service labelled = raw().toBuilder().putLabels("goog-terraform-provisioned", "true").build();

    assertThat(MAPPER.toState(labelled, ID).template().nameable()).isFalse();
    assertThat(MAPPER.toState(raw(), ID).template().nameable()).isTrue();
  }

  @Test
  void theTemplateComesBackWithAllThatNoRevisionShows() {
    redeploy(adapter.read(ID), true);
    eventually("settled", () -> adapter.read(ID).settled());
    RevisionName back = new RevisionName("k-back-rb-89abcdef");
    ServiceState redeployed = adapter.read(ID);
    var made = new NewRevision(back, true, new Source.Of(LIVE));
    adapter.writeTemplate(
        redeployed,
        new Step.Make(made, TAG, USERS).apply(redeployed.wanted()),
        made,
        Journals.of(redeployed.uid()));

    RevisionTemplate.Builder expected =
        template().toBuilder()
            .setRevision(back.value())
            .putLabels(Revision.MADE_AS_LABEL, back.value());
    expected.getContainersBuilder(1).setImage(IMAGE + "@" + TODAY);
    assertThat(raw().getTemplate()).isEqualTo(expected.build());
  }

  @Test
  void noTemplateComesBackFromARevisionThatIsGoneOrKeptByTag() {
    ServiceState before = adapter.read(ID);
    var gone = new NewRevision(FRESH, true, new Source.Of(new RevisionName("k-back-00001-non")));
    assertThat(kindOf(before, gone)).isEqualTo(Kind.REFUSED);
    assertThat(raw().getTemplate()).isEqualTo(template());

    var byTag =
        com.google.cloud.run.v2.Revision.newBuilder()
            .addContainers(Container.newBuilder().setImage(IMAGE + ":latest"))
            .build();
    assertThatThrownBy(() -> Remake.asOf(byTag, template(), gone))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("tag");
  }

  @Test
  void aStaleEtagMakesNothing() {
    ServiceState before = adapter.read(ID);
    model.gcloud("ken@example.com").updateTrafficToLatest(ID.resourceName());

    assertThat(kindOf(before, made(true))).isEqualTo(Kind.CONFLICT);
    assertThat(adapter.revisions(ID)).hasSize(1);
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    var taken = new NewRevision(LIVE, true, made(true).source());

    assertThat(kindOf(adapter.read(ID), taken)).isEqualTo(Kind.REFUSED);
    assertThat(raw().getTemplate()).isEqualTo(template());
  }

  @Test
  void aRevisionIsConfiguredAsTheTemplateItWasMadeOf() {
    Settings today = adapter.read(ID).template().settings();
    Settings live = adapter.settings(ID, LIVE).orElseThrow();

    assertThat(Differences.between(live, today).none()).isTrue();
    assertThat(today.environment()).containsOnlyKeys("API_KEY");
    assertThat(today.secrets()).isEqualTo(Map.of("DB_PASSWORD", "db:latest"));
    assertThat(today.figures()).containsEntry(Figure.MEMORY, "1Gi");
    assertThat(adapter.settings(ID, new RevisionName("k-back-00001-non"))).isEmpty();
  }

  @Test
  void noValueOfAVariableIsEverHeld() {
    assertThat(adapter.read(ID).toString()).contains("API_KEY").doesNotContain("s3cret");
  }

  @Test
  void whatChangesIsSeenWhereverItStands() {
    Settings today = adapter.read(ID).template().settings();
    RevisionTemplate.Builder changed = template().toBuilder().setSessionAffinity(true);
    changed.getContainersBuilder(0).setImage("example.com/proxy:4");
    changed.getContainersBuilder(1).getEnvBuilder(0).setValue("other");
    changed.getContainersBuilder(1).setUnknownFields(unknown(903));

    Differences differences = Differences.between(today, TemplateSettings.of(changed.build()));

    assertThat(differences.changed()).containsExactly("API_KEY");
    assertThat(differences.others())
        .containsExactly(
            "container proxy", "fields that this version does not know", "session_affinity");
  }

  private void redeploy(ServiceState basis, boolean named) {
    NewRevision made = made(named);
    adapter.writeTemplate(
        basis,
        new Step.Make(made, TAG, USERS).apply(basis.wanted()),
        made,
        Journals.of(basis.uid()));
  }

  private static NewRevision made(boolean named) {
    return new NewRevision(FRESH, named, new Source.Image(OLD, Optional.of(COMMIT)));
  }

  private Kind kindOf(ServiceState basis, NewRevision revision) {
    return catchThrowableOfType(
            WorldException.class,
            () -> adapter.writeTemplate(basis, basis.wanted(), revision, Journals.of(basis.uid())))
        .kind();
  }

  private Service raw() {
    return model.getService(GetServiceRequest.newBuilder().setName(ID.resourceName()).build());
  }
}
