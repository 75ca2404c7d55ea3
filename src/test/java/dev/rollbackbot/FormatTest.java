package dev.rollbackbot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source file stands as google-java-format writes it.
 *
 * <p>A test and not a Maven plugin: the plugins parse with the JVM that runs Maven, which may be
 * 17. {@code mvn -q test-compile exec:exec@format} rewrites what this test reports.
 */
class FormatTest {

  @Test
  void everySourceFileIsFormatted() throws IOException {
    assertThat(unformatted()).as("rewrite with: mvn -q test-compile exec:exec@format").isEmpty();
  }

  public static void main(String[] args) throws IOException {
    for (Path file : unformatted()) {
      Files.writeString(file, formatted(Files.readString(file)));
      System.out.println("formatted " + file);
    }
  }

  private static List<Path> unformatted() throws IOException {
    try (var files = Files.walk(Path.of("src"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(
              file -> {
                String source = read(file);
                return !formatted(source).equals(source);
              })
          .sorted()
          .toList();
    }
  }

  private static String formatted(String source) {
    try {
      String ordered =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
      return new Formatter().formatSource(ordered);
    } catch (FormatterException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
