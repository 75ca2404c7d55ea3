package dev.rollbackbot.domain.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of each kind of error from one window to a later one, by signature and at most three
 * of each, the most frequent first.
 *
 * <p>An error is taken to come with a share of the requests, one independently of the other
 * (Poisson). Seen {@code c} times in {@code r} requests, it is expected {@code c / r * q} times in
 * {@code q} others. Where at least {@value #ENOUGH} are expected, none at all would be chance once
 * in twenty (e^-3), so it is called gone, and one that is there without having been there before is
 * called new. Where fewer are expected, nothing is said: too few requests came to say. Where only a
 * part of a window's entries was read, so much less is expected in it.
 *
 * @param gone seen before, and enough requests came afterwards to see it again
 * @param unseen seen before and not after, but it might well have been chance
 * @param still seen before and after
 * @param fresh seen only after, although enough requests came before
 * @param unsure seen only after, but before that it might have been missed by chance
 */
public record ErrorChanges(
    List<String> gone,
    List<String> unseen,
    List<String> still,
    List<String> fresh,
    List<String> unsure) {

  /** So many expected and none seen is no chance any more. */
  static final int ENOUGH = 3;

  private static final int MOST = 3;

  public ErrorChanges {
    gone = List.copyOf(gone);
    unseen = List.copyOf(unseen);
    still = List.copyOf(still);
    fresh = List.copyOf(fresh);
    unsure = List.copyOf(unsure);
  }

  /**
   * What one window holds.
   *
   * @param requests of users, in the whole window
   * @param errors how often each signature was read
   * @param share of the window's error entries that was read, 0 to 1
   */
  public record Window(int requests, Map<String, Integer> errors, double share) {
    public Window {
      errors = Map.copyOf(errors);
      if (requests < 0 || !(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("no fewer than no requests, and a share from 0 to 1");
      }
    }

    /** How often an error of this window is expected among what was read of another. */
    private double expected(String signature, Window elsewhere) {
      if (requests == 0 || share == 0) {
        return 0;
      }
      double rate = errors.getOrDefault(signature, 0) / share / requests;
      return rate * elsewhere.requests * elsewhere.share;
    }

    private List<String> mostFrequentFirst() {
      return errors.entrySet().stream()
          .sorted(
              Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /** Every signature that is told of. */
  public Set<String> names() {
    return Stream.of(gone, unseen, still, fresh, unsure)
        .flatMap(List::stream)
        .collect(Collectors.toSet());
  }

  /** No errors on either side. */
  public static ErrorChanges none() {
    return new ErrorChanges(List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** Compares two windows. */
  public static ErrorChanges between(Window before, Window after) {
    var gone = new ArrayList<String>();
    var unseen = new ArrayList<String>();
    var still = new ArrayList<String>();
    var fresh = new ArrayList<String>();
    var unsure = new ArrayList<String>();
    for (String signature : before.mostFrequentFirst()) {
      if (after.errors().containsKey(signature)) {
        still.add(signature);
      } else {
        (before.expected(signature, after) >= ENOUGH ? gone : unseen).add(signature);
      }
    }
    for (String signature : after.mostFrequentFirst()) {
      if (!before.errors().containsKey(signature)) {
        (after.expected(signature, before) >= ENOUGH ? fresh : unsure).add(signature);
      }
    }
    return new ErrorChanges(most(gone), most(unseen), most(still), most(fresh), most(unsure));
  }

  private static List<String> most(List<String> signatures) {
    return signatures.subList(0, Math.min(MOST, signatures.size()));
  }
}
