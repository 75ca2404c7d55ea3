package dev.rollbackbot.gcp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The same against the official emulator, so that the stand-in cannot be right alone. */
class PubSubEmulatorTest extends QueueContract {
  private static @Nullable Emulator emulator;

  @TempDir private static Path folder = Path.of("");

  PubSubEmulatorTest() {
    super("-" + UUID.randomUUID());
  }

  @Override
  Endpoints.Sandbox endpoints() {
    if (emulator == null) {
      throw new IllegalStateException("no emulator");
    }
    return Clients.ofPubSub(emulator.endpoint());
  }

  /** Each test is skipped by its name where there is no emulator. */
  @Override
  @BeforeEach
  void makeTheTopology() {
    assumeTrue(
        Emulator.available(),
        "the official Pub/Sub emulator is not installed (gcloud components install"
            + " pubsub-emulator) and PUBSUB_EMULATOR_HOST is not set");
    start();
    super.makeTheTopology();
  }

  private static void start() {
    if (emulator == null) {
      try {
        emulator = Emulator.start(folder);
      } catch (IOException e) {
        throw new IllegalStateException("the emulator does not start", e);
      }
    }
  }

  @AfterAll
  static void stop() {
    if (emulator != null) {
      emulator.close();
      emulator = null;
    }
  }
}
