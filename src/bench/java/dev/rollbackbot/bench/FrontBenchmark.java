package dev.rollbackbot.bench;

import dev.rollbackbot.bench.FrontTables.Series;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Our front against the same one in Node.js: start until the first signed command is answered, CPU
 * and memory.
 *
 * <p>Every round starts each variant once, in turn forwards and backwards. Pub/Sub is the stand-in
 * in this process, for all of them. The arguments are the number of measured rounds, the image's
 * tree with its AOT cache, and the folder of the Node variants, bundled.
 */
final class FrontBenchmark {
  private static final int WARM_UP = 2;
  private static final int THOUSAND = 1000;
  private static final int LATER_THOUSANDS = 2;
  private static final String CODE_CACHE = "bundle.cache";

  private enum Variant {
    AOT("Java, AOT cache"),
    PLAIN("Java, no cache"),
    OBVIOUS("Node, obvious"),
    BUNDLED("Node, bundled"),
    CACHED("Node, code cache");

    private final String title;

    Variant(String title) {
      this.title = title;
    }
  }

  private final FrontNeighbours neighbours;
  private final Path tree;
  private final Path node;
  private final Path work;
  private final Path withoutCache;

  private FrontBenchmark(FrontNeighbours neighbours, Path tree, Path node, Path work)
      throws IOException {
    this.neighbours = neighbours;
    this.tree = tree;
    this.node = node;
    this.work = work;
    this.withoutCache = Files.createDirectory(work.resolve("without-cache"));
    for (String file : List.of("rollback-bot", "rollback-bot.jar", "lib")) {
      Files.createSymbolicLink(withoutCache.resolve(file), tree.resolve(file));
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = Integer.parseInt(args[0]);
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be positive, not " + rounds);
    }
    Path work = Files.createTempDirectory("front-bench");
    try (FrontNeighbours neighbours = FrontNeighbours.start()) {
      new FrontBenchmark(
              neighbours,
              Path.of(args[1]).toAbsolutePath(),
              Path.of(args[2]).toAbsolutePath(),
              work)
          .run(rounds, System.out);
    } finally {
      Folders.delete(work);
    }
  }

  private void run(int rounds, PrintStream out) throws IOException, InterruptedException {
    trainNode();
    Map<Variant, List<FrontRun>> runs = new EnumMap<>(Variant.class);
    double load = load();
    for (int round = -WARM_UP; round < rounds; round++) {
      var order = List.of(Variant.values());
      for (Variant variant : round % 2 == 0 ? order : order.reversed()) {
        FrontRun run = measure(variant);
        if (round >= 0) {
          runs.computeIfAbsent(variant, _ -> new ArrayList<>()).add(run);
        }
      }
    }
    List<Series> all =
        runs.entrySet().stream().map(e -> new Series(e.getKey().title, e.getValue())).toList();
    out.println(FrontTables.medians(all));
    out.println();
    out.println(FrontTables.ratios(all.getFirst(), all.subList(1, all.size())));
    out.printf(
        Locale.ROOT,
        "%n%d rounds after %d unmeasured ones; %d cores, Java %s, Node %s, load average %.2f before"
            + " and %.2f after%n",
        rounds,
        WARM_UP,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        nodeVersion(),
        load,
        load());
  }

  private FrontRun measure(Variant variant) throws IOException, InterruptedException {
    int port = FrontNeighbours.freePort();
    long published = neighbours.published();
    var slack = new SlackCaller(port);
    FrontRun run;
    try (FrontProcess front = start(variant, port, Map.of())) {
      slack.firstCommand(front::runs);
      Duration start = front.age();
      Duration startCpu = front.cpu();
      long startResident = front.resident();
      slack.commands(THOUSAND);
      Duration afterFirst = front.cpu();
      slack.commands(LATER_THOUSANDS * THOUSAND);
      Duration end = front.cpu();
      run =
          new FrontRun(
              start,
              startCpu,
              startResident,
              afterFirst.minus(startCpu),
              end.minus(afterFirst).dividedBy(LATER_THOUSANDS),
              front.resident());
    } catch (IOException e) {
      throw new IOException(variant.title + " said:\n" + Files.readString(log()), e);
    }
    long commands = 1 + (1L + LATER_THOUSANDS) * THOUSAND;
    if (neighbours.published() - published < commands) {
      throw new IOException(variant.title + " did not publish every command");
    }
    return run;
  }

  /** Writes V8's code cache after a command, as the AOT cache is written after one. */
  private void trainNode() throws IOException {
    Files.deleteIfExists(node.resolve(CODE_CACHE));
    int port = FrontNeighbours.freePort();
    try (FrontProcess front = start(Variant.CACHED, port, Map.of("TRAIN", "1"))) {
      new SlackCaller(port).firstCommand(front::runs);
    }
    if (!Files.exists(node.resolve(CODE_CACHE))) {
      throw new IOException("Node left no code cache:\n" + Files.readString(log()));
    }
  }

  private FrontProcess start(Variant variant, int port, Map<String, String> more)
      throws IOException {
    String configuration = neighbours.configuration(work, port).toString();
    List<String> command =
        switch (variant) {
          case AOT ->
              List.of(tree.resolve("rollback-bot").toString(), "serve", "--config", configuration);
          case PLAIN ->
              List.of(
                  withoutCache.resolve("rollback-bot").toString(),
                  "serve",
                  "--config",
                  configuration);
          case OBVIOUS -> List.of("node", node.resolve("app.js").toString());
          case BUNDLED -> List.of("node", node.resolve("bundle.js").toString());
          case CACHED -> List.of("node", node.resolve("start.js").toString());
        };
    var environment = new HashMap<>(neighbours.environment(port));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putAll(more);
    return FrontProcess.start(command, work, environment, log());
  }

  private static String nodeVersion() throws IOException {
    Process process = new ProcessBuilder("node", "--version").start();
    try (var reader = process.inputReader()) {
      return reader.readLine();
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private Path log() {
    return work.resolve("front.log");
  }
}
