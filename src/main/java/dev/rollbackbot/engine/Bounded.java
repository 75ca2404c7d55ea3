package dev.rollbackbot.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Memory that forgets its oldest entry when it is full. */
final class Bounded {
  private static final int MOST_REMEMBERED = 1_000;

  private Bounded() {}

  static <K, V> Map<K, V> map() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST_REMEMBERED;
          }
        });
  }
}
