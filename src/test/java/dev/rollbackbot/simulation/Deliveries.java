package dev.rollbackbot.simulation;

import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.port.Incoming;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.port.SlackRequests;
import dev.rollbackbot.simulation.Weather.Neighbour;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The queue of one run: late, twice, out of order, and again after a crash or a lost ack. */
final class Deliveries implements SlackRequests {
  static final String TEAM = "T1";
  private static final int MOST_ATTEMPTS = 20;

  private final Scheduler scheduler;
  private final Fate fate;
  private final Supplier<List<Worker>> alive;
  private final Weather weather;
  private final Night night;
  private final double late;
  private final Map<String, Incoming> sent = new HashMap<>();
  private final Set<String> answered = new HashSet<>();

  Deliveries(
      Scheduler scheduler, Fate fate, Supplier<List<Worker>> alive, Weather weather, Night night) {
    this.scheduler = scheduler;
    this.fate = fate;
    this.alive = alive;
    this.weather = weather;
    this.night = night;
    this.late = !night.wild() ? 0 : fate.chance(0.2) ? 0.5 : 0.03;
  }

  /** Publishes what a person did; false where the front must say that it was not taken. */
  boolean publish(Incoming incoming, String what) {
    if (weather.out(Neighbour.QUEUE)) {
      scheduler.note("  ! not taken: " + what);
      return false;
    }
    String signature = "v0=" + sent.size();
    sent.put(signature, incoming);
    var request = new SignedRequest(new byte[0], "0", signature, "form");
    scheduler.note("  published " + signature + ": " + what);
    Instant published = scheduler.instant();
    int copies = night.wild() && fate.chance(0.15) ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      deliver(request, published, 1, delay());
    }
    return true;
  }

  private Duration delay() {
    if (fate.chance(late)) {
      return fate.seconds(30, 1_000);
    }
    return fate.chance(0.9) ? fate.seconds(0.05, 1) : fate.seconds(1, 30);
  }

  private void deliver(SignedRequest request, Instant published, int attempt, Duration delay) {
    scheduler.in(
        delay,
        "delivery of " + request.signature() + ", attempt " + attempt,
        () -> hand(request, published, attempt));
  }

  private void hand(SignedRequest request, Instant published, int attempt) {
    List<Worker> workers = alive.get();
    if (workers.isEmpty() || weather.out(Neighbour.QUEUE)) {
      deliver(request, published, attempt, fate.seconds(5, 10));
      return;
    }
    Optional<Verdict> verdict = fate.oneOf(workers).handle(request, published, attempt);
    scheduler.note(
        "  %s is %s"
            .formatted(request.signature(), verdict.map(Verdict::name).orElse("not answered")));
    if (attempt < MOST_ATTEMPTS) {
      if (verdict.isEmpty()) {
        deliver(request, published, attempt + 1, fate.seconds(15, 20));
      } else if (verdict.get() == Verdict.AGAIN) {
        deliver(request, published, attempt + 1, fate.seconds(5, 20));
      } else if (night.wild() && fate.chance(0.06)) {
        deliver(request, published, attempt + 1, fate.seconds(10, 30));
      } else if (first(request)) {
        night.again().ifPresent(later -> deliver(request, published, attempt + 1, later));
      }
    }
  }

  private boolean first(SignedRequest request) {
    return answered.add(request.signature());
  }

  @Override
  public boolean signedBySlack(SignedRequest request, Instant at) {
    return sent.containsKey(request.signature());
  }

  @Override
  public Incoming read(SignedRequest request) {
    return Optional.ofNullable(sent.get(request.signature())).orElseThrow();
  }
}
