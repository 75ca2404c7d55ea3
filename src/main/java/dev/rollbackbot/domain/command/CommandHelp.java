package dev.rollbackbot.domain.command;

import java.util.List;

/** The words of the grammar as data: the help card and the README's table are made from it. */
public final class CommandHelp {
  private CommandHelp() {}

  /**
   * One row of help.
   *
   * @param usage what one types after {@code /rollback}
   * @param key names the explanation in the text files ({@code help.<key>})
   * @param example a complete example
   */
  public record Row(String usage, String key, String example) {}

  /** All rows, in the order of need at night. */
  public static List<Row> rows() {
    return List.of(
        new Row("<commit> [service]", "commit", "/rollback 6831359"),
        new Row("previous [service]", "previous", "/rollback previous"),
        new Row("<revision>", "revision", "/rollback k-back-00042-abc"),
        new Row("tag:<tag> | branch:<branch>", "ref", "/rollback tag:v1.4.0"),
        new Row("canary <commit> [service]", "canary", "/rollback canary 6831359"),
        new Row(
            "canary <commit> --steps 5,25,100 --hold 5m --auto|--ask",
            "steps",
            "/rollback canary 6831359 --steps 5,25,100 --hold 5m"),
        new Row("--reason \"…\"", "reason", "/rollback 6831359 --reason \"KeyError in /plans\""),
        new Row("--alone \"…\"", "alone", "/rollback undo --alone \"nobody else is awake\""),
        new Row("--route shift|redeploy", "route", "/rollback 6831359 --route redeploy"),
        new Row("list [service]", "list", "/rollback"),
        new Row("status [service]", "status", "/rollback status"),
        new Row("history [service]", "history", "/rollback history"),
        new Row("stop [service]", "stop", "/rollback stop"),
        new Row("undo [service]", "undo", "/rollback undo"),
        new Row("keep [service]", "keep", "/rollback keep"),
        new Row("newest [service]", "newest", "/rollback newest"),
        new Row("go-on [service]", "go-on", "/rollback go-on"),
        new Row("hold [service]", "hold", "/rollback hold"),
        new Row("wait [service]", "wait", "/rollback wait"),
        new Row("help", "help", "/rollback help"));
  }
}
