package dev.rollbackbot.watch;

import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.LogReader.Note;
import dev.rollbackbot.port.Timers;
import dev.rollbackbot.port.WorldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which of several workers says a thing, so that it is said once.
 *
 * <p>A worker notes in the bot's own log that it is about to, waits until the others' notes can be
 * read, and speaks when its note is the first; then it notes that it has spoken. A note is good for
 * a minute: whoever dies before speaking is replaced. Where the log cannot be read, silence would
 * be worse than saying it twice: what was seen to happen is said at once, anything else after some
 * minutes.
 */
final class Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  /** As long as the log keeps entries by default. */
  private static final Duration MEMORY = Duration.ofDays(30);

  private static final Duration OTHERS_NOTE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int MOST_REMEMBERED = 10_000;

  /** How long a note that one is about to speak holds. */
  static final Duration GOOD_FOR = Duration.ofMinutes(1);

  private final LogReader logs;
  private final AuditLog audit;
  private final InstantSource clock;
  private final Timers timers;
  private final String worker;
  private final Set<String> said = new HashSet<>();
  private final Map<String, Instant> unreadableSince = new HashMap<>();

  Turns(LogReader logs, AuditLog audit, InstantSource clock, Timers timers, String worker) {
    this.logs = logs;
    this.audit = audit;
    this.clock = clock;
    this.timers = timers;
    this.worker = worker;
  }

  /** What a worker may do about a thing. */
  enum Turn {
    SPEAK,
    /** Somebody has. */
    SAID,
    /** Somebody is about to, or nobody can tell: ask again in a minute. */
    LATER
  }

  /**
   * Whose turn it is; may take some seconds.
   *
   * @param seen this worker saw it happen
   */
  Turn of(ServiceId service, String key, boolean seen) {
    if (isSaid(key)) {
      return Turn.SAID;
    }
    try {
      Turn first = judge(key, logs.notes(service, key, MEMORY), Instant.MAX);
      if (first != Turn.SPEAK) {
        return first;
      }
      Instant mine = clock.instant();
      note(service, key, AuditLog.ANNOUNCING, mine);
      timers.pause(OTHERS_NOTE);
      return judge(key, logs.notes(service, key, MEMORY), mine);
    } catch (WorldException e) {
      LOG.warn("{}: cannot tell whether it was said: {}", service.name(), e.detail());
      return seen || unreadableFor(key).compareTo(PATIENCE) > 0 ? Turn.SPEAK : Turn.LATER;
    }
  }

  /** It was said. */
  void said(ServiceId service, String key) {
    note(service, key, AuditLog.ANNOUNCED, clock.instant());
    remember(key);
  }

  private Turn judge(String key, List<Note> notes, Instant mine) {
    if (notes.stream().anyMatch(note -> note.what().equals(AuditLog.ANNOUNCED))) {
      remember(key);
      return Turn.SAID;
    }
    Instant oldest = clock.instant().minus(GOOD_FOR);
    // Two clocks need not agree, but the notes are the same for all who read them.
    var own = new Note(mine, AuditLog.ANNOUNCING, worker);
    Note first =
        Stream.concat(notes.stream().filter(note -> !note.who().equals(worker)), Stream.of(own))
            .filter(note -> note.at().isAfter(oldest))
            .min(Comparator.comparing(Note::at).thenComparing(Note::who))
            .orElse(own);
    return first.who().equals(worker) ? Turn.SPEAK : Turn.LATER;
  }

  private void note(ServiceId service, String key, String what, Instant at) {
    audit.record(new AuditLog.Entry(at, service.name(), what, worker, Map.of("announcement", key)));
  }

  private synchronized boolean isSaid(String key) {
    return said.contains(key);
  }

  private synchronized void remember(String key) {
    if (said.size() >= MOST_REMEMBERED) {
      said.clear();
    }
    said.add(key);
    unreadableSince.remove(key);
  }

  private synchronized Duration unreadableFor(String key) {
    Instant now = clock.instant();
    return Duration.between(unreadableSince.computeIfAbsent(key, _ -> now), now);
  }
}
