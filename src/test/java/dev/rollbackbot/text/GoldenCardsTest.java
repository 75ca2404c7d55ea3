package dev.rollbackbot.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each situation reads, as text alone and in both languages, exactly as its golden file says.
 *
 * <p>{@code -Dgolden.update=true} rewrites the files; read the difference before committing it.
 */
class GoldenCardsTest {
  private static final Path FILES = Path.of("src/test/resources/golden");
  private static final List<Locale> LANGUAGES = List.of(Locale.JAPANESE, Locale.ENGLISH);

  static Stream<Arguments> situations() {
    return Situations.all().entrySet().stream()
        .map(situation -> Arguments.of(situation.getKey(), situation.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void readsAsItsGoldenFile(String name, Function<Locale, Message> composed) throws IOException {
    for (Locale language : LANGUAGES) {
      Path file = FILES.resolve(file(name, language));
      String text = Golden.render(composed.apply(language));
      if (Golden.updates()) {
        Files.createDirectories(FILES);
        Files.writeString(file, text);
      }
      assertThat(file).as("missing; write it with -Dgolden.update=true").exists();
      assertThat(text).as(file.toString()).isEqualTo(Files.readString(file));
    }
  }

  @Test
  void noGoldenFileIsLeftWithoutASituation() throws IOException {
    Set<String> expected =
        Situations.all().keySet().stream()
            .flatMap(name -> LANGUAGES.stream().map(language -> file(name, language)))
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString())).hasSameElementsAs(expected);
    }
  }

  private static String file(String name, Locale language) {
    return name + "." + language.getLanguage() + ".txt";
  }
}
