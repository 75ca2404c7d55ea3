package dev.rollbackbot;

import dev.rollbackbot.terminal.Prompt;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The words of the grammar at a prompt. */
class Words extends Main.Configured implements Callable<Integer> {
  @Option(names = "--yes", description = "answer every question with yes")
  private boolean yes;

  @Option(names = "--json", description = "one JSON object a line")
  private boolean json;

  @Option(names = "--language", description = "ja or en; the configuration's by default")
  private @Nullable String language;

  @Option(names = "--route", description = "shift or redeploy; chosen by default")
  private @Nullable String route;

  @Option(names = "--reason", description = "why, for the others")
  private @Nullable String reason;

  @Option(
      names = "--alone",
      description = "why, where two people must agree and only you are there")
  private @Nullable String alone;

  @Parameters(arity = "0..*", description = "as after /rollback in Slack")
  private List<String> words = new ArrayList<>();

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Config config = config();
    Locale locale = language == null ? config.language() : Locale.of(language);
    Supplier<String> who = Wiring.identity(config);
    Wiring.Terminal terminal = Wiring.terminal(config, secrets().gitToken());
    try (AutoCloseable _ = terminal.world()) {
      var in = new BufferedReader(new InputStreamReader(System.in, Main.charset()));
      var prompt = new Prompt(in, Main.printer(), locale, yes, json);
      return new TerminalSession(terminal.core(), prompt, locale, who).run(typed()).code;
    }
  }

  private String typed() {
    String word = spec == null ? "help" : spec.name();
    var all = new ArrayList<String>();
    if (!word.equals("rollback")) {
      all.add(word);
    }
    all.addAll(words);
    if (route != null) {
      all.add("--route " + route);
    }
    if (reason != null) {
      all.add("--reason \"" + reason.replace('"', '\'') + "\"");
    }
    if (alone != null) {
      all.add("--alone \"" + alone.replace('"', '\'') + "\"");
    }
    return String.join(" ", all) + more();
  }

  /** Options that only some words have, as they are typed. */
  String more() {
    return "";
  }

  @Command(name = "rollback", description = "plan a way back, ask, and do it")
  static final class Rollback extends Words {}

  @Command(name = "canary", description = "the same in steps, looking at each")
  static final class Canary extends Words {
    @Option(names = "--steps", description = "percents that rise to 100: 10,50,100")
    private @Nullable String steps;

    @Option(names = "--hold", description = "how long each is looked at: 90s, 5m")
    private @Nullable String hold;

    @Option(names = "--auto", description = "go on by itself where the verdict allows it")
    private boolean auto;

    @Option(names = "--ask", description = "ask before each step")
    private boolean ask;

    @Override
    String more() {
      return (steps == null ? "" : " --steps " + steps)
          + (hold == null ? "" : " --hold " + hold)
          + (auto ? " --auto" : "")
          + (ask ? " --ask" : "");
    }
  }

  @Command(name = "go-on", description = "take a canary's next step")
  static final class GoOn extends Words {}

  @Command(name = "hold", description = "hold a canary where it is")
  static final class Hold extends Words {}

  @Command(name = "wait", description = "look at a canary's step for longer")
  static final class Wait extends Words {}

  @Command(name = "list", description = "where one can go back to")
  static final class ListTargets extends Words {}

  @Command(name = "status", description = "what is live, since when, what is open")
  static final class Status extends Words {}

  @Command(name = "history", description = "what was done lately")
  static final class History extends Words {}

  @Command(name = "stop", description = "end a moving rollback")
  static final class Stop extends Words {}

  @Command(name = "undo", description = "put back what was there before")
  static final class Undo extends Words {}

  @Command(name = "keep", description = "close the open rollback and stay")
  static final class Keep extends Words {}

  @Command(name = "newest", description = "let users follow the newest revision again")
  static final class Newest extends Words {}

  @Command(name = "resume", description = "carry on what was interrupted")
  static final class Resume extends Words {}
}
