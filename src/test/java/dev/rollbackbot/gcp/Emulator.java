package dev.rollbackbot.gcp;

import static dev.rollbackbot.gcp.Eventually.within;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The official Pub/Sub emulator: the one that {@code PUBSUB_EMULATOR_HOST} names, or one of our own
 * where {@code gcloud components install pubsub-emulator}, or its package, has put it.
 */
final class Emulator implements AutoCloseable {
  /** It needs one to three seconds of a machine that is at rest. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final String HOST = "127.0.0.1";
  private static final String MAIN = "com.google.cloud.pubsub.testing.v1.Main";

  /**
   * Version 0.8.20 lacks this method in its own mix of gRPC versions: without it a subscriber that
   * leaves is never noticed, and goes on getting the messages of the next one.
   */
  private static final String MISSING =
      """
      package io.grpc;

      public final class InternalStatus {
        public static final Metadata.Key<String> MESSAGE_KEY = Status.MESSAGE_KEY;
        public static final Metadata.Key<Status> CODE_KEY = Status.CODE_KEY;

        private InternalStatus() {}

        public static StatusRuntimeException asRuntimeExceptionWithoutStacktrace(
            Status status, Metadata trailers) {
          return new StatusRuntimeException(status, trailers);
        }

        public static StatusRuntimeException asRuntimeException(
            Status status, Metadata trailers, boolean fillInStackTrace) {
          return new StatusRuntimeException(status, trailers);
        }
      }
      """;

  private final String endpoint;
  private final Optional<Process> process;

  private Emulator(String endpoint, Optional<Process> process) {
    this.endpoint = endpoint;
    this.process = process;
  }

  /** Whether there is one to test with. */
  static boolean available() {
    return named().isPresent() || jar().isPresent();
  }

  /** The one that is named, else a new one with its files in this folder. */
  static Emulator start(Path folder) throws IOException {
    Optional<String> named = named();
    return named.isPresent()
        ? new Emulator(named.get(), Optional.empty())
        : start(folder, jar().orElseThrow());
  }

  private static Emulator start(Path folder, Path jar) throws IOException {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                mended(folder, jar) + File.pathSeparator + jar,
                MAIN,
                "--host=" + HOST,
                "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var emulator = new Emulator(HOST + ":" + port, Optional.of(process));
    try {
      within(START, "the emulator listens", () -> listens(port));
    } catch (AssertionError e) {
      emulator.close();
      throw e;
    }
    return emulator;
  }

  String endpoint() {
    return endpoint;
  }

  private static Optional<String> named() {
    return Optional.ofNullable(System.getenv("PUBSUB_EMULATOR_HOST")).filter(h -> !h.isBlank());
  }

  /** Beside the {@code gcloud} that the shell finds. */
  private static Optional<Path> jar() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "gcloud"))
        .filter(Files::isExecutable)
        .flatMap(Emulator::jarBeside)
        .findFirst();
  }

  private static Stream<Path> jarBeside(Path gcloud) {
    try {
      Path lib = gcloud.toRealPath().resolve("../../platform/pubsub-emulator/lib").normalize();
      if (!Files.isDirectory(lib)) {
        return Stream.empty();
      }
      try (Stream<Path> files = Files.list(lib)) {
        return files.filter(f -> f.getFileName().toString().endsWith("-all.jar")).toList().stream();
      }
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** A folder of classes that stand before the emulator's own. */
  private static Path mended(Path folder, Path jar) throws IOException {
    Path source = folder.resolve("InternalStatus.java");
    Path classes = Files.createDirectories(folder.resolve("mended"));
    Files.writeString(source, MISSING);
    List<String> arguments =
        List.of("-proc:none", "-cp", jar.toString(), "-d", classes.toString(), source.toString());
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (failed != 0) {
      throw new IllegalStateException("the emulator's missing class cannot be compiled");
    }
    return classes;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.ifPresent(
        running -> {
          running.destroy();
          try {
            if (!running.waitFor(5, TimeUnit.SECONDS)) {
              running.destroyForcibly();
            }
          } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
          }
        });
  }
}
