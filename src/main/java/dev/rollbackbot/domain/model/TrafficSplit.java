package dev.rollbackbot.domain.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The traffic list of a service as it is wanted: entries in order, with the tags of everybody.
 *
 * <p>An entry without a revision means LATEST, which floats to the newest ready revision. The same
 * revision may stand twice, once with a share and once with a tag, and the first entry may be a tag
 * at 0 %. An empty list means LATEST at 100 (Cloud Run Admin API v2, {@code Service.traffic}).
 */
public record TrafficSplit(List<Entry> entries) {

  /** One entry; {@code revision} empty means LATEST. */
  public record Entry(Optional<RevisionName> revision, int percent, Optional<String> tag) {
    static Entry share(RevisionName revision, int percent) {
      return new Entry(Optional.of(revision), percent, Optional.empty());
    }
  }

  public TrafficSplit {
    entries = List.copyOf(entries);
  }

  /** LATEST floats: some share follows the newest ready revision. */
  public boolean floats() {
    return entries.isEmpty()
        || entries.stream().anyMatch(e -> e.revision().isEmpty() && e.percent() > 0);
  }

  /** LATEST has everything. */
  public boolean isLatest100() {
    return entries.isEmpty()
        || entries.stream().filter(e -> e.revision().isEmpty()).mapToInt(Entry::percent).sum()
            == 100;
  }

  /** The split by names, LATEST read as {@code latestReady}. */
  public LiveSplit resolve(Optional<RevisionName> latestReady) {
    var percents = new TreeMap<RevisionName, Integer>();
    if (entries.isEmpty()) {
      latestReady.ifPresent(name -> percents.put(name, 100));
    }
    for (Entry entry : entries) {
      entry
          .revision()
          .or(() -> latestReady)
          .ifPresent(name -> percents.merge(name, entry.percent(), Integer::sum));
    }
    return new LiveSplit(percents);
  }

  /** The revision that carries the tag; LATEST entries give nothing. */
  public Optional<RevisionName> tagged(String tag) {
    return entries.stream()
        .filter(e -> e.tag().filter(tag::equals).isPresent())
        .findFirst()
        .flatMap(Entry::revision);
  }

  /** Whether anything carries the tag. */
  public boolean hasTag(String tag) {
    return entries.stream().anyMatch(e -> e.tag().filter(tag::equals).isPresent());
  }

  /** All tags, in order. */
  public List<String> tags() {
    return entries.stream().flatMap(e -> e.tag().stream()).toList();
  }

  /** Adds our tag on a revision at 0 %; every other entry stays as it was read. */
  public TrafficSplit withTag(String tag, RevisionName revision) {
    var changed = new ArrayList<>(withoutTag(tag).materialised());
    changed.add(new Entry(Optional.of(revision), 0, Optional.of(tag)));
    return new TrafficSplit(changed);
  }

  /** Takes our tag away and nothing else. */
  public TrafficSplit withoutTag(String tag) {
    var changed = new ArrayList<Entry>();
    for (Entry entry : entries) {
      if (entry.tag().filter(tag::equals).isEmpty()) {
        changed.add(entry);
      } else if (entry.percent() > 0) {
        // Somebody gave users to our tagged entry: the share is theirs, only the tag is ours.
        changed.add(new Entry(entry.revision(), entry.percent(), Optional.empty()));
      }
    }
    return new TrafficSplit(changed);
  }

  /** Users to these revisions by name; everybody's tags stay, at 0 %. */
  public TrafficSplit withShares(LiveSplit shares) {
    var changed = new ArrayList<Entry>();
    shares.percents().forEach((name, percent) -> changed.add(Entry.share(name, percent)));
    changed.addAll(tagsAtZero());
    return new TrafficSplit(changed);
  }

  /** Users to whatever is newest; everybody's tags stay, at 0 %. */
  public TrafficSplit withLatest100() {
    var changed = new ArrayList<Entry>();
    changed.add(new Entry(Optional.empty(), 100, Optional.empty()));
    changed.addAll(tagsAtZero());
    return new TrafficSplit(changed);
  }

  private List<Entry> tagsAtZero() {
    return entries.stream()
        .filter(e -> e.tag().isPresent())
        .map(e -> new Entry(e.revision(), 0, e.tag()))
        .toList();
  }

  private List<Entry> materialised() {
    return entries.isEmpty()
        ? List.of(new Entry(Optional.empty(), 100, Optional.empty()))
        : entries;
  }
}
