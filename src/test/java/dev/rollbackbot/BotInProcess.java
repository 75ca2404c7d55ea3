package dev.rollbackbot;

import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.gcp.Endpoints;
import dev.rollbackbot.gcp.PubSubTopology;
import dev.rollbackbot.sandbox.BotProcesses;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.slack.SlackFrontServer;
import dev.rollbackbot.terminal.Prompt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bot as the sandbox starts it, but in the JVM of the test: quick, and open to questions. */
public final class BotInProcess implements BotProcesses, AutoCloseable {
  private Config config;
  private final Secrets secrets;
  private final SlackFrontServer front;
  private Wiring.@Nullable Running worker;

  private BotInProcess(Config config, Secrets secrets, SlackFrontServer front) {
    this.config = config;
    this.secrets = secrets;
    this.front = front;
  }

  /** Starts front and worker against the stand-ins. */
  public static BotInProcess start(Sandbox sandbox, Path folder, Locale language)
      throws IOException {
    return start(sandbox, SandboxBot.config(sandbox, folder, language));
  }

  /** The same with the demo service under this policy. */
  public static BotInProcess start(Sandbox sandbox, Path folder, Locale language, String policy)
      throws IOException {
    return start(sandbox, SandboxBot.under(SandboxBot.config(sandbox, folder, language), policy));
  }

  /** The same with lines of the configuration changed, each {@code key: value}. */
  public static BotInProcess start(
      Sandbox sandbox, Path folder, Locale language, List<String> changes) throws IOException {
    String yaml = SandboxBot.config(sandbox, folder, language).toYaml();
    for (String change : changes) {
      String key = change.substring(0, change.indexOf(':') + 1);
      yaml = yaml.replaceAll("(?m)^(\\s*-?\\s*)" + Pattern.quote(key) + ".*$", "$1" + change);
    }
    return start(sandbox, Config.parse(yaml, "changed"));
  }

  private static BotInProcess start(Sandbox sandbox, Config config) throws IOException {
    Secrets secrets = Secrets.from(SandboxBot.environment(sandbox));
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
    SlackFrontServer front = Wiring.front(config, secrets.requireForFront());
    sandbox.connect(URI.create("http://127.0.0.1:" + front.port() + front.path()));
    var bot = new BotInProcess(config, secrets, front);
    bot.startWorker();
    return bot;
  }

  /** The topic's full name. */
  public String topic() {
    return "projects/%s/topics/%s".formatted(config.pubsub().project(), config.pubsub().topic());
  }

  /** The subscription's full name. */
  public String subscription() {
    return "projects/%s/subscriptions/%s"
        .formatted(config.pubsub().project(), config.pubsub().subscription());
  }

  /** An offer of this bot, sealed again as another bot with another key would. */
  public String sealedByAnother(String offer) {
    String key = secrets.requireForWorker().workerKey().value();
    return seal("another-" + key).seal(seal(key).openOffer(offer).orElseThrow());
  }

  private static Seal seal(String key) {
    return new Seal(key.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void killWorker() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }

  @Override
  public synchronized void startWorker() {
    if (worker == null) {
      worker = Wiring.worker(config, secrets.requireForWorker());
    }
  }

  /** A second worker beside the first, until it is closed. */
  public AutoCloseable anotherWorker() {
    return Wiring.worker(config, secrets.requireForWorker());
  }

  @Override
  public synchronized boolean workerRuns() {
    return worker != null;
  }

  @Override
  public synchronized void policy(String name) {
    config = SandboxBot.under(config, name);
    killWorker();
    startWorker();
  }

  @Override
  public int terminal(List<String> arguments, PrintStream out) {
    String typed =
        arguments.stream()
            .filter(word -> !word.equals("rollback") && !word.equals("--yes"))
            .collect(Collectors.joining(" "));
    Wiring.Terminal terminal = Wiring.terminal(config, Optional.empty());
    try (var _ = new Wiring.Running(List.of(terminal.world()));
        var in = new BufferedReader(Reader.nullReader())) {
      var prompt = new Prompt(in, out, config.language(), arguments.contains("--yes"), false);
      return new TerminalSession(
              terminal.core(), prompt, config.language(), Wiring.identity(config))
          .run(typed)
          .code;
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read, so nothing can fail", e);
    }
  }

  @Override
  public void close() {
    killWorker();
    front.close();
  }
}
