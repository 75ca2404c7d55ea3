package dev.rollbackbot;

/**
 * Ends this process when the one that started it has ended.
 *
 * <p>Maven killed without a terminal would leave its child running (exec-maven-plugin 3.6.4).
 */
final class ExitWithParent {
  private static final String ASKED = "rollbackbot.exitWithParent";

  private ExitWithParent() {}

  static void ifAsked() {
    if (Boolean.getBoolean(ASKED)) {
      ProcessHandle.current()
          .parent()
          .ifPresent(
              parent -> {
                var _ = parent.onExit().thenRun(() -> System.exit(0));
              });
    }
  }
}
