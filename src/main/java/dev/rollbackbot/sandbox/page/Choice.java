package dev.rollbackbot.sandbox.page;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A setting of the side panel: one of several values.
 *
 * @param label what is set, in the asked language
 * @param value the one that holds now; it need not be among the options
 */
public record Choice(String id, String label, List<Option> options, String value) {
  public Choice {
    requireNonNull(id);
    requireNonNull(label);
    options = List.copyOf(options);
    requireNonNull(value);
  }

  /** A value and its words. */
  public record Option(String value, String label) {
    public Option {
      requireNonNull(value);
      requireNonNull(label);
    }
  }
}
