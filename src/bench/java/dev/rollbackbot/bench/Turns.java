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
              boolean canary = method.getName().equals("canary");
              try {
                Object read = method.invoke(logs, args);
                if (canary) {
                  took((ServiceId) args[0]);
                }
                return read;
              } catch (InvocationTargetException e) {
                if (canary && e.getCause() instanceof WorldException) {
                  failed((ServiceId) args[0]);
                }
                throw e.getCause();
              }
            });
  }

  private synchronized void took(ServiceId id) {
    looked.add(id);
    Long since = waiting.get(id);
    if (waiting.size() >= TENTH) {
      contested++;
      long before = waiting.values().stream().filter(w -> since == null || w - since < 0).count();
      inTurn += before * TENTH < waiting.size() ? 1 : 0;
    }
    waiting.remove(id);
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
