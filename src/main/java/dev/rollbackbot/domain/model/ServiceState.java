package dev.rollbackbot.domain.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A service as one read showed it: what is wanted, what is observed, and who wrote last.
 *
 * @param uid the platform's id of this very service; a service made anew under its name has another
 * @param etag the fingerprint a write must carry
 * @param wanted the traffic list as intended
 * @param observed the traffic as the platform says it is, with the tags' addresses
 * @param settled whether the platform has caught up with the last write
 * @param failure why the last reconciliation failed, if it did; the observed traffic may then be
 *     the last good one for ever (proto comment on {@code Service.reconciling})
 * @param journal the raw text of our annotation
 * @param client the tool that wrote last, as it calls itself
 * @param template what the next revision is made of
 * @param marks labels and annotations of others, by which tools are recognised
 */
public record ServiceState(
    ServiceId id,
    String uid,
    String etag,
    TrafficSplit wanted,
    List<Served> observed,
    boolean settled,
    Optional<String> failure,
    Optional<RevisionName> latestReady,
    Optional<RevisionName> latestCreated,
    Optional<String> url,
    Optional<String> journal,
    String client,
    String lastModifier,
    Instant updated,
    Map<String, String> marks,
    Template template) {

  /** How the bot calls itself as the client of a write. */
  public static final String OWN_CLIENT = "rollback-bot";

  /** One observed entry; {@code url} is the tag's own address. */
  public record Served(
      RevisionName revision, int percent, Optional<String> tag, Optional<String> url) {}

  public ServiceState {
    observed = List.copyOf(observed);
    marks = Map.copyOf(marks);
  }

  /** What is wanted, by name. */
  public LiveSplit live() {
    return wanted.resolve(latestReady);
  }

  /**
   * Who wrote last, when it was not the bot; a deploy from before its write may still take effect.
   */
  public Optional<String> lastStranger() {
    return client.equals(OWN_CLIENT) ? Optional.empty() : Optional.of(lastModifier);
  }

  /** A revision that was made and is neither ready nor known to have failed. */
  public Optional<RevisionName> starting() {
    return failure.isPresent() || latestCreated.equals(latestReady)
        ? Optional.empty()
        : latestCreated;
  }

  /** What is observed, by name. */
  public LiveSplit observedLive() {
    var percents = new TreeMap<RevisionName, Integer>();
    observed.forEach(s -> percents.merge(s.revision(), s.percent(), Integer::sum));
    return new LiveSplit(percents);
  }

  /** The address of a tag, once the platform shows it on this revision. */
  public Optional<String> tagUrl(String tag, RevisionName revision) {
    return observed.stream()
        .filter(s -> s.tag().filter(tag::equals).isPresent() && s.revision().equals(revision))
        .findFirst()
        .flatMap(Served::url);
  }

  /** No share follows the newest revision: the next deploy will get no users. */
  public boolean pinned() {
    return !wanted.floats();
  }
}
