package dev.rollbackbot;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.Service;
import dev.rollbackbot.bench.Folders;
import dev.rollbackbot.bench.Samples;
import dev.rollbackbot.bench.StandInTimes;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.gcp.Endpoints;
import dev.rollbackbot.gcp.JournalJson;
import dev.rollbackbot.gcp.PubSubTopology;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.slack.Answer;
import dev.rollbackbot.sandbox.slack.DemoWorkspace;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.Widget;
import dev.rollbackbot.slack.SlackFrontServer;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How long a person waits for the bot: from the command to the offer's card in the channel, and
 * from the click to the accept-write on the service.
 *
 * <p>Front, worker and stand-ins run in this JVM, the real clients between them over loopback. One
 * command at a time. The argument is the number of measured rounds.
 */
final class ClickBenchmark {
  private static final int WARM_UP = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration GLANCE = Duration.ofMillis(1);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final String LOG_READ = "ListLogEntries";

  /** The bot reads logs at most 50 times a minute; a round that was refused one would look fast. */
  private static final int LOG_READS_A_MINUTE = 40;

  private final StandInTimes standIns;
  private final Sandbox sandbox;
  private final Config config;
  private final Service before;
  private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();

  private ClickBenchmark(StandInTimes standIns, Sandbox sandbox, Config config) {
    this.standIns = standIns;
    this.sandbox = sandbox;
    this.config = config;
    this.before = service();
  }

  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[0]);
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be positive, not " + rounds);
    }
    PrintStream out = System.out;
    StandInTimes standIns = StandInTimes.watch();
    Path folder = Files.createTempDirectory("rollback-bot-bench");
    try (Sandbox sandbox = Sandbox.start(folder, out)) {
      Config config = SandboxBot.config(sandbox, folder, Locale.ENGLISH);
      Secrets secrets = Secrets.from(SandboxBot.environment(sandbox));
      Sandbox.Addresses at = sandbox.addresses();
      PubSubTopology.ensure(
          new Endpoints.Sandbox(at.run(), at.registry(), at.pubsub(), at.logging(), at.builds()),
          config.pubsub().project(),
          config.pubsub().topic(),
          config.pubsub().subscription());
      SlackFrontServer front = Wiring.front(config, secrets.requireForFront());
      try (var _ = new Wiring.Running(List.of(front));
          var _ = Wiring.worker(config, secrets.requireForWorker())) {
        sandbox.connect(URI.create("http://127.0.0.1:" + front.port() + front.path()));
        new ClickBenchmark(standIns, sandbox, config).run(rounds, out);
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private void run(int rounds, PrintStream out) {
    Samples offers = new Samples("command to offer", Duration.ofSeconds(1));
    Samples writes = new Samples("click to write", Duration.ofMillis(500));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    for (int i = 0; i < WARM_UP; i++) {
      round(new Samples("", Duration.ZERO), new Samples("", Duration.ZERO));
    }
    for (int i = 0; i < rounds; i++) {
      round(offers, writes);
    }
    out.println(Samples.head());
    out.println(offers.row());
    out.println(writes.row());
    out.printf(
        Locale.ROOT,
        "%n%d unmeasured rounds first; %d cores, Java %s, load average %.2f before and %.2f after%n",
        WARM_UP,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        load,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** From the command to the write, and back to the state before. */
  private void round(Samples offers, Samples writes) {
    keepWithinLogReads();
    Instant begun = Instant.now();
    Post offer =
        timed(
            offers,
            () ->
                sandbox
                    .slack()
                    .command(
                        DemoWorkspace.AIKO,
                        DemoWorkspace.K_BACK,
                        "/rollback " + sandbox.goodCommit()),
            () ->
                sandbox
                    .workspace()
                    .awaitMessage(
                        post ->
                            !post.versions().getFirst().at().isBefore(begun)
                                && button(post).isPresent(),
                        PATIENCE));
    Widget button = button(offer).orElseThrow();
    var _ =
        timed(
            writes,
            () -> sandbox.slack().click(DemoWorkspace.AIKO, offer, button),
            () -> {
              until("the accept-write", sandbox::journalWritten);
              return true;
            });
    reset();
  }

  private static Optional<Widget> button(Post post) {
    return Widget.all(post).stream()
        .filter(widget -> widget.actionId().startsWith("roll_back"))
        .findFirst();
  }

  private <T> T timed(Samples samples, Callable<Answer> act, Supplier<T> effect) {
    long from = System.nanoTime();
    Future<Answer> acting = people.submit(act);
    T seen = effect.get();
    long to = System.nanoTime();
    Answer answer = answer(acting);
    if (answer.result() != Answer.Result.OK) {
      throw new IllegalStateException("the front answered " + answer);
    }
    if (standIns.calls(LOG_READ, from, to) == 0) {
      throw new IllegalStateException("the logs were not read, so this was no whole plan");
    }
    samples.add(Duration.ofNanos(to - from), standIns.busy(from, to));
    return seen;
  }

  private static Answer answer(Future<Answer> acting) {
    try {
      return acting.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Stops the rollback and puts the service back as it was, without its journal: that remembers a
   * handful of accepted offers for 25 minutes, and then takes no more.
   */
  private void reset() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!closed()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the rollback did not end: " + service());
      }
      var _ = sandbox.slack().command(DemoWorkspace.AIKO, DemoWorkspace.K_BACK, "/rollback stop");
      waitFor(AGAIN, this::closed);
    }
    untilQuiet();
    var _ = sandbox.model().gcloud(before.getLastModifier()).servicesReplace(before);
    until(
        "the state before",
        () ->
            !service().getReconciling()
                && !sandbox.journalWritten()
                && sandbox.followsLatest()
                && sandbox.routed().equals(Map.of(sandbox.sickRevision(), 100)));
    sandbox.noTagLeft();
    untilQuiet();
  }

  private boolean closed() {
    Service now = service();
    Optional<String> journal = Optional.ofNullable(now.getAnnotationsMap().get(Journal.ANNOTATION));
    return JournalJson.read(journal, config.bot(), now.getUid())
            instanceof JournalReading.Found(Journal found)
        && found.state() == JobState.CLOSED;
  }

  private void untilQuiet() {
    until(
        "a quiet workspace",
        () -> {
          long seen = sandbox.workspace().version();
          return sandbox.workspace().awaitChange(seen, QUIET) == seen;
        });
  }

  private void keepWithinLogReads() {
    long minute = Duration.ofMinutes(1).toNanos();
    waitFor(
        Duration.ofMinutes(1),
        () -> {
          long now = System.nanoTime();
          standIns.forgetBefore(now - minute);
          return standIns.calls(LOG_READ, now - minute, now) < LOG_READS_A_MINUTE;
        });
  }

  private Service service() {
    Sandbox.Demo demo = sandbox.demo();
    var id = new ServiceId(demo.project(), demo.region(), "k-back");
    return sandbox
        .model()
        .getService(GetServiceRequest.newBuilder().setName(id.resourceName()).build());
  }

  private static void until(String what, BooleanSupplier condition) {
    if (!waitFor(PATIENCE, condition)) {
      throw new IllegalStateException("waited in vain for " + what);
    }
  }

  private static boolean waitFor(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(GLANCE.toNanos());
    }
    return true;
  }
}
