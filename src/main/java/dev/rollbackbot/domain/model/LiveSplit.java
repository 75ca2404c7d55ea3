package dev.rollbackbot.domain.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who serves how many percent, by name: only shares above zero, summed per revision. */
public record LiveSplit(SortedMap<RevisionName, Integer> percents) {
  public LiveSplit {
    var positive = new TreeMap<RevisionName, Integer>();
    percents.forEach(
        (name, percent) -> {
          if (percent > 0) {
            positive.put(name, percent);
          }
        });
    percents = Collections.unmodifiableSortedMap(positive);
  }

  public static LiveSplit of(Map<RevisionName, Integer> percents) {
    return new LiveSplit(new TreeMap<>(percents));
  }

  /** Everything to one revision. */
  public static LiveSplit all(RevisionName revision) {
    return of(Map.of(revision, 100));
  }

  /**
   * This much to one revision, the rest to the others as they share it now; what rounding leaves
   * goes to those who lost most by it.
   *
   * @param percent from 0 to 100; all of it where nobody else serves
   */
  public LiveSplit giving(RevisionName revision, int percent) {
    var others = new TreeMap<>(percents);
    others.remove(revision);
    int sum = others.values().stream().mapToInt(Integer::intValue).sum();
    if (sum == 0) {
      return all(revision);
    }
    int rest = 100 - percent;
    var shares = new TreeMap<RevisionName, Integer>();
    others.forEach((name, share) -> shares.put(name, share * rest / sum));
    int left = rest - shares.values().stream().mapToInt(Integer::intValue).sum();
    others.entrySet().stream()
        .sorted(Comparator.comparingInt(e -> -(e.getValue() * rest % sum)))
        .limit(left)
        .forEach(e -> shares.merge(e.getKey(), 1, Integer::sum));
    shares.put(revision, percent);
    return new LiveSplit(shares);
  }

  /** The one revision that serves everything, if one does. */
  public Optional<RevisionName> sole() {
    return percents.size() == 1 ? Optional.of(percents.firstKey()) : Optional.empty();
  }

  /** The revision with the largest share; empty when nothing serves. */
  public Optional<RevisionName> main() {
    return percents.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** Whether this revision serves all users. */
  public boolean isAll(RevisionName revision) {
    return sole().filter(revision::equals).isPresent();
  }

  /** As gcloud takes it: {@code k-back-00042-abc=90,k-back-00043-def=10}. */
  public String asArgument() {
    return percents.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return asArgument();
  }
}
