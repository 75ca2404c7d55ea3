package dev.rollbackbot.sandbox;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import dev.rollbackbot.sandbox.build.BuildServer;
import dev.rollbackbot.sandbox.cloudrun.CloudRunModel;
import dev.rollbackbot.sandbox.cloudrun.CloudRunServer;
import dev.rollbackbot.sandbox.cloudrun.ModelSettings;
import dev.rollbackbot.sandbox.git.DemoRepository;
import dev.rollbackbot.sandbox.kback.KBackServer;
import dev.rollbackbot.sandbox.kback.ServedRequest;
import dev.rollbackbot.sandbox.kback.SyntheticUsers;
import dev.rollbackbot.sandbox.logging.LoggingServer;
import dev.rollbackbot.sandbox.pubsub.PubSubServer;
import dev.rollbackbot.sandbox.registry.Pushed;
import dev.rollbackbot.sandbox.registry.RegistryServer;
import dev.rollbackbot.sandbox.slack.DemoWorkspace;
import dev.rollbackbot.sandbox.slack.SlackApp;
import dev.rollbackbot.sandbox.slack.SlackClientActions;
import dev.rollbackbot.sandbox.slack.SlackServer;
import dev.rollbackbot.sandbox.slack.Workspace;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All stand-ins, put together into one small world: Slack, Cloud Run, Artifact Registry, Pub/Sub,
 * Cloud Logging, a git repository, and k-back with its users.
 *
 * <p>On loopback only; nothing of it is real, but everything answers over real sockets. It runs on
 * the real clock with short times.
 */
public final class Sandbox implements AutoCloseable {
  private static final Duration START_UP = Duration.ofMillis(800);
  private static final Duration ROUTE_LAG = Duration.ofMillis(500);
  private static final double USERS_A_SECOND = 25;
  private static final String ANNOTATION = "rollbackbot.dev/journal";

  private final InstantSource clock = InstantSource.system();
  private final PrintStream out;
  private final LoggingServer logging;
  private final BuildServer builds;
  private final RegistryServer registry;
  private final PubSubServer pubsub;
  private final KBackServer kback;
  private final CloudRunModel model;
  private final CloudRunServer cloudRun;
  private final SlackServer slack;
  private final DemoRepository git;
  private final History.Told history;
  private final SyntheticUsers users;
  private final AtomicInteger deploys = new AtomicInteger();
  private final Map<String, Manner> manners = new ConcurrentHashMap<>();
  private @Nullable SlackClientActions actions;

  private Sandbox(Path folder, PrintStream out) throws IOException {
    this.out = out;
    this.logging = LoggingServer.start(History.PROJECT, History.REGION, clock);
    this.builds = BuildServer.start(History.PROJECT);
    this.registry = RegistryServer.start();
    this.pubsub = PubSubServer.start();
    this.kback = new KBackServer(clock, 7, this::served);
    this.model =
        new CloudRunModel(
            clock,
            ModelSettings.likeProduction().withTimes(START_UP, ROUTE_LAG),
            registry::runnableDigest,
            kback,
            (when, principal, method, agent, after, ok) ->
                logging.adminActivity(when, principal, method, agent, "k-back", after, ok),
            7);
    this.kback.serve(model);
    this.cloudRun =
        CloudRunServer.start(model, "rollback-bot@demo-project.iam.gserviceaccount.com");
    this.slack = SlackServer.start(DemoWorkspace.create(), DemoWorkspace.install());
    this.git = DemoRepository.create(folder);
    this.history = History.make(git, registry, kback, model, logging, clock.instant());
    this.manners.put(git.sickLive().shortSha(), Manner.SICK);
    this.users = new SyntheticUsers(serviceUrl(), 7);
  }

  /**
   * Starts the world.
   *
   * @param folder where the git repository is made
   * @param out where a program at a prompt prints
   */
  public static Sandbox start(Path folder, PrintStream out) throws IOException {
    var sandbox = new Sandbox(folder, out);
    sandbox.users.rate(USERS_A_SECOND);
    return sandbox;
  }

