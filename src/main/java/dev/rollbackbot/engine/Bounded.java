package dev.rollbackbot.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Memory that forgets its oldest entry when it is full. */
final class Bounded {
  /** A thousand jobs with ten things to remember of each: who forgets a card edits it again. */
  private static final int MOST_REMEMBERED = 10_000;

  private Bounded() {}

  /** For small things. */
  static <K, V> Map<K, V> map() {
    return map(MOST_REMEMBERED);
  }

  static <K, V> Map<K, V> map(int most) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        });
  }
}
