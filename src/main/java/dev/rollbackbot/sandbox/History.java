package dev.rollbackbot.sandbox;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import dev.rollbackbot.sandbox.cloudrun.CloudRunModel;
import dev.rollbackbot.sandbox.cloudrun.RevisionSeed;
import dev.rollbackbot.sandbox.git.DemoCommit;
import dev.rollbackbot.sandbox.git.DemoRepository;
import dev.rollbackbot.sandbox.kback.Behaviour;
import dev.rollbackbot.sandbox.kback.KBackServer;
import dev.rollbackbot.sandbox.logging.LoggingServer;
import dev.rollbackbot.sandbox.registry.Push;
import dev.rollbackbot.sandbox.registry.Pushed;
import dev.rollbackbot.sandbox.registry.RegistryServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What had happened to k-back before anybody looked: each commit of main was built, tagged and
 * deployed; since the last deploy one request in three fails; one image was cleaned away, and one
 * revision never started.
 */
final class History {
  static final String PROJECT = "demo-project";
  static final String REGION = "asia-northeast1";
  static final String SERVICE = "projects/demo-project/locations/asia-northeast1/services/k-back";
  static final String IMAGE = "asia-northeast1-docker.pkg.dev/demo-project/k-back-repo/k-back";
  static final String CI = "cloud-build@demo-project.iam.gserviceaccount.com";

  private static final int DEPLOYED = 16;
  private static final Duration SICK_SINCE = Duration.ofMinutes(22);
  private static final Duration BETWEEN_DEPLOYS = Duration.ofHours(9);
  private static final int PAST_REQUESTS = 30;
  private static final int FIRST_NUMBER = 31;

  private final RegistryServer registry;
  private final KBackServer kback;
  private final Instant now;

  private History(RegistryServer registry, KBackServer kback, Instant now) {
    this.registry = registry;
    this.kback = kback;
    this.now = now;
  }

  /**
   * What the stories need to know of it.
   *
   * @param undeployed the newest commit whose image is there, but no revision
   * @param revisions short names, oldest first
   */
  record Told(
      String sick,
      String good,
      String goodDigest,
      String sickDigest,
      String undeployed,
      List<String> revisions) {}

  /** Makes it so. */
  static Told make(
      DemoRepository git,
      RegistryServer registry,
      KBackServer kback,
      CloudRunModel model,
      LoggingServer logging,
      Instant now) {
    return new History(registry, kback, now).make(git, model, logging);
  }

  private Told make(DemoRepository git, CloudRunModel model, LoggingServer logging) {
    List<DemoCommit> main = git.commits().reversed().stream().filter(DemoCommit::onMain).toList();
    List<DemoCommit> deployed = main.subList(Math.max(0, main.size() - DEPLOYED), main.size());
    // Older builds left their images, but no revision.
    List<DemoCommit> older = main.subList(0, main.size() - deployed.size());
    older.forEach(commit -> registry.push(push(commit, commit.time())));
    var seeds = new ArrayList<RevisionSeed>();
    var told = new Noted();
    for (int i = 0; i < deployed.size(); i++) {
      DemoCommit commit = deployed.get(i);
      Instant at =
          now.minus(SICK_SINCE).minus(BETWEEN_DEPLOYS.multipliedBy(deployed.size() - 1 - i));
      Pushed image = registry.push(push(commit, at.minus(Duration.ofMinutes(3))));
      String name = "k-back-%05d-%s".formatted(FIRST_NUMBER + i, suffix(commit));
      boolean recent = i > deployed.indexOf(git.good());
      seeds.add(seed(git, commit, image, name, at, recent));
      told.note(git, commit, image, name);
    }
    behave(git, model, told);
    model.seed(service(seeds.getLast()), seeds);
    for (RevisionSeed seed : seeds) {
      logging.adminActivity(
          seed.created(),
          CI,
          "google.cloud.run.v1.Services.ReplaceService",
          "google-cloud-sdk gcloud/528.0.0 command/gcloud.run.deploy from-script/True",
          "k-back",
          service(seed).toBuilder()
              .setLatestReadyRevision(SERVICE + "/revisions/" + seed.name())
              .build(),
          true);
    }
    for (int i = 0; i < seeds.size(); i++) {
      Instant end =
          i + 1 < seeds.size() ? seeds.get(i + 1).created() : now.minus(Duration.ofMinutes(1));
      users(logging, seeds.get(i), end, i + 1 == seeds.size());
    }
    registry.delete(IMAGE + ":" + git.cleaned().shortSha());
    return new Told(
        told.sick,
        told.good,
        told.goodDigest,
        told.sickDigest,
        older.reversed().stream()
            .map(DemoCommit::shortSha)
            .filter(sha -> !sha.equals(DemoRepository.AMBIGUOUS))
            .findFirst()
            .orElseThrow(),
        seeds.stream().map(RevisionSeed::name).toList());
  }

