package dev.rollbackbot.sandbox.cloudrun;

import io.grpc.Status;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What goes wrong on purpose. Safe to switch from any thread; all off at first. */
public final class FaultSwitches {

  private record Failing(Status status, int left) {}

  private final Map<Call, Failing> failing = new EnumMap<>(Call.class);
  private final Map<Call, Integer> lostAnswers = new EnumMap<>(Call.class);
  private final Set<String> denied = new HashSet<>();
  private boolean outage;
  private boolean endlessOperations;
  private Duration latency = Duration.ZERO;

  /** The next calls of this kind are answered with the status and have no effect. */
  public synchronized void failNext(Call call, Status status, int times) {
    failing.put(call, new Failing(status, times));
  }

  /** The next calls of this kind have their effect, but the answer is UNAVAILABLE. */
  public synchronized void loseNextAnswers(Call call, int times) {
    lostAnswers.put(call, times);
  }

  /** Every call is answered UNAVAILABLE, without effect, while this is on. */
  public synchronized void outage(boolean on) {
    outage = on;
  }

  /** Operations started while this is on are never done; their effect comes all the same. */
  public synchronized void endlessOperations(boolean on) {
    endlessOperations = on;
  }

  /** Takes a permission away: writes are refused and TestIamPermissions says so. */
  public synchronized void deny(String permission) {
    denied.add(permission);
  }

  /** Gives a permission back. */
  public synchronized void allow(String permission) {
    denied.remove(permission);
  }

  /** Added by the server before each call; the model itself never waits. */
  public synchronized void latency(Duration extra) {
    latency = extra;
  }

  synchronized Duration latency() {
    return latency;
  }

  synchronized boolean endlessOperations() {
    return endlessOperations;
  }

  synchronized boolean isDenied(String permission) {
    return denied.contains(permission);
  }

  synchronized void before(Call call) {
    if (outage) {
      throw Status.UNAVAILABLE
          .withDescription("The service is currently unavailable.")
          .asRuntimeException();
    }
    Failing next = failing.get(call);
    if (next != null && next.left() > 0) {
      failing.put(call, new Failing(next.status(), next.left() - 1));
      throw next.status().asRuntimeException();
    }
  }

  synchronized void after(Call call) {
    int left = lostAnswers.getOrDefault(call, 0);
    if (left > 0) {
      lostAnswers.put(call, left - 1);
      throw Status.UNAVAILABLE.withDescription("Connection closed").asRuntimeException();
    }
  }
}