  /** Where the bot finds each neighbour; {@code host:port} of the Google ones. */
  public record Addresses(
      String run,
      String registry,
      String pubsub,
      String logging,
      String builds,
      String slackApi,
      String slack,
      String git) {}

  public Addresses addresses() {
    return new Addresses(
        cloudRun.endpoint(),
        registry.endpoint(),
        pubsub.endpoint(),
        logging.endpoint(),
        builds.endpoint(),
        slack.methodsEndpointUrlPrefix(),
        slack.base().toString(),
        git.url());
  }

  /** The project, region and repository of the demo service. */
  public record Demo(String project, String region, String image) {}

  public Demo demo() {
    return new Demo(History.PROJECT, History.REGION, History.IMAGE);
  }

  /** Tells Slack where the bot listens. */
  public void connect(URI requestUrl) {
    actions = new SlackClientActions(slack, requestUrl);
  }

  /** What people do in Slack. */
  public SlackClientActions slack() {
    if (actions == null) {
      throw new IllegalStateException("Slack does not know yet where the bot listens");
    }
    return actions;
  }

  public SlackApp app() {
    return slack.app();
  }

  public SlackServer slackServer() {
    return slack;
  }

  public Workspace workspace() {
    return slack.workspace();
  }

  public CloudRunModel model() {
    return model;
  }

  public PubSubServer pubsub() {
    return pubsub;
  }

  public LoggingServer logging() {
    return logging;
  }

  public BuildServer builds() {
    return builds;
  }

  public RegistryServer registry() {
    return registry;
  }

  public DemoRepository git() {
    return git;
  }

  public String serviceUrl() {
    return kback.serviceUrl(History.SERVICE);
  }

  // --- what has happened, and what can ---

  public String goodCommit() {
    return git.good().shortSha();
  }

  /** The commit that is live and sick at first. */
  public String sickCommit() {
    return git.sickLive().shortSha();
  }

  /** A commit whose image is there, but no revision. */
  public String undeployedCommit() {
    return history.undeployed();
  }

  /** A commit whose image was cleaned away. */
  public String cleanedCommit() {
    return git.cleaned().shortSha();
  }

  public String cannotStartCommit() {
    return git.cannotStart().shortSha();
  }

  public String sickRevision() {
    return history.sick();
  }

  public String goodRevision() {
    return history.good();
  }

  /** Who gets users' requests now, in percent. */
  public Map<String, Integer> routed() {
    return model.routing(History.SERVICE).percents();
  }

  /** Whether all users follow whatever is newest, as it is wanted. */
  public boolean followsLatest() {
    return service().getTrafficList().stream()
        .anyMatch(
            t ->
                t.getType() == TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST
                    && t.getPercent() == 100);
  }

  /** Throws when a tag is left on the service. */
  public void noTagLeft() {
    if (service().getTrafficList().stream().anyMatch(t -> !t.getTag().isEmpty())) {
      throw new IllegalStateException("a tag was left: " + service().getTrafficList());
    }
  }

  /** Whether the bot has written to the service. */
  public boolean journalWritten() {
    return service().containsAnnotations(ANNOTATION);
  }

  /** Whether this word stands in what the bot has written to the service. */
  public boolean journalHolds(String word) {
    return service().getAnnotationsOrDefault(ANNOTATION, "").contains(word);
  }

  private Service service() {
    return model.getService(GetServiceRequest.newBuilder().setName(History.SERVICE).build());
  }

  /** The commit in which the error is mended, once it was deployed. */
  public String hotfixCommit() {
    return git.hotfix().shortSha();
  }

  /** Deploys a build in which the error is mended; the name of its revision. */
  public String deployMended() {
    return made(model.gcloud(History.CI).deploy(History.SERVICE, mended(), labels()));
  }

  /** The same with {@code --no-traffic}: nobody meets it. */
  public String deployUnseen() {
    return made(model.gcloud(History.CI).deployNoTraffic(History.SERVICE, mended(), labels()));
  }

