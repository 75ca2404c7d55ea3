package dev.rollbackbot;

import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.gcp.Endpoints;
import dev.rollbackbot.gcp.PubSubTopology;
import dev.rollbackbot.sandbox.BotProcesses;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.slack.DemoWorkspace;
import dev.rollbackbot.slack.SlackFrontServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bot in the sandbox: the front in this process, the worker in one of its own that can be
 * killed, both with a configuration that names the stand-ins.
 */
final class SandboxBot implements BotProcesses, AutoCloseable {
  /** Stories, tests and benchmarks type faster than people. */
  private static final int REQUESTS = 1_000;

  /** Steps of seconds, so that a story ends while somebody looks; a real one takes minutes. */
  private static final Config.Canary CANARY =
      new Config.Canary(
          new Ladder(List.of(10, 50, 100), Duration.ofSeconds(5), Ladder.Advance.ASK), 8);

  private static final String KEY = "sandbox-key-sandbox-key-sandbox-key";

  private final Config config;
  private final Path configFile;
  private final Map<String, String> environment;
  private final SlackFrontServer front;
  private @Nullable Process worker;

  private SandboxBot(
      Config config, Path configFile, Map<String, String> environment, SlackFrontServer front) {
    this.config = config;
    this.configFile = configFile;
    this.environment = environment;
    this.front = front;
  }

  /**
   * Starts the front; {@link #startWorker} is for whoever needs a worker.
   *
   * @param policy of the demo service
   */
  static SandboxBot start(Sandbox sandbox, Path folder, Locale language, String policy)
      throws IOException {
    Config config = under(config(sandbox, folder, language), policy);
    Map<String, String> environment = environment(sandbox);
    Path file = folder.resolve("config.yaml");
    Files.writeString(file, config.toYaml());
    PubSubTopology.ensure(
        new Endpoints.Sandbox(
            sandbox.addresses().run(),
            sandbox.addresses().registry(),
            sandbox.addresses().pubsub(),
            sandbox.addresses().logging(),
            sandbox.addresses().builds()),
        config.pubsub().project(),
        config.pubsub().topic(),
        config.pubsub().subscription());
    SlackFrontServer front = Wiring.front(config, Secrets.from(environment).requireForFront());
    sandbox.connect(URI.create("http://127.0.0.1:" + front.port() + front.path()));
    return new SandboxBot(config, file, environment, front);
  }

  /** The secrets that the stand-in of Slack was installed with. */
  static Map<String, String> environment(Sandbox sandbox) {
    return Map.of(
        Secrets.SIGNING_SECRET,
        sandbox.app().signingSecret(),
        Secrets.BOT_TOKEN,
        sandbox.app().botToken(),
        Secrets.WORKER_KEY,
        KEY);
  }

  /** As in production, with the stand-ins' addresses and short times. */
  static Config config(Sandbox sandbox, Path folder, Locale language) {
    Sandbox.Addresses at = sandbox.addresses();
    Sandbox.Demo demo = sandbox.demo();
    var times =
        new Config.Times(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofMinutes(15),
            Duration.ofMinutes(5),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofMillis(500));
    return new Config(
        "sandbox",
        language,
        new Config.Slack(
            List.of(DemoWorkspace.TEAM),
            List.of(
                new Config.Channel(DemoWorkspace.K_BACK, List.of("k-back"), language, List.of()),
                new Config.Channel(
                    DemoWorkspace.WITH_PARTNER, List.of("k-back"), language, List.of())),
            Optional.of(DemoWorkspace.INCIDENTS),
            true,
            REQUESTS),
        List.of(
            new Config.Service(
                new ServiceId(demo.project(), demo.region(), "k-back"),
                demo.image(),
                new Config.Git(at.git(), "main", Optional.of("alembic/versions")),
                Config.Policy.CONFIRM,
                List.of(),
                new Config.Probe("/health/ready", 5, Duration.ofSeconds(2), true),
                new Config.Verify(times.verifyGrace(), times.verifyWindow(), 20, 0.05),
                new Config.Logs(false),
                CANARY)),
        times,
        new Config.PubSub(demo.project(), "rollback-requests", "rollback-worker"),
        new Config.Endpoints(
            at.slackApi(),
            at.slack() + "/",
            "http://127.0.0.1:",
            Optional.of(
                new Config.StandIns(
                    at.run(), at.registry(), at.pubsub(), at.logging(), at.builds()))),
        new Config.Front("127.0.0.1", 0),
        new Config.Worker(folder.resolve("clones")));
  }

  @Override
  public synchronized void startWorker() {
    if (!workerRuns()) {
      worker = start(List.of("worker", "--config", configFile.toString()), true);
    }
  }

  @Override
  public synchronized boolean workerRuns() {
    return worker != null && worker.isAlive();
  }

  @Override
  public synchronized void killWorker() {
    if (worker != null) {
      worker.destroyForcibly();
      await(worker);
    }
  }

  @Override
  public synchronized void policy(String name) {
    try {
      Files.writeString(configFile, under(config, name).toYaml());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    killWorker();
    startWorker();
  }

  /** The same configuration with every service under another policy. */
  static Config under(Config config, String policy) {
    return config.withServices(
        config.services().stream()
            .map(s -> s.withPolicy(Config.Policy.valueOf(policy.toUpperCase(Locale.ROOT))))
            .toList());
  }

  @Override
  public int terminal(List<String> arguments, PrintStream out) {
    var all = new ArrayList<>(arguments);
    all.add("--config");
    all.add(configFile.toString());
    Process process = start(all, false);
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      process.getOutputStream().close();
      reader.lines().forEach(line -> out.println("    " + line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return await(process);
  }

  private Process start(List<String> arguments, boolean quiet) {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // What it loads fits in: otherwise two full collections come while it starts.
                "-XX:MetaspaceSize=128m",
                "-Drollbackbot.exitWithParent=true",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.rollbackbot.Main"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (quiet) {
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("the bot's own process cannot be started", e);
    }
  }

  private static int await(Process process) {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("a process of the bot did not end within a minute");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    killWorker();
    front.close();
  }
}
