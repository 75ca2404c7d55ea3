package dev.rollbackbot.sandbox.slack;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everybody and everything in one Slack workspace: accounts, channels, messages and their history.
 * Safe for many threads; holds the newest {@value #MAX_POSTS} messages.
 */
public final class Workspace {
  private static final int MAX_POSTS = 10_000;

  /** Slack's own voice, which reports a command that failed. */
  public static final String SLACKBOT = "USLACKBOT";

  /**
   * The workspace itself.
   *
   * @param domain the first label of its address
   */
  public record Team(String id, String domain, String name) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final InstantSource clock = InstantSource.system();
  private final Team team;
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, List<String>> groups = new LinkedHashMap<>();
  private final NavigableMap<String, Post> posts = new TreeMap<>();
  private final Deque<String> order = new ArrayDeque<>();
  private long lastMicros;
  private long version;

  public Workspace(Team team) {
    this.team = team;
  }

  public Team team() {
    return team;
  }

  public void add(Person person) {
    change(() -> people.put(person.id(), person));
  }

  public void add(Channel channel) {
    change(() -> channels.put(channel.id(), channel));
  }

  public void addGroup(String id, List<String> users) {
    change(() -> groups.put(id, List.copyOf(users)));
  }

  public void join(String channel, String user) {
    alter(channel, c -> c.with(user));
  }

  public void leave(String channel, String user) {
    alter(channel, c -> c.without(user));
  }

  public void archive(String channel, boolean archived) {
    alter(channel, c -> c.asArchived(archived));
  }

  public List<Person> people() {
    return locked(() -> List.copyOf(people.values()));
  }

  public List<Channel> channels() {
    return locked(() -> List.copyOf(channels.values()));
  }

  public Optional<Person> person(String id) {
    return locked(() -> Optional.ofNullable(people.get(id)));
  }

  public Optional<Channel> channel(String id) {
    return locked(() -> Optional.ofNullable(channels.get(id)));
  }

  public Optional<List<String>> group(String id) {
    return locked(() -> Optional.ofNullable(groups.get(id)));
  }

  /** The direct conversation between an app's bot and a person, made at the first use. */
  public Channel direct(String bot, String user) {
    var id = "D" + user.substring(1);
    return locked(
        () ->
            channels.computeIfAbsent(
                id, k -> new Channel(k, user, Channel.Kind.DIRECT, Set.of(bot, user), false)));
  }

  /** Every message that still exists, public and private, oldest first. */
  public List<Post> all() {
    return locked(() -> order.stream().map(this::kept).flatMap(Optional::stream).toList());
  }

  /** What everybody sees in a channel: no thread replies but broadcast ones. */
  public List<Post> messages(String channel) {
    return all().stream()
        .filter(p -> p.channel().equals(channel) && p.privateTo().isEmpty())
        .filter(p -> p.threadTs().isEmpty() || p.broadcast())
        .toList();
  }

  /** The replies to one message, oldest first. */
  public List<Post> thread(String ts) {
    return all().stream().filter(p -> p.threadTs().equals(Optional.of(ts))).toList();
  }

  /** What is marked "only visible to you" for this person, in any channel. */
  public List<Post> privateMessages(String user) {
    return all().stream().filter(p -> p.privateTo().equals(Optional.of(user))).toList();
  }

  /** The newest message that everybody sees in a channel. */
  public Optional<Post> latest(String channel) {
    return messages(channel).reversed().stream().findFirst();
  }

  public Optional<Post> find(String channel, String ts) {
    return locked(() -> Optional.ofNullable(posts.get(key(channel, ts))));
  }

  /**
   * Waits until some message, old or new, public or private, is as asked.
   *
   * @throws IllegalStateException after {@code limit}, with what the workspace shows instead
   */
  public Post awaitMessage(Predicate<Post> wanted, Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      var seen = version();
      var found = all().reversed().stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      var left = Duration.ofNanos(deadline - System.nanoTime());
      if (!left.isPositive() || awaitChange(seen, left) == seen) {
        throw new IllegalStateException(notSeen(limit));
      }
    }
  }

  /** Waits at most {@code limit} for any change after version {@code seen}; the version now. */
  public long awaitChange(long seen, Duration limit) {
    lock.lock();
    try {
      var left = limit.toNanos();
      while (version == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return version;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return seen;
    } finally {
      lock.unlock();
    }
  }

  /** A number that grows with every change. */
  public long version() {
    return locked(() -> version);
  }

  Post post(Draft draft) {
    return locked(
        () -> {
          var version =
              new Post.Version(clock.instant(), draft.text(), draft.blocks(), draft.metadata());
          var post =
              new Post(
                  draft.channel(),
                  nextTs(),
                  draft.author(),
                  draft.threadTs(),
                  draft.privateTo(),
                  draft.broadcast(),
                  draft.files(),
                  List.of(version));
          posts.put(key(post.channel(), post.ts()), post);
          order.addLast(key(post.channel(), post.ts()));
          while (order.size() > MAX_POSTS) {
            posts.remove(order.removeFirst());
          }
          touch();
          return post;
        });
  }

  /** Adds a version to a message; empty if it is gone. */
  Optional<Post> edit(String channel, String ts, UnaryOperator<Post> edit) {
    return locked(
        () -> {
          var after =
              Optional.ofNullable(
                  posts.computeIfPresent(key(channel, ts), (k, p) -> edit.apply(p)));
          touch();
          return after;
        });
  }

  void delete(String channel, String ts) {
    change(
        () -> {
          posts.remove(key(channel, ts));
          return order.remove(key(channel, ts));
        });
  }

  String nextTs() {
    return locked(
        () -> {
          var now = clock.instant();
          var micros =
              TimeUnit.SECONDS.toMicros(now.getEpochSecond())
                  + TimeUnit.NANOSECONDS.toMicros(now.getNano());
          lastMicros = Math.max(micros, lastMicros + 1);
          return "%d.%06d".formatted(lastMicros / 1_000_000, lastMicros % 1_000_000);
        });
  }

  private Optional<Post> kept(String key) {
    return Optional.ofNullable(posts.get(key));
  }

  private String notSeen(Duration limit) {
    var phone = new Phone(this);
    var shown = new ArrayList<String>();
    for (var post : all().reversed().stream().limit(6).toList().reversed()) {
      shown.add(phone.render(post));
    }
    return "No such message within " + limit + ". The newest are:\n" + String.join("\n", shown);
  }

  private void alter(String channel, UnaryOperator<Channel> how) {
    change(() -> channels.computeIfPresent(channel, (id, c) -> how.apply(c)));
  }

  private static String key(String channel, String ts) {
    return channel + "/" + ts;
  }

  private void touch() {
    version++;
    changed.signalAll();
  }

  private interface Work<T extends @Nullable Object> {
    T run();
  }

  private void change(Work<?> work) {
    lock.lock();
    try {
      work.run();
      touch();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Work<T> work) {
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }
}
