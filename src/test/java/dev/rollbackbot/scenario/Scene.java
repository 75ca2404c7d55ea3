package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.Service;
import com.google.logging.v2.LogEntry;
import dev.rollbackbot.BotInProcess;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.gcp.JournalJson;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.cloudrun.FaultSwitches;
import dev.rollbackbot.sandbox.slack.Answer;
import dev.rollbackbot.sandbox.slack.Faults;
import dev.rollbackbot.sandbox.slack.Phone;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.Widget;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One small world with the bot in it, in English: what people do, see, and what is so. */
final class Scene implements AutoCloseable {
  /** Covers a redelivery by the queue, which waits ten seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Duration GLANCE = Duration.ofMillis(20);
  static final String SERVICE = "projects/demo-project/locations/asia-northeast1/services/k-back";

  private final Sandbox sandbox;
  private final BotInProcess bot;
  private final Phone phone;

  private Scene(Sandbox sandbox, BotInProcess bot) {
    this.sandbox = sandbox;
    this.bot = bot;
    this.phone = new Phone(sandbox.workspace());
  }

  static Scene open(Path folder) throws IOException {
    return open(folder, "");
  }

  /** The same with a bot whose configuration has these lines instead, {@code key: value} each. */
  static Scene open(Path folder, String changes) throws IOException {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Sandbox sandbox = Sandbox.start(folder, nowhere);
    return new Scene(
        sandbox, BotInProcess.start(sandbox, folder, Locale.ENGLISH, changes.lines().toList()));
  }

  Sandbox sandbox() {
    return sandbox;
  }

  BotInProcess bot() {
    return bot;
  }

  FaultSwitches cloudRunFaults() {
    return sandbox.model().faults();
  }

  Faults slackFaults() {
    return sandbox.slackServer().faults();
  }

  // --- what people do ---

  Answer types(String user, String text) {
    return sandbox.slack().command(user, K_BACK, "/rollback " + text);
  }

  /** Aiko asks for the good commit and gets the offer. */
  Post offer() {
    types(AIKO, sandbox.goodCommit());
    return card("roll_back");
  }

  /** Says something in the thread of a message, or in the channel. */
  void says(String user, String text, Optional<String> thread) {
    var _ = sandbox.slack().say(user, K_BACK, text, thread);
  }

  Answer presses(String user, Post post, String action) {
    return sandbox.slack().click(user, post, button(post, action));
  }

  /** Presses a button whose value is not what was shown. */
  Answer pressesAltered(String user, Post post, String action, UnaryOperator<String> altered) {
    Widget shown = button(post, action);
    var forged =
        new Widget(
            shown.blockId(),
            shown.actionId(),
            shown.type(),
            shown.label(),
            shown.value().map(altered),
            shown.confirm(),
            shown.element());
    return sandbox.slack().click(user, post, forged);
  }

  private static Widget button(Post post, String action) {
    return Widget.all(post).stream()
        .filter(w -> w.actionId().startsWith(action))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no button " + action + " in " + post.blocks()));
  }

  // --- what they see ---

  /** Waits for a card in the channel that has this button. */
  Post card(String action) {
    return sandbox.workspace().awaitMessage(post -> isCard(post) && has(post, action), PATIENCE);
  }

  /** Every card in the channel that has this button. */
  List<Post> cards(String action) {
    return sandbox.workspace().messages(K_BACK).stream()
        .filter(post -> isCard(post) && has(post, action))
        .toList();
  }

  private static boolean isCard(Post post) {
    return post.channel().equals(K_BACK) && post.privateTo().isEmpty() && post.threadTs().isEmpty();
  }

  private static boolean has(Post post, String action) {
    return Widget.all(post).stream().anyMatch(w -> w.actionId().startsWith(action));
  }

  /** Waits until the same card offers the three ways on from an open rollback. */
  Post open(Post card) {
    return becomes(
        card, post -> Stream.of("keep", "undo", "newest").allMatch(action -> has(post, action)));
  }

  Post becomes(Post card, Predicate<Post> wanted) {
    return sandbox
        .workspace()
        .awaitMessage(
            post ->
                post.channel().equals(card.channel())
                    && post.ts().equals(card.ts())
                    && wanted.test(post),
            PATIENCE);
  }

  /** Waits until somebody is privately told something that holds all these words. */
  String told(String user, String... words) {
    return words(
        sandbox
            .workspace()
            .awaitMessage(
                post ->
                    post.privateTo().filter(user::equals).isPresent()
                        && Stream.of(words).allMatch(words(post)::contains),
                PATIENCE));
  }

  /** Waits for a direct message that holds all these words. */
  String toldDirectly(String user, String... words) {
    return words(
        sandbox
            .workspace()
            .awaitMessage(
                post ->
                    post.channel().equals("D" + user.substring(1))
                        && Stream.of(words).allMatch(words(post)::contains),
                PATIENCE));
  }

  /** How often somebody was privately told this. */
  long timesTold(String user, String words) {
    return sandbox.workspace().privateMessages(user).stream()
        .filter(post -> words(post).contains(words))
        .count();
  }

  String words(Post post) {
    return phone.render(post);
  }

  // --- what is so ---

  void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }

  /** Every delivery was settled for good; at least this many. */
  void untilSettled(long deliveries) {
    until(
        deliveries + " deliveries settled",
        () -> {
          var counters = sandbox.pubsub().counters(bot.subscription());
          return counters.acknowledged() >= deliveries && counters.unacked() == 0;
        });
  }

  /** A mended build is deployed, and its revision is ready. */
  String deployed() {
    String revision = sandbox.deployMended();
    until(
        revision + " is the newest",
        () ->
            sandbox
                .model()
                .getService(GetServiceRequest.newBuilder().setName(SERVICE).build())
                .getLatestReadyRevision()
                .endsWith(revision));
    return revision;
  }

  Map<String, Integer> wellUsers() {
    return Map.of(sandbox.goodRevision(), 100);
  }

  /** Nobody wrote to the service, and users are where they were. */
  boolean untouched() {
    return !sandbox.journalWritten()
        && sandbox.routed().equals(Map.of(sandbox.sickRevision(), 100))
        && sandbox.followsLatest();
  }

  /** What the platform and the bot itself have logged of changes, as text. */
  List<String> writtenLogs() {
    return sandbox
        .logging()
        .find("log_id(\"cloudaudit.googleapis.com/activity\") OR log_id(\"rollback-bot-audit\")")
        .stream()
        .map(LogEntry::toString)
        .toList();
  }

  Journal journal() {
    Service service =
        sandbox.model().getService(GetServiceRequest.newBuilder().setName(SERVICE).build());
    if (JournalJson.read(
            Optional.ofNullable(service.getAnnotationsMap().get(Journal.ANNOTATION)),
            "sandbox",
            service.getUid())
        instanceof JournalReading.Found(Journal journal)) {
      return journal;
    }
    throw new AssertionError("no journal that can be read");
  }

  @Override
  public void close() {
    bot.close();
    sandbox.close();
  }
}
