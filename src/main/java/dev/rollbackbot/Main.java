package dev.rollbackbot;

import dev.rollbackbot.slack.SlackFrontServer;
import dev.rollbackbot.text.FrontComposer;
import dev.rollbackbot.text.PlainText;
import dev.rollbackbot.text.Typing;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The program: {@code serve}, {@code worker}, {@code all}, {@code sandbox}, or a word at a prompt.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 usage, 3 refused, 4 unknown, 5 done but open and not healthy.
 */
@Command(
    name = "rollback-bot",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Puts a Cloud Run service back on any git commit whose image still exists.",
    subcommands = {
      Main.Serve.class,
      Main.Worker.class,
      Main.All.class,
      SandboxCommand.class,
      ConfigCommand.class,
      Words.Rollback.class,
      Words.Canary.class,
      Words.ListTargets.class,
      Words.Status.class,
      Words.History.class,
      Words.Stop.class,
      Words.Undo.class,
      Words.Keep.class,
      Words.Newest.class,
      Words.GoOn.class,
      Words.Hold.class,
      Words.Wait.class,
      Words.Resume.class,
      Main.Help.class
    })
public final class Main implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  public static void main(String[] args) {
    ExitWithParent.ifAsked();
    System.exit(run(args));
  }

  /** Runs the program to its end. */
  static int run(String... args) {
    return isPlainServe(args) ? serve(Path.of(args[2])) : commandLine().execute(args);
  }

  /**
   * The one call of the manifests that is made while somebody waits. It goes without picocli, whose
   * old class files no AOT cache takes, so that reading three words is a seventh of the start.
   */
  private static boolean isPlainServe(String[] args) {
    return args.length == 3 && args[0].equals("serve") && args[1].equals("--config");
  }

  private static int serve(Path file) {
    try {
      return Serve.run(Config.load(file));
    } catch (ConfigException mistakes) {
      System.err.println(mistakes.getMessage());
      return USAGE;
    } catch (IOException | InterruptedException | RuntimeException e) {
      LoggerFactory.getLogger(Main.class).error("the front did not start", e);
      return FAILED;
    }
  }

  static CommandLine commandLine() {
    var program = new CommandLine(new Main());
    program
        .getSubcommands()
        .values()
        .forEach(word -> word.getCommandSpec().mixinStandardHelpOptions(true));
    return program
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, commandLine, _) -> {
              if (e instanceof ConfigException mistakes) {
                commandLine.getErr().println(mistakes.getMessage());
                return USAGE;
              }
              throw e;
            });
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(System.err);
    }
    return USAGE;
  }

  /** From the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"rollback-bot " + Neighbours.version()};
    }
  }

  /** What every process with a configuration needs. */
  static class Configured {
    @Option(
        names = "--config",
        description = "the YAML file; manifests/example.yaml shows every key",
        defaultValue = "rollback-bot.yaml")
    private Path file = Path.of("rollback-bot.yaml");

    Path file() {
      return file;
    }

    Config config() {
      return Config.load(file);
    }

    static Secrets secrets() {
      return Secrets.from(System.getenv());
    }
  }

  @Command(name = "serve", description = "the front: takes what Slack sends")
  static final class Serve extends Configured implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
      return run(config());
    }

    private static int run(Config config) throws IOException, InterruptedException {
      return untilTold(Wiring.front(config, secrets().requireForFront()));
    }
  }

  @Command(name = "worker", description = "desk and driver: offers, approves, rolls back")
  static final class Worker extends Configured implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
      Secrets.ForWorker secrets = secrets().requireForWorker();
      return untilTold(Wiring.worker(config(), secrets));
    }
  }

  @Command(name = "all", description = "both in one process, for a small team")
  static final class All extends Configured implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
      Secrets secrets = secrets();
      Config config = config();
      SlackFrontServer front = Wiring.front(config, secrets.requireForFront());
      return untilTold(
          new Wiring.Running(List.of(front, Wiring.worker(config, secrets.requireForWorker()))));
    }
  }

  /** Needs no configuration: it is what somebody types first. */
  @Command(name = "help", description = "every word, with examples")
  static final class Help implements Callable<Integer> {
    @Option(names = "--language", description = "ja or en", defaultValue = "ja")
    private String language = "ja";

    @Override
    public Integer call() {
      printer().print(PlainText.render(FrontComposer.help(Locale.of(language), Typing.TERMINAL)));
      return 0;
    }
  }

  /** The terminal's own; whatever reads a pipe gets UTF-8. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives none again where input is redirected.
  static Charset charset() {
    Console console = System.console();
    return console != null && console.isTerminal() ? console.charset() : StandardCharsets.UTF_8;
  }

  static PrintStream printer() {
    return new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset());
  }

  /** Runs until SIGTERM, then closes what runs. */
  private static int untilTold(AutoCloseable running) throws InterruptedException {
    var told = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  new Wiring.Running(List.of(running)).close();
                  told.countDown();
                }));
    told.await();
    return 0;
  }
}
