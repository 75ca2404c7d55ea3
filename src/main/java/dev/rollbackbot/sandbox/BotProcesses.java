package dev.rollbackbot.sandbox;

import java.io.PrintStream;
import java.util.List;

/** The bot's processes, as somebody with a shell beside it sees them. */
public interface BotProcesses {

  /** SIGKILL, no farewell. */
  void killWorker();

  /** Starts a worker where none runs. */
  void startWorker();

  /** Whether a worker runs. */
  boolean workerRuns();

  /**
   * Puts the demo service under another policy, {@code confirm} or {@code four_eyes}, and starts
   * the worker anew with it.
   */
  void policy(String name);

  /**
   * Runs the program at a prompt, without chat, queue or worker.
   *
   * @return its exit code
   */
  int terminal(List<String> arguments, PrintStream out);
}
