package dev.rollbackbot.simulation;

import dev.rollbackbot.simulation.Weather.Neighbour;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * All that one life of a worker asks of the world goes through here: others come in between, calls
 * fail, and at one of them the worker dies, before or after the effect.
 */
final class Gate {
  /** What only reads what it is given. */
  private static final Set<String> PURE = Set.of("present", "journal");

  private final Scheduler scheduler;
  private final Fate fate;
  private final Weather weather;
  private final String worker;
  private final Death death;
  private int calls;
  private int writes;
  private boolean dead;

  /**
   * When a life ends.
   *
   * @param atCall at this call of any port; 0 for never
   * @param atWrite at this write of a service; 0 for never
   * @param afterEffect whether the call has its effect first
   */
  record Death(int atCall, int atWrite, boolean afterEffect) {
    static Death never() {
      return new Death(0, 0, false);
    }

    static Death of(Fate fate) {
      return fate.chance(0.5)
          ? new Death(fate.number(1, 120), 0, fate.chance(0.5))
          : new Death(0, fate.number(1, 5), fate.chance(0.5));
    }
  }

  Gate(Scheduler scheduler, Fate fate, Weather weather, String worker, Death death) {
    this.scheduler = scheduler;
    this.fate = fate;
    this.weather = weather;
    this.worker = worker;
    this.death = death;
  }

  boolean dead() {
    return dead;
  }

  void kill(String where) {
    dead = true;
    scheduler.note("  X " + worker + " dies " + where);
  }

  /** The port as this worker has it. */
  <P> P guarded(Class<P> port, Neighbour neighbour, P real) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          boolean pure = PURE.contains(method.getName());
          boolean write = method.getName().startsWith("write");
          boolean last = !pure && before(method.getName(), neighbour, write);
          try {
            Object answer = method.invoke(real, arguments);
            if (last) {
              throw die("after " + method.getName());
            }
            if (write) {
              weather.afterWrite();
            }
            return answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return port.cast(
        Proxy.newProxyInstance(Gate.class.getClassLoader(), new Class<?>[] {port}, handler));
  }

  /** Says whether the worker dies after this call. */
  private boolean before(String call, Neighbour neighbour, boolean write) {
    if (dead) {
      throw new Crash(worker + " is dead");
    }
    if (fate.chance(0.15)) {
      scheduler.meanwhile(fate.chance(0.8) ? fate.seconds(0, 0.5) : fate.seconds(0.5, 6));
      if (dead) {
        throw new Crash(worker + " died meanwhile");
      }
    }
    calls++;
    writes += write ? 1 : 0;
    boolean last = calls == death.atCall() || (write && writes == death.atWrite());
    if (last && !death.afterEffect()) {
      throw die("before " + call);
    }
    weather.before(neighbour, call, write);
    return last;
  }

  private Crash die(String where) {
    kill(where);
    return new Crash(where);
  }
}
