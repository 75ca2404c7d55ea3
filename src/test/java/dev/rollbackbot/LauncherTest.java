package dev.rollbackbot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in the image gives the front the AOT cache of exactly its jars, or none: a JVM would
 * run the old classes of any other. The JVM here is a script that prints what it is given.
 */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  private static final Path LAUNCHER = Path.of("src/main/image/rollback-bot");
  private static final String SLOW = "no AOT cache for these jars";

  @TempDir private Path tree;

  @BeforeEach
  void aTree() throws IOException {
    executable(
        Files.copy(LAUNCHER, tree.resolve("rollback-bot"), StandardCopyOption.COPY_ATTRIBUTES));
    Files.createDirectories(tree.resolve("lib"));
    Files.writeString(tree.resolve("rollback-bot.jar"), "the bot");
    Files.writeString(tree.resolve("lib/library-1.0.jar"), "a library");
    Files.createDirectories(tree.resolve("jvm/bin"));
    executable(Files.writeString(tree.resolve("jvm/bin/java"), "#!/bin/sh\necho \"$@\"\n"));
  }

  @Test
  void theFrontStartsWithoutACacheAndSaysSo() throws Exception {
    assertThat(serve()).contains(SLOW).doesNotContain("-XX:AOTCache").contains("serve --config c");
  }

  @Test
  void theFrontTakesTheCacheThatItsJarsTrained() throws Exception {
    train();

    assertThat(serve()).contains("-XX:AOTCache=" + tree + "/front-").doesNotContain(SLOW);
  }

  @Test
  void aCacheOfAnotherBuildIsIgnoredThoughTheJarIsAsLarge() throws Exception {
    train();
    Files.writeString(tree.resolve("rollback-bot.jar"), "the bod");

    assertThat(serve()).contains(SLOW).doesNotContain("-XX:AOTCache");
  }

  @Test
  void aCacheOfOtherLibrariesIsIgnored() throws Exception {
    train();
    Files.move(tree.resolve("lib/library-1.0.jar"), tree.resolve("lib/library-1.1.jar"));

    assertThat(serve()).contains(SLOW).doesNotContain("-XX:AOTCache");
  }

  @Test
  void aCacheFromBeforeALibraryWasAddedIsIgnored() throws Exception {
    train();
    Files.writeString(tree.resolve("lib/another-1.0.jar"), "another");

    assertThat(serve()).contains(SLOW).doesNotContain("-XX:AOTCache");
  }

  @Test
  void theWorkerIsNotStartedAsAFront() throws Exception {
    train();

    assertThat(run(Map.of(), "worker", "--config", "c"))
        .contains("-jar " + tree + "/rollback-bot.jar worker --config c")
        .doesNotContain("-XX:AOTCache")
        .doesNotContain("-Xmn")
        .doesNotContain(SLOW);
  }

  @Test
  void aWordWithABlankStaysOneWord() throws Exception {
    Files.writeString(tree.resolve("jvm/bin/java"), "#!/bin/sh\nprintf '<%s>' \"$@\"\n");

    assertThat(run(Map.of(), "undo", "--reason", "too slow"))
        .contains("<undo><--reason><too slow>");
  }

  /** As the JVM would: it leaves the cache where it was told to. */
  private void train() throws Exception {
    String told = run(Map.of("ROLLBACK_BOT_TRAIN", "1"), "serve", "--config", "c");
    String name = told.replaceAll("(?s).*-XX:AOTCacheOutput=(\\S+).*", "$1");
    Files.writeString(Path.of(name), "a cache");
  }

  private String serve() throws Exception {
    return run(Map.of(), "serve", "--config", "c");
  }

  private String run(Map<String, String> more, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(arguments));
    command.addFirst(tree.resolve("rollback-bot").toString());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", tree.resolve("jvm").toString());
    builder.environment().putAll(more);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
