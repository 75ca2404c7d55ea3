package dev.rollbackbot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A front in a process of its own, and what Linux counts of it. */
final class FrontProcess implements AutoCloseable {
  /** USER_HZ, which is 100 on every Linux that a JDK runs on. */
  private static final int TICKS_PER_SECOND = 100;

  private static final int STOP_SECONDS = 120;

  private final Process process;
  private final long started;

  private FrontProcess(Process process, long started) {
    this.process = process;
    this.started = started;
  }

  /** Starts it with nothing of this process's environment but the path. */
  static FrontProcess start(
      List<String> command, Path folder, Map<String, String> environment, Path log)
      throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().putAll(environment);
    long started = System.nanoTime();
    return new FrontProcess(builder.start(), started);
  }

  boolean runs() {
    return process.isAlive();
  }

  /** Since it was asked for. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** CPU time of all its threads and of children that have ended, in steps of 10 ms. */
  Duration cpu() throws IOException {
    String stat = Files.readString(proc("stat"));
    // After the name in parentheses, which may hold blanks, come state and eleven more fields.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  /** Resident memory in bytes, shared pages of files included. */
  long resident() throws IOException {
    return Files.readAllLines(proc("status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseThrow(() -> new IOException("the front has ended"));
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the front did not stop within " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
