package dev.rollbackbot.desk;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sees to it that this process answers each request once, however often the queue delivers it: a
 * command posts one card, a click gets one answer.
 *
 * <p>What is in hand just now comes again later, for only one of the two can know how it ends; what
 * could not be answered yet may be tried again; what was answered is done. The newest {@value
 * #MOST} requests are remembered.
 *
 * <p>Two workers know nothing of each other, and a new one nothing of the one that died after
 * posting and before acknowledging: then a channel may see two cards with the same offer. The offer
 * itself is used once, because the journal remembers its id. A post whose answer was lost may stand
 * there twice as well.
 */
final class Handled {
  private static final int MOST = 2_000;

  private final Map<String, Turn> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Turn> eldest) {
          return size() > MOST;
        }
      };

  /** What a delivery finds. */
  enum Turn {
    /** Nobody has seen the request. */
    FIRST,
    /** It was seen and waits for better times. */
    AGAIN,
    /** Another delivery of it is being answered. */
    IN_HAND,
    /** It was answered. */
    ANSWERED
  }

  /** Takes a request in hand, where the answer is {@code FIRST} or {@code AGAIN}. */
  synchronized Turn take(String id) {
    Turn turn = known.getOrDefault(id, Turn.FIRST);
    if (turn == Turn.FIRST || turn == Turn.AGAIN) {
      known.put(id, Turn.IN_HAND);
    }
    return turn;
  }

  /** Says how it ended. */
  synchronized void leave(String id, boolean answered) {
    known.put(id, answered ? Turn.ANSWERED : Turn.AGAIN);
  }
}
