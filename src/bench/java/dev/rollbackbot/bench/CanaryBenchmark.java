package dev.rollbackbot.bench;

import dev.rollbackbot.bench.CanaryWorld.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What waiting canaries cost a worker: 10, 100 and 1,000 of them, held or watched.
 *
 * <p>The stand-ins run here, the worker's driver in a process of its own for each line, with the
 * real clients between them over loopback. Arguments: seconds to warm up, seconds to measure.
 */
public final class CanaryBenchmark {
  private static final List<Integer> SIZES = List.of(10, 100, 1_000);
  private static final Duration SLACK = Duration.ofSeconds(60);
  private static final int STOP_SECONDS = 30;
  private static final double MIB = 1024 * 1024;

  private final StandInTimes standIns = StandInTimes.watch();
  private final String warm;
  private final String measured;

  private CanaryBenchmark(String warm, String measured) {
    this.warm = warm;
    this.measured = measured;
  }

  /** One line of both tables. */
  private record Line(
      int canaries,
      Kind kind,
      Map<String, Double> worker,
      long lists,
      long reads,
      long writes,
      long unjudged) {
    double of(String figure) {
      Double value = worker.get(figure);
      if (value == null) {
        throw new IllegalStateException("the worker did not say " + figure);
      }
      return value;
    }
  }

  public static void main(String[] args) throws IOException {
    var benchmark = new CanaryBenchmark(args[0], args[1]);
    double before = load();
    var lines = new ArrayList<Line>();
    for (Kind kind : Kind.values()) {
      for (int canaries : SIZES) {
        lines.add(benchmark.line(canaries, kind));
      }
    }
    PrintStream out = System.out;
    cost(lines, out);
    share(lines, out);
    out.printf(
        Locale.ROOT,
        "%n%s s to warm up, %s s measured; %d cores, Java %s, load average %.2f before, %.2f after%n",
        args[0],
        args[1],
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        before,
        load());
  }

  private Line line(int canaries, Kind kind) throws IOException {
    Duration runs = Duration.ofSeconds(Long.parseLong(warm) + Long.parseLong(measured));
    try (var world = new CanaryWorld(canaries, kind, runs.plus(SLACK))) {
      Process worker = start(canaries, world);
      try (BufferedReader said = worker.inputReader()) {
        expect(said.readLine(), "begin");
        long from = System.nanoTime();
        Map<String, Double> figures = figures(expect(said.readLine(), "end "));
        long to = System.nanoTime();
        return new Line(
            canaries,
            kind,
            figures,
            standIns.calls("ListServices", from, to),
            standIns.calls("ListLogEntries", from, to),
            standIns.calls("UpdateService", from, to),
            world.unjudged());
      } finally {
        worker.destroy();
        // Before the stand-ins go, or it complains of it.
        var _ = worker.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
        standIns.forgetBefore(System.nanoTime());
      }
    }
  }

  private Process start(int canaries, CanaryWorld world) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // As its launcher starts a worker.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CanaryWorker.class.getName(),
            String.valueOf(canaries),
            warm,
            measured,
            world.runEndpoint(),
            world.loggingEndpoint());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String expect(String line, String word) {
    if (line == null || !line.startsWith(word)) {
      throw new IllegalStateException("the worker said " + line);
    }
    return line.substring(word.length());
  }

  private static Map<String, Double> figures(String said) {
    var figures = new HashMap<String, Double>();
    for (String figure : List.of(said.split(" ", -1))) {
      int sign = figure.indexOf('=');
      figures.put(figure.substring(0, sign), Double.valueOf(figure.substring(sign + 1)));
    }
    return figures;
  }

  private static void cost(List<Line> lines, PrintStream out) {
    out.println(
        "| canaries | | platform threads | virtual threads | heap after GC | for each more |"
            + " CPU a minute | lists a look | pages a list |");
    out.println("|---:|---|---:|---:|---:|---:|---:|---:|---:|");
    for (Line line : lines) {
      Line smallest = lines.stream().filter(l -> l.kind() == line.kind()).findFirst().orElse(line);
      int more = line.canaries() - smallest.canaries();
      double pages = Math.ceil(line.canaries() / 100.0);
      out.printf(
          Locale.ROOT,
          "| %,d | %s | %.0f | %.0f | %.1f MiB | %s | %.2f s | %.2f | %.0f |%n",
          line.canaries(),
          line.kind().word(),
          line.of("threads"),
          line.of("virtual"),
          line.of("heap") / MIB,
          more == 0
              ? ""
              : "%.1f KiB".formatted((line.of("heap") - smallest.of("heap")) / more / 1024),
          line.of("cpu") / 1000,
          line.lists() / pages / line.of("looks"),
          pages);
    }
  }

  private static void share(List<Line> lines, PrintStream out) {
    out.println();
    out.println(
        "| canaries | | log reads | canaries looked at | refused | in turn | people's reads |"
            + " held unjudged | writes | messages |");
    out.println("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (Line line : lines) {
      out.printf(
          Locale.ROOT,
          "| %,d | %s | %d | %.0f | %.0f | %s | %.0f of %.0f | %d | %d | %.0f |%n",
          line.canaries(),
          line.kind().word(),
          line.reads(),
          line.of("looked"),
          line.of("refused"),
          line.of("contested") == 0
              ? ""
              : "%.0f of %.0f".formatted(line.of("inTurn"), line.of("contested")),
          line.of("answered"),
          line.of("asked"),
          line.unjudged(),
          line.writes(),
          line.of("said"));
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
