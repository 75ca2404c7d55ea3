package dev.rollbackbot.domain.journal;

import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.SlowLine;
import dev.rollbackbot.domain.model.Ladder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rollback that goes in steps: its ladder, how far it has come, and what was seen.
 *
 * <p>A rung is looked at five times while it is held. Where people let it wait for longer, each
 * further look covers as much time as all before it, so that a night costs a handful of reads.
 *
 * @param slowLine what counts as slow; empty where live's latency was not known
 * @param begun when users' traffic was split as each step says, up to where they are now
 * @param seen every look taken, in order: the rate of false verdicts is held over all of them
 * @param doubt why the last rung's end could not be judged as meant
 */
public record Canary(
    Ladder ladder,
    Direction direction,
    Optional<SlowLine> slowLine,
    List<Instant> begun,
    List<Seen> seen,
    Optional<Doubt> doubt) {

  /** Looks at a rung that is held as planned. */
  public static final int LOOKS = 5;

  /** A look and the end of the time it covers. */
  public record Seen(Look look, Instant end) {}

  /** What stands in the way of a judgement. */
  public enum Doubt {
    /** The logs could not be read. */
    UNREAD,
    /** Its turn to read them has not come: too many ask. */
    BUDGET,
    /** They end before the rung does: late, or nobody came. */
    LATE,
    /** The platform has not said that users' traffic is split so. */
    UNPROVED
  }

  public Canary {
    begun = List.copyOf(begun);
    seen = List.copyOf(seen);
    if (begun.size() > ladder.steps().size()) {
      throw new IllegalArgumentException("step " + begun.size() + " of " + ladder.steps());
    }
  }

  /** One that has not begun. */
  public static Canary of(Ladder ladder, Direction direction, Optional<SlowLine> slowLine) {
    return new Canary(ladder, direction, slowLine, List.of(), List.of(), Optional.empty());
  }

  /** On which users are, from 0; -1 before the first. */
  public int rung() {
    return begun.size() - 1;
  }

  private Instant rungSince() {
    return begun.getLast();
  }

  /** The target's share of users now, in percent. */
  public int percent() {
    return begun.isEmpty() ? 0 : ladder.steps().get(rung());
  }

  /** The share of the next step, in percent. */
  public int next() {
    return ladder.steps().get(Math.min(begun.size(), ladder.rungs()));
  }

  /** Every look, without its time. */
  public List<Look> looks() {
    return seen.stream().map(Seen::look).toList();
  }

  /** Until when this rung has been looked at. */
  public Instant seenUntil() {
    return seen.isEmpty() || seen.getLast().look().rung() != rung()
        ? rungSince()
        : seen.getLast().end();
  }

  /** Requests a millisecond, on both sides, at the last look; empty before the first. */
  public OptionalDouble lastRate() {
    if (seen.isEmpty()) {
      return OptionalDouble.empty();
    }
    Look last = seen.getLast().look();
    Instant from =
        seen.size() > 1 && seen.get(seen.size() - 2).look().rung() == last.rung()
            ? seen.get(seen.size() - 2).end()
            : begun.get(last.rung());
    Duration length = Duration.between(from, seen.getLast().end());
    int requests = last.candidate().requests() + last.baseline().requests();
    return OptionalDouble.of((double) requests / Math.max(1, length.toMillis()));
  }

  /** The latest end of a look that is due at this moment; one late look covers those missed. */
  public Optional<Instant> due(Instant at) {
    Optional<Instant> latest = Optional.empty();
    for (Instant end = endAfter(seenUntil()); !end.isAfter(at); end = endAfter(end)) {
      latest = Optional.of(end);
    }
    return latest;
  }

  /** The first end of a look after this moment. */
  public Instant endAfter(Instant moment) {
    Duration hold = ladder.hold();
    for (int look = 1; look < LOOKS; look++) {
      Instant end = rungSince().plus(hold.multipliedBy(look).dividedBy(LOOKS));
      if (end.isAfter(moment)) {
        return end;
      }
    }
    Duration length = hold;
    while (!rungSince().plus(length).isAfter(moment)) {
      length = length.multipliedBy(2);
    }
    return rungSince().plus(length);
  }

  /** The same after a look up to {@code end}. */
  public Canary saw(Look look, Instant end) {
    var all = new ArrayList<>(seen);
    all.add(new Seen(look, end));
    return new Canary(ladder, direction, slowLine, begun, all, Optional.empty());
  }

  /**
   * The same in fewer words: what was seen on each earlier rung as one look. The verdict is then
   * made with a little less of what chance may be blamed for.
   */
  public Canary shortened() {
    var all = new ArrayList<Seen>();
    for (Seen one : seen) {
      boolean same =
          !all.isEmpty()
              && one.look().rung() < rung()
              && all.getLast().look().rung() == one.look().rung();
      all.add(same ? new Seen(all.removeLast().look().plus(one.look()), one.end()) : one);
    }
    return new Canary(ladder, direction, slowLine, begun, all, doubt);
  }

  /** The same one step higher; it counts from when the traffic is proved to be split so. */
  public Canary higher(Instant now) {
    var more = new ArrayList<>(begun);
    more.add(now);
    return new Canary(ladder, direction, slowLine, more, seen, Optional.empty());
  }

  /** The same, its rung beginning now. */
  public Canary begins(Instant now) {
    var proved = new ArrayList<>(begun);
    proved.set(rung(), now);
    return new Canary(ladder, direction, slowLine, proved, seen, doubt);
  }

  public Canary doubted(Doubt why) {
    return new Canary(ladder, direction, slowLine, begun, seen, Optional.of(why));
  }
}
