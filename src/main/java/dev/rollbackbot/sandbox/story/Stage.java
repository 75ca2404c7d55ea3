package dev.rollbackbot.sandbox.story;

import dev.rollbackbot.sandbox.Manner;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.slack.Answer;
import dev.rollbackbot.sandbox.slack.DemoWorkspace;
import dev.rollbackbot.sandbox.slack.Phone;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.Widget;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where a story is played: people type, press and look, and each step is printed as they see it.
 */
final class Stage {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  static final Duration GLANCE = Duration.ofMillis(50);

  private final Sandbox sandbox;
  private final PrintStream out;
  private final Phone phone;
  private final HttpClient browser = HttpClient.newHttpClient();

  Stage(Sandbox sandbox, PrintStream out) {
    this.sandbox = sandbox;
    this.out = out;
    this.phone = new Phone(sandbox.workspace());
  }

  Sandbox sandbox() {
    return sandbox;
  }

  void says(String line) {
    out.println("— " + line);
  }

  /** What a program printed. */
  void prints(String text) {
    out.print(text);
    out.flush();
  }

  /** Types a command; what is answered at once is shown. */
  void types(String user, String text) {
    says(name(user) + ": " + text);
    Answer answer = sandbox.slack().command(user, DemoWorkspace.K_BACK, text);
    if (answer.result() != Answer.Result.OK) {
      throw new StoryFailed("the command was answered " + answer.result());
    }
    sandbox.workspace().privateMessages(user).stream()
        .reduce((_, last) -> last)
        .ifPresent(this::show);
  }

  /** Waits for a card in the channel that has this button, and shows it. */
  Post cardWith(String action) {
    return cardWith(action, _ -> true);
  }

  Post cardWith(String action, Predicate<Post> also) {
    Post card =
        await(
            "a card with the button " + action,
            post ->
                post.channel().equals(DemoWorkspace.K_BACK)
                    && post.privateTo().isEmpty()
                    && post.threadTs().isEmpty()
                    && has(post, action)
                    && also.test(post));
    show(card);
    return card;
  }

  /** Waits until somebody is privately told something that holds these words, and shows it. */
  void told(String user, String words) {
    show(
        await(
            "the private answer " + words,
            post ->
                post.privateTo().filter(user::equals).isPresent()
                    && (post.text() + post.blocks()).contains(words)));
  }

  /** Waits for a direct message of the bot's to somebody, and shows it. */
  void direct(String user) {
    show(await("a direct message", post -> post.channel().equals("D" + user.substring(1))));
  }

  /** Waits until the same card is as asked, and shows it. */
  Post sameCard(Post card, String what, Predicate<Post> wanted) {
    Post now = await(what, post -> same(card, post) && wanted.test(post));
    show(now);
    return now;
  }

  /**
   * Waits until so many of the thread's lines were also shown in the channel: each is an ending.
   */
  void ends(Post card, int loudLines) {
    until(
        loudLines + " lines of " + card.ts() + " in the channel",
        () ->
            sandbox.workspace().thread(card.ts()).stream().filter(Post::broadcast).count()
                >= loudLines);
    show(sandbox.workspace().find(card.channel(), card.ts()).orElseThrow());
  }

  private static boolean same(Post a, Post b) {
    return a.channel().equals(b.channel()) && a.ts().equals(b.ts());
  }

  /** Presses a button; its dialog is shown and confirmed. */
  void presses(String user, Post card, String action) {
    Widget widget =
        Widget.all(card).stream()
            .filter(w -> w.actionId().startsWith(action))
            .findFirst()
            .orElseThrow(() -> new StoryFailed("no button " + action + " to press"));
    says(name(user) + " → [" + widget.label() + "]");
    phone.confirm(widget).ifPresent(dialog -> out.println(indent(dialog)));
    Answer answer = sandbox.slack().click(user, card, widget);
    if (answer.result() != Answer.Result.OK) {
      throw new StoryFailed("the click was answered " + answer.result());
    }
  }

  static boolean has(Post post, String action) {
    return Widget.all(post).stream().anyMatch(w -> w.actionId().startsWith(action));
  }

  static Predicate<Post> buttons(String... actions) {
    return post -> {
      Set<String> there =
          Widget.all(post).stream().map(Widget::actionId).collect(Collectors.toSet());
      return List.of(actions).stream().allMatch(a -> there.stream().anyMatch(t -> t.startsWith(a)));
    };
  }

  static Predicate<Post> noButtons() {
    return post -> Widget.all(post).isEmpty();
  }

  /** Users' truth: who serves how many percent, as requests are routed. */
  void usersAreOn(Map<String, Integer> expected) {
    until(
        "users on " + expected + ", but they are on " + sandbox.routed(),
        () -> sandbox.routed().equals(expected));
    says("users: " + new TreeMap<>(sandbox.routed()));
  }

  /** From now on so many users come a second. */
  void usersCome(double perSecond) {
    sandbox.users().rate(perSecond);
    says("users: %s requests a second".formatted(Double.toString(perSecond)));
  }

  /** From now on a commit's code does like this, wherever it runs. */
  void codeIs(String commit, Manner manner) {
    sandbox.code(commit, manner);
    says(commit + ": " + manner.words(Locale.ENGLISH));
  }

  /** Real requests to the service's own address; none may fail. */
  void usersAreWell() {
    int failed = failuresOf(12);
    if (failed > 0) {
      throw new StoryFailed(failed + " of 12 requests failed");
    }
    says("12 of 12 requests answered 200");
  }

  /** Real requests; some must fail. */
  void usersAreNotWell() {
    if (failuresOf(12) == 0) {
      throw new StoryFailed("12 of 12 requests were answered 200, the service should be sick");
    }
    says("some of 12 requests fail");
  }

  private int failuresOf(int requests) {
    int failed = 0;
    for (int i = 0; i < requests; i++) {
      try {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(sandbox.serviceUrl() + "/plans/" + i))
                .timeout(Duration.ofSeconds(5))
                .build();
        if (browser.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() >= 500) {
          failed++;
        }
      } catch (IOException e) {
        failed++;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoryFailed("interrupted");
      }
    }
    return failed;
  }

  /** Waits for a message that is as asked, whoever sees it. */
  Post await(String what, Predicate<Post> wanted) {
    try {
      return sandbox.workspace().awaitMessage(wanted, PATIENCE);
    } catch (RuntimeException e) {
      throw new StoryFailed("waited in vain for " + what);
    }
  }

  /** Waits for a condition of the world. */
  void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new StoryFailed("waited in vain for " + what);
      }
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }

  void show(Post post) {
    out.println(indent(phone.render(post)));
  }

  /** Shows a card's thread. */
  void showThread(Post card) {
    sandbox.workspace().thread(card.ts()).forEach(this::show);
  }

  private String name(String user) {
    return sandbox.workspace().person(user).map(p -> p.realName()).orElse(user);
  }

  private static String indent(String text) {
    return text.lines().map(line -> "    " + line).collect(Collectors.joining("\n", "", "\n"));
  }
}
