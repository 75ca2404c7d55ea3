package dev.rollbackbot.sandbox.story;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.INCIDENTS;

import dev.rollbackbot.sandbox.BotProcesses;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.slack.Post;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The stories that the sandbox can play; each throws {@link StoryFailed} when it ends otherwise.
 */
public enum Story {
  /** From the command to verified, with the report and the way out. */
  ROLLBACK {
    @Override
    void play(Stage stage, BotProcesses bot) {
      stage.usersAreNotWell();
      Post open = rolledBack(stage);
      stage.usersAreWell();
      stage.showThread(open);
      List<Post> told = stage.sandbox().workspace().messages(INCIDENTS);
      if (told.size() != 1) {
        throw new StoryFailed("one message in the incident channel, but there are " + told.size());
      }
      stage.show(told.getFirst());
      stage.presses(BEN, open, "keep");
      stage.sameCard(
          open, "the kept card", post -> Stage.has(post, "newest") && !Stage.has(post, "keep"));
    }
  },

  /** Back to what was there before, LATEST included. */
  UNDO {
    @Override
    void play(Stage stage, BotProcesses bot) {
      Post open = rolledBack(stage);
      stage.presses(AIKO, open, "undo");
      stage.ends(open, 2);
      stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
      followsLatest(stage, true);
    }
  },

  /** A mended build is deployed, gets nothing, and users return to it. */
  NEWEST {
    @Override
    void play(Stage stage, BotProcesses bot) {
      Post open = rolledBack(stage);
      String mended = stage.sandbox().deployMended();
      stage.says("deploy: " + mended);
      Post told = pinnedLine(stage, mended);
      stage.presses(AIKO, told, "newest");
      stage.ends(open, 3);
      stage.usersAreOn(Map.of(mended, 100));
      stage.usersAreWell();
      followsLatest(stage, true);
    }
  },

  /** The target's revision never started: nobody meets it. */
  CANNOT_START {
    @Override
    void play(Stage stage, BotProcesses bot) {
      stage.types(AIKO, "/rollback " + stage.sandbox().cannotStartCommit());
      Post offer = stage.cardWith("roll_back");
      stage.presses(AIKO, offer, "roll_back");
      stage.sameCard(offer, "the card without buttons", Stage.noButtons());
      stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
      stage.sandbox().noTagLeft();
    }
  },

  /** The old code is as sick: said, not flipped back. */
  DID_NOT_HELP {
    @Override
    void play(Stage stage, BotProcesses bot) {
      stage.sandbox().makeOldCodeSick();
      Post open = rolledBack(stage);
      stage.usersAreNotWell();
      stage.presses(AIKO, open, "undo");
      stage.ends(open, 2);
      stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
    }
  },

  /** Somebody moves the service between offer and click: nothing runs, the card is planned anew. */
  CHANGED_MEANWHILE {
    @Override
    void play(Stage stage, BotProcesses bot) {
      stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
      Post offer = stage.cardWith("roll_back");
      String mended = stage.sandbox().deployMended();
      stage.usersAreOn(Map.of(mended, 100));
      stage.presses(BEN, offer, "roll_back");
      Post anew =
          stage.sameCard(
              offer,
              "the card planned anew",
              post -> post.edits() > 0 && Stage.has(post, "roll_back"));
      stage.usersAreOn(Map.of(mended, 100));
      stage.presses(BEN, anew, "roll_back");
      stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
      stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
    }
  },

  /** The worker dies right after the approval; the next one carries on. */
  WORKER_KILLED {
    @Override
    void play(Stage stage, BotProcesses bot) {
      stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
      Post offer = stage.cardWith("roll_back");
      stage.presses(AIKO, offer, "roll_back");
      stage.until("the accept-write", () -> stage.sandbox().journalWritten());
      bot.killWorker();
      stage.says("SIGKILL worker");
      bot.startWorker();
      stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
      stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
      stage.usersAreWell();
    }
  },

  /** Slack is away during the whole rollback: it goes on, and the card ends right. */
  SLACK_DOWN {
    @Override
    void play(Stage stage, BotProcesses bot) {
      stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
      Post offer = stage.cardWith("roll_back");
      stage.presses(AIKO, offer, "roll_back");
      stage.until("the accept-write", () -> stage.sandbox().journalWritten());
      stage.sandbox().slackServer().faults().outage(true);
      stage.says("Slack: 503");
      stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
      stage.until("its end", () -> stage.sandbox().journalHolds("VERIFIED"));
      stage.sandbox().slackServer().faults().outage(false);
      stage.says("Slack: 200");
      Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
      stage.ends(open, 1);
      stage.showThread(open);
      stage.usersAreWell();
    }
  },

