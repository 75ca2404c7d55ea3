package dev.rollbackbot.sandbox.story;

import dev.rollbackbot.sandbox.BotProcesses;
import dev.rollbackbot.sandbox.Sandbox;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The stories that the sandbox can play; each throws {@link StoryFailed} when it ends otherwise.
 */
public enum Story {
  /** From the command to verified, with the report and the way out. */
  ROLLBACK(Setting.USUAL, (stage, _) -> RollbackStories.rollback(stage)),

  /** Back to what was there before, LATEST included. */
  UNDO(Setting.USUAL, (stage, _) -> RollbackStories.undo(stage)),

  /** A mended build is deployed, gets nothing, and users return to it. */
  NEWEST(Setting.USUAL, (stage, _) -> RollbackStories.newest(stage)),

  /** The target's revision never started: nobody meets it. */
  CANNOT_START(Setting.USUAL, (stage, _) -> RollbackStories.cannotStart(stage)),

  /** The old code is as sick: said, not flipped back. */
  DID_NOT_HELP(Setting.USUAL, (stage, _) -> RollbackStories.didNotHelp(stage)),

  /** Somebody moves the service between offer and click: nothing runs, the card is planned anew. */
  CHANGED_MEANWHILE(Setting.USUAL, (stage, _) -> RollbackStories.changedMeanwhile(stage)),

  /** The worker dies right after the approval; the next one carries on. */
  WORKER_KILLED(Setting.USUAL, RollbackStories::workerKilled),

  /** Slack is away during the whole rollback: it goes on, and the card ends right. */
  SLACK_DOWN(Setting.USUAL, (stage, _) -> OutageStories.slackDown(stage)),

  /** Logs come too late to tell how users fare: said, and silence is not called good. */
  LOGS_LATE(Setting.USUAL, (stage, _) -> OutageStories.logsLate(stage)),

  /** A deploy that gets no users because of the pin is announced. */
  PINNED_DEPLOY(Setting.USUAL, (stage, _) -> OtherHandsStories.pinnedDeploy(stage)),

  /** Only the image is left: a revision is made of it, and undone. */
  REDEPLOY(Setting.USUAL, (stage, _) -> RedeployStories.redeploy(stage)),

  /** After a redeploy the template is put back, and deploys reach users again. */
  RESTORE_TEMPLATE(Setting.USUAL, (stage, _) -> RedeployStories.restoreTemplate(stage)),

  /** The image is gone as well; something near is offered instead. */
  IMAGE_GONE(Setting.USUAL, (stage, _) -> RedeployStories.imageGone(stage)),

  /** A team that only pushes {@code latest}. */
  LATEST_ONLY(Setting.USUAL, (stage, _) -> RedeployStories.latestOnly(stage)),

  /** A deploy script clears the pin, of an open rollback and of one that was kept. */
  MOVED_BACK(Setting.USUAL, (stage, _) -> OtherHandsStories.movedBack(stage)),

  /** {@code services replace} wipes record and traffic: the bot says so and writes nothing more. */
  OVERWRITTEN(Setting.USUAL, (stage, _) -> OtherHandsStories.overwritten(stage)),

  /** Two people must agree: who asked cannot say yes, on the way there and on the way back. */
  FOUR_EYES(Setting.TWO_PEOPLE, (stage, _) -> TwoPeopleStories.fourEyes(stage)),

  /** Two people must agree, and only one is awake: alone, with the reason said to everybody. */
  ALONE(Setting.TWO_PEOPLE, TwoPeopleStories::alone),

  /** Back in steps of 10, 50 and 100 %, with a question at each. */
  CANARY(Setting.USUAL, (stage, _) -> CanaryStories.canary(stage)),

  /** Forward to a new revision, which is worse. */
  CANARY_WORSE(Setting.USUAL, (stage, _) -> CanaryStories.worse(stage)),

  /** At night nobody comes. */
  CANARY_TOO_LITTLE_TRAFFIC(Setting.USUAL, (stage, _) -> CanaryStories.tooLittleTraffic(stage)),

  /** The old code is as sick. */
  CANARY_BOTH_BAD(Setting.USUAL, (stage, _) -> CanaryStories.bothBad(stage)),

  /** Somebody has no patience with steps. */
  CANARY_TAKEN_OVER(Setting.USUAL, (stage, _) -> CanaryStories.takenOver(stage)),

  /** The worker dies between two looks. */
  CANARY_WORKER_KILLED(Setting.USUAL, CanaryStories::workerKilled),

  /** The same at a prompt: no chat, no queue, no worker. */
  TERMINAL(Setting.AT_A_PROMPT, TerminalStories::terminal);

  /** What happens. */
  @FunctionalInterface
  private interface Plot {
    void play(Stage stage, BotProcesses bot);
  }

  /** What is there before it begins. */
  private enum Setting {
    USUAL,
    TWO_PEOPLE,
    AT_A_PROMPT
  }

  private final Setting setting;

  @SuppressWarnings("ImmutableEnumChecker") // A method reference, which holds nothing.
  private final Plot plot;

  Story(Setting setting, Plot plot) {
    this.setting = setting;
    this.plot = plot;
  }

  /** The policy of the demo service in this story, as the configuration writes it. */
  public String policy() {
    return setting == Setting.TWO_PEOPLE ? "four_eyes" : "confirm";
  }

  /** Whether it is played with a worker beside it. */
  public boolean needsWorker() {
    return setting != Setting.AT_A_PROMPT;
  }

  /** As it is named on the command line: lower case, with hyphens. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The story of this name. */
  public static Optional<Story> named(String id) {
    return Arrays.stream(values()).filter(story -> story.id().equals(id)).findFirst();
  }

  /** All names, for an error that helps. */
  public static String names() {
    return Arrays.stream(values()).map(Story::id).collect(Collectors.joining(", "));
  }

  /** Plays it on a sandbox that nobody has touched. */
  public void play(Sandbox sandbox, BotProcesses bot, PrintStream out) {
    plot.play(new Stage(sandbox, out), bot);
  }
}
