package dev.rollbackbot.domain.job;

/** What the buttons of a rollback's card do; the id is the button's name in the chat product. */
public enum JobAction {
  STOP("stop"),
  KEEP("keep"),
  UNDO("undo"),
  NEWEST("newest"),
  /** Give users to the target although its probe failed. */
  SWITCH_ANYWAY("switch_anyway");

  private final String id;

  JobAction(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }
}
