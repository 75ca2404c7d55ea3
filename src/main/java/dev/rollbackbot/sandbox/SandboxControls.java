package dev.rollbackbot.sandbox;

import dev.rollbackbot.sandbox.page.Choice;
import dev.rollbackbot.sandbox.page.Control;
import dev.rollbackbot.sandbox.page.Controls;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The page's side panel: what a person can do to the sandbox's world. */
public final class SandboxControls implements Controls {
  private static final String RATE = "rate";
  private static final String CODE = "code-";
  private static final List<String> RATES = List.of("0", "1", "5", "10", "25", "50");

  private final Sandbox sandbox;
  private final BotProcesses bot;
  private volatile boolean cloudRunDown;
  private volatile boolean logsLate;
  private volatile boolean fourEyes;

  public SandboxControls(Sandbox sandbox, BotProcesses bot) {
    this.sandbox = sandbox;
    this.bot = bot;
  }

  /** What a button does, and its words. */
  private enum Deed {
    DEPLOY("修正版を上からデプロイする", "Deploy a mended build over it"),
    TO_LATEST("gcloud で LATEST に振り分ける (他人の操作)", "Somebody runs update-traffic --to-latest"),
    KILL_WORKER("ワーカーを強制終了する (SIGKILL)", "Kill the worker (SIGKILL)"),
    START_WORKER("ワーカーを起動する", "Start a worker"),
    FOUR_EYES("2 人での確認を必須にする (four_eyes)", "Two people must agree (four_eyes)"),
    SLACK("Slack を停止する", "Slack is down"),
    CLOUD_RUN("Cloud Run API を停止する", "The Cloud Run API is down"),
    LOGS("ログの反映を 1 分遅らせる", "Logs come a minute late");

    private final String japanese;
    private final String english;

    Deed(String japanese, String english) {
      this.japanese = japanese;
      this.english = english;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    String label(Locale locale) {
      return ja(locale) ? japanese : english;
    }
  }

  private static boolean ja(Locale locale) {
    return locale.getLanguage().equals("ja");
  }

  @Override
  public List<Control> list(Locale locale) {
    return List.of(
        control(Deed.DEPLOY, false, locale),
        control(Deed.TO_LATEST, false, locale),
        control(bot.workerRuns() ? Deed.KILL_WORKER : Deed.START_WORKER, false, locale),
        control(Deed.FOUR_EYES, fourEyes, locale),
        control(Deed.SLACK, sandbox.slackServer().faults().outage(), locale),
        control(Deed.CLOUD_RUN, cloudRunDown, locale),
        control(Deed.LOGS, logsLate, locale));
  }

  @Override
  public List<Choice> choices(Locale locale) {
    var choices = new ArrayList<Choice>();
    choices.add(
        new Choice(
            RATE,
            ja(locale) ? "利用者のリクエスト (毎秒)" : "Users' requests a second",
            RATES.stream().map(rate -> new Choice.Option(rate, rate)).toList(),
            rate()));
    for (String commit : sandbox.commits()) {
      choices.add(
          new Choice(
              CODE + commit,
              ja(locale) ? commit + " のコード" : "Code of " + commit,
              Arrays.stream(Manner.values())
                  .map(manner -> new Choice.Option(id(manner), manner.words(locale)))
                  .toList(),
              id(sandbox.code(commit))));
    }
    return choices;
  }

  /** {@code 25}, {@code 0.5}. */
  private String rate() {
    return BigDecimal.valueOf(sandbox.users().rate()).stripTrailingZeros().toPlainString();
  }

  private static String id(Manner manner) {
    return manner.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String choose(String id, String value, Locale locale) {
    if (id.equals(RATE)) {
      sandbox.users().rate(Double.parseDouble(value));
      return ja(locale)
          ? "利用者のリクエスト: 毎秒 " + rate() + " 件"
          : "Users: " + rate() + " requests a second";
    }
    String commit = id.startsWith(CODE) ? id.substring(CODE.length()) : "";
    if (!sandbox.commits().contains(commit)) {
      throw new IllegalArgumentException("no setting " + id);
    }
    Manner manner = Manner.valueOf(value.toUpperCase(Locale.ROOT));
    sandbox.code(commit, manner);
    return commit + ": " + manner.words(locale);
  }

  private static Control control(Deed deed, boolean active, Locale locale) {
    return new Control(deed.id(), deed.label(locale), active);
  }

  @Override
  public String press(String id, Locale locale) {
    for (Deed deed : Deed.values()) {
      if (deed.id().equals(id)) {
        return (ja(locale) ? "実行しました: " : "Done: ") + deed.label(locale) + act(deed);
      }
    }
    throw new IllegalArgumentException("no control " + id);
  }

  private String act(Deed deed) {
    switch (deed) {
      case DEPLOY -> {
        return " (" + sandbox.deployMended() + ")";
      }
      case TO_LATEST -> {
        var _ = sandbox.model().gcloud("taro@example.com").updateTrafficToLatest(History.SERVICE);
      }
      case KILL_WORKER -> bot.killWorker();
      case START_WORKER -> bot.startWorker();
      case FOUR_EYES -> {
        fourEyes = !fourEyes;
        bot.policy(fourEyes ? "four_eyes" : "confirm");
      }
      case SLACK -> {
        var faults = sandbox.slackServer().faults();
        faults.outage(!faults.outage());
      }
      case CLOUD_RUN -> {
        cloudRunDown = !cloudRunDown;
        sandbox.model().faults().outage(cloudRunDown);
      }
      case LOGS -> {
        logsLate = !logsLate;
        sandbox.logging().ingestionDelay(logsLate ? Duration.ofMinutes(1) : Duration.ZERO);
      }
    }
    return "";
  }

  @Override
  public String statusText(Locale locale) {
    Map<String, Integer> routed = new TreeMap<>(sandbox.routed());
    return (ja(locale) ? "振り分け: " : "Live: ")
        + routed
        + "\n"
        + (ja(locale) ? "ワーカー: " : "Worker: ")
        + (bot.workerRuns() ? (ja(locale) ? "稼働中" : "running") : (ja(locale) ? "停止" : "stopped"))
        + "\n"
        + sandbox.serviceUrl();
  }
}