  /** Logs come too late to tell how users fare: said, and silence is not called good. */
  LOGS_LATE {
    @Override
    void play(Stage stage, BotProcesses bot) {
      stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
      Post offer = stage.cardWith("roll_back");
      stage.presses(AIKO, offer, "roll_back");
      stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
      stage.sandbox().logging().ingestionDelay(Duration.ofMinutes(1));
      stage.says("Cloud Logging: + 1 min");
      Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
      stage.ends(open, 1);
      stage.showThread(open);
      if (!stage.sandbox().journalHolds("UNPROVEN") || !stage.sandbox().journalHolds("LATE")) {
        throw new StoryFailed("a rollback whose logs did not come should be unproven");
      }
      stage.usersAreWell();
    }
  },

  /** A deploy that gets no users because of the pin is announced. */
  PINNED_DEPLOY {
    @Override
    void play(Stage stage, BotProcesses bot) {
      var _ = rolledBack(stage);
      String mended = stage.sandbox().deployMended();
      stage.says("deploy: " + mended);
      var _ = pinnedLine(stage, mended);
      stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
      followsLatest(stage, false);
    }
  },

  /** Only the image is left: a revision is made of it, and undone. */
  REDEPLOY {
    @Override
    void play(Stage stage, BotProcesses bot) {
      RedeployStories.redeploy(stage);
    }
  },

  /** After a redeploy the template is put back, and deploys reach users again. */
  RESTORE_TEMPLATE {
    @Override
    void play(Stage stage, BotProcesses bot) {
      RedeployStories.restoreTemplate(stage);
    }
  },

  /** The image is gone as well; something near is offered instead. */
  IMAGE_GONE {
    @Override
    void play(Stage stage, BotProcesses bot) {
      RedeployStories.imageGone(stage);
    }
  },

  /** A team that only pushes {@code latest}. */
  LATEST_ONLY {
    @Override
    void play(Stage stage, BotProcesses bot) {
      RedeployStories.latestOnly(stage);
    }
  },

  /** A deploy script clears the pin, of an open rollback and of one that was kept. */
  MOVED_BACK {
    @Override
    void play(Stage stage, BotProcesses bot) {
      Post open = rolledBack(stage);
      stage.says("script: update-traffic --to-latest");
      stage.sandbox().scriptMovesToLatest();
      stage.ends(open, 2);
      stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
      stage.sameCard(
          open,
          "the card that only plans anew",
          post -> Stage.has(post, "plan") && !Stage.has(post, "keep") && !Stage.has(post, "undo"));

      Post again = rolledBack(stage);
      stage.presses(BEN, again, "keep");
      stage.sameCard(
          again, "the kept card", post -> Stage.has(post, "newest") && !Stage.has(post, "keep"));
      stage.says("script: update-traffic --to-latest");
      stage.sandbox().scriptMovesToLatest();
      Post told =
          stage.cardWith("plan", post -> (post.text() + post.blocks()).contains("cloud-build@"));
      stage.presses(AIKO, told, "plan");
      var _ = stage.cardWith("roll_back", post -> !post.ts().equals(open.ts()));
      stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
    }
  },

  /** {@code services replace} wipes record and traffic: the bot says so and writes nothing more. */
  OVERWRITTEN {
    @Override
    void play(Stage stage, BotProcesses bot) {
      Post open = rolledBack(stage);
      stage.says("Taro: gcloud run services replace service.yaml");
      stage.sandbox().replaceFromFile();
      stage.sameCard(
          open,
          "the card that says the record is lost",
          post -> Stage.noButtons().test(post) && post.blocks().toString().contains("taro@"));
      stage.ends(open, 2);
      stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
      if (stage.sandbox().journalWritten()) {
        throw new StoryFailed("the bot wrote although its record was wiped");
      }
      Post again = rolledBack(stage);
      stage.presses(BEN, again, "keep");
      stage.sameCard(
          again, "the kept card", post -> Stage.has(post, "newest") && !Stage.has(post, "keep"));
    }
  },

  /** Two people must agree: who asked cannot say yes, on the way there and on the way back. */
  FOUR_EYES {
    @Override
    public String policy() {
      return TWO_PEOPLE;
    }

    @Override
    void play(Stage stage, BotProcesses bot) {
      stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
      Post offer = stage.cardWith("roll_back");
      stage.presses(AIKO, offer, "roll_back");
      stage.told(AIKO, "SECOND_PERSON_NEEDED");
      stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
      stage.presses(BEN, offer, "roll_back");
      Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
      stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
      stage.direct(BEN);
      stage.presses(BEN, open, "undo");
      Post undo = stage.cardWith("act");
      stage.presses(BEN, undo, "act");
      stage.told(BEN, "SECOND_PERSON_NEEDED");
      stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
      stage.presses(AIKO, undo, "act");
      stage.sameCard(undo, "the undo approved", Stage.noButtons());
      stage.ends(open, 2);
      stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
    }
  },