  /** A few requests of its time, as Cloud Run logs them; every third of the sick one's fails. */
  private static void users(LoggingServer logging, RevisionSeed seed, Instant end, boolean sick) {
    Duration apart = Duration.between(seed.created(), end).dividedBy(PAST_REQUESTS + 1);
    for (int i = 1; seed.started() && i <= PAST_REQUESTS; i++) {
      logging.requestLog(
          seed.created().plus(apart.multipliedBy(i)),
          "k-back",
          seed.name(),
          "GET",
          "https://k-back.example.app/plans/" + i,
          sick && i % 3 == 0 ? 500 : 200,
          Duration.ofMillis(40 + i),
          "Mozilla/5.0",
          "192.0.2." + i % 256);
    }
  }

  private static final class Noted {
    private String sick = "";
    private String good = "";
    private String goodDigest = "";
    private String sickDigest = "";
    private String brokenDigest = "";

    void note(DemoRepository git, DemoCommit commit, Pushed image, String name) {
      if (commit.equals(git.sickLive())) {
        sick = name;
        sickDigest = image.runnable();
      } else if (commit.equals(git.good())) {
        good = name;
        goodDigest = image.runnable();
      } else if (commit.equals(git.cannotStart())) {
        brokenDigest = image.runnable();
      }
    }
  }

  private void behave(DemoRepository git, CloudRunModel model, Noted told) {
    if (told.sick.isEmpty() || told.good.isEmpty() || told.brokenDigest.isEmpty()) {
      throw new IllegalStateException(
          "the demo repository's commits are not among the last deploys: " + git.commits().size());
    }
    kback.behave(told.sickDigest, Behaviour.sick());
    kback.behave(told.brokenDigest, Behaviour.cannotStart());
    model.breakImage(told.brokenDigest);
  }

  private static RevisionSeed seed(
      DemoRepository git,
      DemoCommit commit,
      Pushed image,
      String name,
      Instant at,
      boolean recent) {
    RevisionSeed seed =
        new RevisionSeed(
            name, configured(IMAGE + "@" + image.digest(), recent), image.runnable(), at, CI, true);
    return commit.equals(git.cannotStart()) ? seed.failed() : seed;
  }

  /** Since the good commit somebody has changed settings as well. */
  private static RevisionTemplate configured(String image, boolean recent) {
    RevisionTemplate.Builder template =
        RevisionSeed.template(image, Map.of("managed-by", "cloud-build")).toBuilder()
            .setServiceAccount("k-back@demo-project.iam.gserviceaccount.com");
    Container.Builder container = template.getContainersBuilder(0);
    container
        .addEnv(variable("K_BACK_REGION", REGION))
        .addEnv(variable("BATCH_SIZE", recent ? "200" : "50"))
        .addEnv(
            recent ? variable("PLAN_ID_REQUIRED", "true") : variable("LEGACY_MAIL_HOST", "mail1"))
        .addEnv(secret("DB_PASSWORD", "k-back-db", "latest"))
        .addEnv(secret("MAIL_KEY", "k-back-mail", recent ? "4" : "3"));
    container.getResourcesBuilder().putLimits("memory", recent ? "1Gi" : "512Mi");
    return template.build();
  }

  private static EnvVar variable(String name, String value) {
    return EnvVar.newBuilder().setName(name).setValue(value).build();
  }

  private static EnvVar secret(String name, String secret, String version) {
    EnvVar.Builder variable = EnvVar.newBuilder().setName(name);
    variable.getValueSourceBuilder().getSecretKeyRefBuilder().setSecret(secret).setVersion(version);
    return variable.build();
  }

  private static Push push(DemoCommit commit, Instant at) {
    return new Push(
        IMAGE,
        commit.sha(),
        List.of(commit.shortSha(), "main-" + commit.shortSha(), "latest"),
        at,
        Push.Layout.BUILDX);
  }

  /** A build of the hotfix; each is an image of its own, as builds are. */
  static Push mended(DemoCommit hotfix, int number, Instant at) {
    return new Push(
        IMAGE,
        hotfix.sha() + " " + number,
        List.of(hotfix.shortSha(), "main-" + hotfix.shortSha(), "latest"),
        at,
        Push.Layout.BUILDX);
  }

  private static Service service(RevisionSeed newest) {
    RevisionTemplate template = newest.template();
    return Service.newBuilder()
        .setName(SERVICE)
        .setTemplate(template)
        .setClient("gcloud")
        .setClientVersion("528.0.0")
        .setLastModifier(CI)
        .setCreator(CI)
        .addTraffic(
            TrafficTarget.newBuilder()
                .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
                .setPercent(100))
        .build();
  }

  /** Three letters, as Cloud Run makes them; they say nothing about the commit. */
  private static String suffix(DemoCommit commit) {
    var letters = new StringBuilder();
    for (int i = 8; i < 11; i++) {
      letters.append((char) ('a' + Character.digit(commit.sha().charAt(i), 16)));
    }
    return letters.toString();
  }
}
