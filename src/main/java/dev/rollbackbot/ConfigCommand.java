package dev.rollbackbot;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at the configuration without starting anything. */
@Command(
    name = "config",
    description = "config check: every setting, and every mistake",
    subcommands = ConfigCommand.Check.class)
final class ConfigCommand implements Callable<Integer> {
  private static final int CANNOT_BE_USED = 2;

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getErr());
    }
    return CANNOT_BE_USED;
  }

  @Command(
      name = "check",
      description = "print every setting as it would be used, and every mistake at once")
  static final class Check extends Main.Configured implements Callable<Integer> {
    @Option(
        names = "--for",
        description = "serve, worker or all: whose secrets must be there",
        defaultValue = "all")
    private ConfigCheck.Role role = ConfigCheck.Role.ALL;

    @Spec private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
      ConfigCheck check = ConfigCheck.of(file(), role, System.getenv());
      if (spec != null) {
        spec.commandLine().getOut().println(check.resolved());
        check.mistakes().forEach(spec.commandLine().getErr()::println);
      }
      return check.mistakes().isEmpty() ? 0 : CANNOT_BE_USED;
    }
  }
}
