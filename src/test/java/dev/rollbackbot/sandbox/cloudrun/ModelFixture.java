package dev.rollbackbot.sandbox.cloudrun;

import static com.google.cloud.run.v2.TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST;
import static com.google.cloud.run.v2.TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION;

import com.google.cloud.run.v2.GetRevisionRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.FieldMask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** k-back with three revisions, 00041 to 00043, on a clock that stands until it is moved. */
final class ModelFixture {

  static final String K_BACK = "projects/demo-proj/locations/asia-northeast1/services/k-back";
  static final String OLD = "k-back-00041-old";
  static final String GOOD = "k-back-00042-god";
  static final String SICK = "k-back-00043-sic";
  static final String REPOSITORY = "asia-northeast1-docker.pkg.dev/demo-proj/k-back-repo/k-back";
  static final String BOT = "rollback-bot@demo-proj.iam.gserviceaccount.com";
  static final Duration START_UP = Duration.ofSeconds(8);
  static final Duration LAG = Duration.ofSeconds(2);
  static final Instant START = Instant.parse("2026-11-24T03:00:00Z");

  record Written(String principal, String methodName, boolean ok) {}

  final List<Written> audit = new ArrayList<>();
  final Set<String> missingImages = new HashSet<>();
  final CloudRunModel model;
  private Instant now = START;

  ModelFixture(ModelSettings settings, TrafficTarget... traffic) {
    model =
        new CloudRunModel(
            () -> now,
            settings.withTimes(START_UP, LAG),
            image ->
                missingImages.contains(image) ? Optional.empty() : Optional.of(digestOf(image)),
            UrlScheme.likeProduction(),
            (_, principal, method, _, _, ok) -> audit.add(new Written(principal, method, ok)),
            7);
    model.seed(
        Service.newBuilder()
            .setName(K_BACK)
            .putLabels("team", "welfare")
            .putAnnotations("example.com/owner", "aiko")
            .addAllTraffic(List.of(traffic))
            .setClient("gcloud")
            .build(),
        List.of(seed(OLD, "6831359", 3), seed(GOOD, "aaaaaaa", 2), seed(SICK, "930c691", 1)));
  }

  ModelFixture(TrafficTarget... traffic) {
    this(ModelSettings.likeProduction(), traffic);
  }

  static RevisionSeed seed(String name, String commit, int daysAgo) {
    String image = REPOSITORY + ":" + commit;
    return RevisionSeed.of(
        name,
        image,
        digestOf(image),
        Map.of("commit-sha", commit),
        START.minus(Duration.ofDays(daysAgo)),
        "ken@example.com");
  }

  static String digestOf(String image) {
    String hex = Integer.toHexString(image.replace('@', ':').hashCode());
    return "sha256:" + hex.repeat(8).substring(0, 8) + "0".repeat(56);
  }

  static TrafficTarget latest(int percent) {
    return TrafficTarget.newBuilder()
        .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
        .setPercent(percent)
        .build();
  }

  static TrafficTarget to(String revision, int percent) {
    return TrafficTarget.newBuilder()
        .setType(TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
        .setRevision(revision)
        .setPercent(percent)
        .build();
  }

  static TrafficTarget tag(String revision, String tag) {
    return to(revision, 0).toBuilder().setTag(tag).build();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void settle() {
    pass(START_UP.plus(LAG));
  }

  Service get() {
    return model.getService(GetServiceRequest.newBuilder().setName(K_BACK).build());
  }

  Revision revision(String shortName) {
    return model.getRevision(
        GetRevisionRequest.newBuilder().setName(K_BACK + "/revisions/" + shortName).build());
  }

  Operation operation(String name) {
    return model.getOperation(GetOperationRequest.newBuilder().setName(name).build());
  }

  /** Only the named fields, nothing else in the body but name and etag. */
  Operation update(Service.Builder fields, String... paths) {
    return model.updateService(
        UpdateServiceRequest.newBuilder()
            .setService(fields.setName(K_BACK))
            .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
            .build(),
        BOT);
  }

  Operation replace(Service whole) {
    return model.updateService(UpdateServiceRequest.newBuilder().setService(whole).build(), BOT);
  }

  Operation shift(TrafficTarget... targets) {
    return update(
        Service.newBuilder().setEtag(get().getEtag()).addAllTraffic(List.of(targets)), "traffic");
  }

  static String lastSegment(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
