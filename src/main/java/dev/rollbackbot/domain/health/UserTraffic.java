package dev.rollbackbot.domain.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what users asked for, once each.
 *
 * <p>Left out are health checks, by their agents: load balancers ({@code GoogleHC}), the platform's
 * probes ({@code kube-probe}), uptime checks ({@code GoogleStackdriverMonitoring-UptimeChecks}) and
 * our own. And retries: the same caller and agent asking for the same within ten seconds of being
 * answered 5xx, on whichever side. Only the first attempt counts, so nobody's impatience makes one
 * failure many.
 */
public final class UserTraffic {
  /** How long after a failure the same request is still the same wish. */
  public static final Duration RETRY = Duration.ofSeconds(10);

  private static final Set<String> HEALTH_CHECKS =
      Set.of("GoogleHC", "kube-probe", "GoogleStackdriverMonitoring-UptimeChecks");

  private final String ownAgent;
  private final Optional<SlowLine> slowLine;

  /**
   * @param ownAgent part of the agent of our own probes
   */
  public UserTraffic(String ownAgent, Optional<SlowLine> slowLine) {
    this.ownAgent = ownAgent;
    this.slowLine = slowLine;
  }

  /**
   * One look.
   *
   * @param requests of both sides in any order; from {@link #RETRY} before {@code from}, so that a
   *     retry across the border is known as one
   * @param from only what came then or later is counted
   */
  public Look look(int rung, Instant from, List<LoggedRequest> requests) {
    List<LoggedRequest> counted = counted(from, requests);
    return new Look(
        rung,
        side(counted, LoggedRequest.Arm.CANDIDATE),
        side(counted, LoggedRequest.Arm.BASELINE));
  }

  /**
   * What users got in a window, whoever answered.
   *
   * @param requests all of the window, and possibly some from before it
   */
  public LiveRate rate(Instant from, Instant to, List<LoggedRequest> requests) {
    return LiveRate.of(from, to, counted(from, requests));
  }

  private List<LoggedRequest> counted(Instant from, List<LoggedRequest> requests) {
    return firstAttempts(requests).stream().filter(r -> !r.at().isBefore(from)).toList();
  }

  private List<LoggedRequest> firstAttempts(List<LoggedRequest> requests) {
    record Wish(String caller, String agent, String what) {}
    var first = new ArrayList<LoggedRequest>();
    Map<Wish, Instant> failed = new HashMap<>();
    requests.stream()
        .filter(request -> !healthCheck(request.agent()))
        .sorted(Comparator.comparing(LoggedRequest::at))
        .forEach(
            request -> {
              var wish = new Wish(request.caller(), request.agent(), request.what());
              Optional<Instant> before = Optional.ofNullable(failed.get(wish));
              if (before.filter(end -> !request.at().isAfter(end.plus(RETRY))).isEmpty()) {
                first.add(request);
              }
              if (request.failed()) {
                failed.put(wish, request.answered());
              } else {
                failed.remove(wish);
              }
            });
    return first;
  }

  private boolean healthCheck(String agent) {
    return agent.contains(ownAgent) || HEALTH_CHECKS.stream().anyMatch(agent::startsWith);
  }

  private Side side(List<LoggedRequest> counted, LoggedRequest.Arm arm) {
    List<LoggedRequest> ofArm = counted.stream().filter(r -> r.arm() == arm).toList();
    int errors = (int) ofArm.stream().filter(LoggedRequest::failed).count();
    int slow = (int) ofArm.stream().filter(r -> !r.failed() && slow(r)).count();
    return new Side(ofArm.size(), errors, slow);
  }

  private boolean slow(LoggedRequest request) {
    return slowLine.filter(line -> request.latency().compareTo(line.over()) > 0).isPresent();
  }
}
