package dev.rollbackbot.bench;

import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.WorldException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Whose canary was looked at and whose was refused, seen from before the log reader.
 *
 * <p>It knows nothing of how reads are shared out: a canary waits from its first refusal until it
 * is looked at.
 */
final class Turns {
  private static final int TENTH = 10;

  private final Map<ServiceId, Long> waiting = new HashMap<>();
  private final Set<ServiceId> looked = new HashSet<>();
  private final Set<ServiceId> refused = new HashSet<>();
  private int contested;
  private int inTurn;

  /** The same reader, its looks at canaries counted. */
  LogReader counting(LogReader logs) {
    return (LogReader)
        Proxy.newProxyInstance(
            LogReader.class.getClassLoader(),
            new Class<?>[] {LogReader.class},
            (_, method, args) -> {
              try {
                return method.getName().equals("canary")
                    ? turn((ServiceId) args[0], () -> method.invoke(logs, args))
                    : method.invoke(logs, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Object turn(ServiceId id, Callable<Object> read) throws Exception {
    Place place = place(id);
    try {
      Object requests = read.call();
      took(id, place);
      return requests;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof WorldException) {
        failed(id);
      }
      throw e;
    }
  }

  /** How many waited when one asked, and how many of them for longer. */
  private record Place(long before, int all) {}

  private synchronized Place place(ServiceId id) {
    Long since = waiting.get(id);
    long before = waiting.values().stream().filter(w -> since == null || w - since < 0).count();
    return new Place(before, waiting.size());
  }

  private synchronized void took(ServiceId id, Place place) {
    looked.add(id);
    waiting.remove(id);
    if (place.all() >= TENTH) {
      contested++;
      inTurn += place.before() * TENTH < place.all() ? 1 : 0;
    }
  }

  private synchronized void failed(ServiceId id) {
    refused.add(id);
    waiting.putIfAbsent(id, System.nanoTime());
  }

  /** Forgets what was counted, but not who waits. */
  synchronized void restart() {
    looked.clear();
    refused.clear();
    contested = 0;
    inTurn = 0;
  }

  synchronized int looked() {
    return looked.size();
  }

  synchronized int refused() {
    return refused.size();
  }

  /** Looks while ten or more waited. */
  synchronized int contested() {
    return contested;
  }

  /** Those of them that went to one of the tenth that had waited longest. */
  synchronized int inTurn() {
    return inTurn;
  }
}
