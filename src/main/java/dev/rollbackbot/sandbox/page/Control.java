package dev.rollbackbot.sandbox.page;

import static java.util.Objects.requireNonNull;

/**
 * One button of the side panel.
 *
 * @param label what it does, in the asked language
 * @param active a switch that is on now, such as an outage
 */
public record Control(String id, String label, boolean active) {
  public Control {
    requireNonNull(id);
    requireNonNull(label);
  }
}