  /** Builds and pushes it. */
  private String mended() {
    git.publishHotfix();
    int number = deploys.incrementAndGet();
    Pushed image = registry.push(History.mended(git.hotfix(), number, clock.instant()));
    return History.IMAGE + "@" + image.digest();
  }

  private Map<String, String> labels() {
    return Map.of("commit-sha", git.hotfix().sha());
  }

  private static String made(Service after) {
    String name = after.getLatestCreatedRevision();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** The pipeline's own script lets users follow the newest, as some do after each deploy. */
  public void scriptMovesToLatest() {
    var _ = model.gcloud(History.CI).updateTrafficToLatest(History.SERVICE);
  }

  /** Somebody runs {@code gcloud run services replace} with a file that names no traffic. */
  public void replaceFromFile() {
    Service file =
        Service.newBuilder()
            .setName(History.SERVICE)
            .setTemplate(service().getTemplate())
            .putAllLabels(service().getLabelsMap())
            .build();
    var _ = model.gcloud("taro@example.com").servicesReplace(file);
  }

  /** From now on the old code fails as the new one does. */
  public void makeOldCodeSick() {
    code(goodCommit(), Manner.THIRD_FAILS);
  }

  /** Whether the newest code is sick, or is mended where it runs. */
  public void newestCodeSick(boolean sick) {
    code(sickCommit(), sick ? Manner.SICK : Manner.WELL);
  }

  /**
   * How a commit's code does from now on, in every revision that runs its newest image.
   *
   * @param commit short, with an image
   */
  public void code(String commit, Manner manner) {
    kback.behave(digest(commit), manner.behaviour());
    manners.put(commit, manner);
  }

  /** Known of old for two: their tags may have been taken off since. */
  private String digest(String commit) {
    if (commit.equals(goodCommit())) {
      return history.goodDigest();
    }
    return commit.equals(sickCommit())
        ? history.sickDigest()
        : registry
            .runnableDigest(History.IMAGE + ":" + commit)
            .orElseThrow(() -> new IllegalArgumentException("no image of " + commit));
  }

  /** How it does now. */
  public Manner code(String commit) {
    return manners.getOrDefault(commit, Manner.WELL);
  }

  /** The commits whose code can be changed, newest first: those that have a part in the stories. */
  public List<String> commits() {
    List<String> both = List.of(sickCommit(), goodCommit());
    return deploys.get() == 0
        ? both
        : Stream.concat(Stream.of(git.hotfix().shortSha()), both.stream()).toList();
  }

  /** How many users come a second, over real HTTP; at first {@value #USERS_A_SECOND}. */
  public SyntheticUsers users() {
    return users;
  }

  /** From now on it is a team that only ever pushed {@code latest}. */
  public void onlyLatest() {
    registry.keepTag("latest");
  }

  /** Whether the next revision would run the image of this commit. */
  public boolean templateRuns(String commit) {
    return registry
        .runnableDigest(service().getTemplate().getContainers(0).getImage())
        .equals(registry.runnableDigest(History.IMAGE + ":" + commit));
  }

  /** Runs the program at a prompt and prints what it prints. */
  public int atPrompt(BotProcesses bot, List<String> arguments) {
    return bot.terminal(arguments, out);
  }

  private void served(ServedRequest request) {
    logging.requestLog(
        request.when(),
        "k-back",
        request.revision(),
        request.method(),
        request.url(),
        request.status(),
        request.latency(),
        request.userAgent(),
        request.remoteIp());
    request
        .exceptionText()
        .ifPresent(
            text -> logging.stderrTraceback(request.when(), "k-back", request.revision(), text));
  }

  @Override
  public void close() {
    users.close();
    if (actions != null) {
      actions.close();
    }
    slack.close();
    cloudRun.close();
    kback.close();
    pubsub.close();
    registry.close();
    builds.close();
    logging.close();
  }
}
