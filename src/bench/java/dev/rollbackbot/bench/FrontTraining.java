package dev.rollbackbot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the AOT cache of an image's tree: runs its front, which takes a signed command and
 * publishes it to a stand-in, and proves that the next start uses what came of it.
 *
 * <p>The only argument is the folder with launcher, jar and {@code lib}. It runs on the JVM that
 * will run the front: a cache fits no other.
 */
final class FrontTraining {
  /** Below this the cache is not worth its 50 MB, or is not used at all. */
  private static final double LEAST_SHARE = 0.9;

  private static final String LOADED = " source: ";
  private static final String FROM_CACHE = " source: shared objects file";

  private final Path tree;
  private final Path work;
  private final FrontNeighbours neighbours;

  private FrontTraining(Path tree, Path work, FrontNeighbours neighbours) {
    this.tree = tree;
    this.work = work;
    this.neighbours = neighbours;
  }

  public static void main(String[] args) throws IOException {
    Path work = Files.createTempDirectory("front-training");
    try (FrontNeighbours neighbours = FrontNeighbours.start()) {
      new FrontTraining(Path.of(args[0]).toAbsolutePath(), work, neighbours).run();
    } finally {
      Folders.delete(work);
    }
  }

  private void run() throws IOException {
    for (Path old : caches()) {
      Files.delete(old);
    }
    serveOne(Map.of("ROLLBACK_BOT_TRAIN", "1"));
    List<Path> made = caches();
    if (made.size() != 1) {
      throw new IOException("the training left no cache; the front said:\n" + said());
    }
    Path classes = work.resolve("classes.log");
    serveOne(Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes));
    double share = shareFromCache(classes);
    if (share < LEAST_SHARE) {
      Files.delete(made.getFirst());
      throw new IOException(
          "only %.1f %% of the classes came from the cache; the front said:%n%s"
              .formatted(100 * share, said()));
    }
    System.out.printf(
        "%s: %d MB, %.1f %% of the front's classes come from it%n",
        made.getFirst().getFileName(), Files.size(made.getFirst()) >> 20, 100 * share);
  }

  /** From start to end, with one command between, which must reach Pub/Sub. */
  private void serveOne(Map<String, String> more) throws IOException {
    int port = FrontNeighbours.freePort();
    var environment = new HashMap<>(neighbours.environment(port));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putAll(more);
    List<String> command =
        List.of(
            tree.resolve("rollback-bot").toString(),
            "serve",
            "--config",
            neighbours.configuration(work, port).toString());
    long before = neighbours.published();
    try (var front = FrontProcess.start(command, work, environment, log())) {
      new SlackCaller(port).firstCommand(front::runs);
    } catch (IOException e) {
      throw new IOException("the front said:\n" + said(), e);
    }
    if (neighbours.published() == before) {
      throw new IOException("no command was published");
    }
  }

  private static double shareFromCache(Path classes) throws IOException {
    List<String> loaded =
        Files.readAllLines(classes).stream().filter(line -> line.contains(LOADED)).toList();
    return (double) loaded.stream().filter(line -> line.contains(FROM_CACHE)).count()
        / Math.max(1, loaded.size());
  }

  private List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(tree)) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  private Path log() {
    return work.resolve("front.log");
  }

  private String said() throws IOException {
    return Files.readString(log());
  }
}