  /** Two people must agree, and only one is awake: alone, with the reason said to everybody. */
  ALONE {
    @Override
    public String policy() {
      return TWO_PEOPLE;
    }

    @Override
    void play(Stage stage, BotProcesses bot) {
      String reason = "nobody else is awake";
      stage.types(
          AIKO, "/rollback %s --alone \"%s\"".formatted(stage.sandbox().goodCommit(), reason));
      Post offer = stage.cardWith("roll_back", post -> post.blocks().toString().contains(reason));
      stage.presses(AIKO, offer, "roll_back");
      Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
      stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
      stage.usersAreWell();
      stage.direct(AIKO);
      stage.presses(AIKO, open, "keep");
      stage.sameCard(
          open, "the kept card", post -> Stage.has(post, "newest") && !Stage.has(post, "keep"));
      new Shell(stage, bot).types(3, "newest", "--yes");
      stage.types(AIKO, "/rollback newest --alone \"%s\"".formatted(reason));
      Post newest = stage.cardWith("act", post -> post.blocks().toString().contains(reason));
      stage.presses(AIKO, newest, "act");
      stage.sameCard(newest, "the return approved", Stage.noButtons());
    }
  },

  /** Back in steps of 10, 50 and 100 %, with a question at each. */
  CANARY {
    @Override
    void play(Stage stage, BotProcesses bot) {
      CanaryStories.canary(stage);
    }
  },

  /** Forward to a new revision, which is worse. */
  CANARY_WORSE {
    @Override
    void play(Stage stage, BotProcesses bot) {
      CanaryStories.worse(stage);
    }
  },

  /** At night nobody comes. */
  CANARY_TOO_LITTLE_TRAFFIC {
    @Override
    void play(Stage stage, BotProcesses bot) {
      CanaryStories.tooLittleTraffic(stage);
    }
  },

  /** The old code is as sick. */
  CANARY_BOTH_BAD {
    @Override
    void play(Stage stage, BotProcesses bot) {
      CanaryStories.bothBad(stage);
    }
  },

  /** Somebody has no patience with steps. */
  CANARY_TAKEN_OVER {
    @Override
    void play(Stage stage, BotProcesses bot) {
      CanaryStories.takenOver(stage);
    }
  },

  /** The worker dies between two looks. */
  CANARY_WORKER_KILLED {
    @Override
    void play(Stage stage, BotProcesses bot) {
      CanaryStories.workerKilled(stage, bot);
    }
  },

  /** The same at a prompt: no chat, no queue, no worker. */
  TERMINAL {
    @Override
    public boolean needsWorker() {
      return false;
    }

    @Override
    void play(Stage stage, BotProcesses bot) {
      if (bot.workerRuns()) {
        throw new StoryFailed("a worker runs, so it might have been its work");
      }
      var shell = new Shell(stage, bot);
      Map<String, Integer> rolledBack = Map.of(stage.sandbox().goodRevision(), 100);
      shell.types(
          0,
          List.of("rollback", "--yes", stage.sandbox().goodCommit()),
          () -> stage.sandbox().routed().equals(rolledBack),
          List.of("status"));
      stage.usersAreOn(rolledBack);
      stage.usersAreWell();
      shell.types(0, "undo", "--yes");
      stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
    }
  };

  private static final String TWO_PEOPLE = "four_eyes";

  /** The policy of the demo service in this story, as the configuration writes it. */
  public String policy() {
    return "confirm";
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

  /** Whether it is played with a worker beside it. */
  public boolean needsWorker() {
    return true;
  }

  /** Plays it on a sandbox that nobody has touched. */
  public void play(Sandbox sandbox, BotProcesses bot, PrintStream out) {
    play(new Stage(sandbox, out), bot);
  }

  abstract void play(Stage stage, BotProcesses bot);

  private static Post rolledBack(Stage stage) {
    stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
    Post offer = stage.cardWith("roll_back");
    stage.presses(AIKO, offer, "roll_back");
    Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
    return open;
  }

  private static Post pinnedLine(Stage stage, String revision) {
    Post told =
        stage.await(
            "the line about " + revision,
            post ->
                post.threadTs().isPresent()
                    && post.broadcast()
                    && (post.text() + post.blocks()).contains(revision));
    stage.show(told);
    return told;
  }

  private static void followsLatest(Stage stage, boolean expected) {
    stage.until(
        "traffic that " + (expected ? "follows" : "does not follow") + " LATEST",
        () -> stage.sandbox().followsLatest() == expected);
  }
}
