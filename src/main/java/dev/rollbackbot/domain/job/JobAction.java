package dev.rollbackbot.domain.job;

/** What the buttons of a rollback's card do; the id is the button's name in the chat product. */
public enum JobAction {
  STOP("stop"),
  KEEP("keep"),
  UNDO("undo"),
  NEWEST("newest"),
  /** After a redeploy: make the template what it was before, and let users follow it. */
  RESTORE("restore"),
  /** Take a canary's next step. */
  GO_ON("go-on"),
  /** Keep a canary's share where it is until somebody says otherwise. */
  HOLD_HERE("hold"),
  /** Look at a canary's share for longer, then judge again. */
  WAIT("wait"),
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
