package dev.rollbackbot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start that cannot be says, and with which exit code. */
class MainTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(before);
  }

  @Test
  void theFrontNamesAMissingConfigurationWhicheverWayItIsCalled() {
    String file = folder.resolve("missing.yaml").toString();

    assertThat(Main.run("serve", "--config", file)).isEqualTo(2);
    String plain = said.toString(StandardCharsets.UTF_8);
    said.reset();
    assertThat(Main.run("serve", "--config=" + file)).isEqualTo(2);

    assertThat(plain).contains(file, "does not exist").isEqualTo(text());
  }

  @Test
  void aWordThatIsNoCommandIsAnUsageError() {
    assertThat(Main.run("serv", "--config", "x.yaml")).isEqualTo(2);

    assertThat(text()).contains("serv");
  }

  private String text() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
