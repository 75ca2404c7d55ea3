package dev.rollbackbot.domain.report;

import java.util.List;

/**
 * Errors of a window by signature, without anybody's data.
 *
 * @param complete false when not all entries could be read
 */
public record LogDigest(List<Signature> signatures, boolean complete) {
  public LogDigest {
    signatures = List.copyOf(signatures);
  }

  /**
   * One kind of error.
   *
   * @param name exception type and top frame of our code, such as {@code KeyError app/plans.py:41
   *     read_plan}
   */
  public record Signature(String name, int count) {}
}
