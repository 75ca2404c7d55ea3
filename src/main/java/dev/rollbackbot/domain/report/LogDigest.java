package dev.rollbackbot.domain.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Errors of a window by signature, without anybody's data unless the service opted in.
 *
 * @param share of the window that was read, 0 to 1; less than 1 where there were too many entries
 */
public record LogDigest(List<Signature> signatures, double share) {
  public LogDigest {
    signatures = List.copyOf(signatures);
  }

  /** Whether all entries were read. */
  public boolean complete() {
    return share >= 1;
  }

  /** How often each signature was read. */
  public Map<String, Integer> counts() {
    return signatures.stream().collect(Collectors.toMap(Signature::name, Signature::count));
  }

  /**
   * One kind of error.
   *
   * @param name exception type and top frame of our code, such as {@code KeyError app/plans.py
   *     read_plan}
   * @param message what the latest one said, redacted; only where the service opted in
   */
  public record Signature(String name, int count, Optional<String> message) {

    /** Of a service that keeps its messages to itself. */
    public Signature(String name, int count) {
      this(name, count, Optional.empty());
    }
  }
}
