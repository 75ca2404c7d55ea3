package dev.rollbackbot.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of one language by key, with {@code {name}} where a value goes.
 *
 * <p>Every key exists in both languages; a missing key or value is a programming error and throws.
 */
public final class Texts {
  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z0-9]+)}");
  private static final Texts JAPANESE = new Texts(Locale.JAPANESE, "/text_ja.properties");
  private static final Texts ENGLISH = new Texts(Locale.ENGLISH, "/text_en.properties");

  private final Locale locale;
  private final Properties sentences;

  private Texts(Locale locale, String resource) {
    this.locale = locale;
    this.sentences = load(resource);
  }

  /** Japanese for Japanese, English for everything else. */
  public static Texts of(Locale locale) {
    return locale.getLanguage().equals("ja") ? JAPANESE : ENGLISH;
  }

  public Locale locale() {
    return locale;
  }

  /** A sentence that names no value. */
  public String get(String key) {
    return get(key, Map.of());
  }

  /** A sentence as it stands in the file, its places still open. */
  String template(String key) {
    String sentence = sentences.getProperty(key);
    if (sentence == null) {
      throw new IllegalArgumentException("no text for " + key + " in " + locale);
    }
    return sentence;
  }

  /** Whether there is such a sentence. */
  boolean has(String key) {
    return sentences.containsKey(key);
  }

  /** A sentence with its values put in. */
  public String get(String key, Map<String, String> values) {
    return PLACE
        .matcher(template(key))
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalArgumentException(
                    "the text " + key + " names {" + place.group(1) + "}, which was not given");
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** All keys, for the test that holds the languages together. */
  Set<String> keys() {
    return new TreeSet<>(sentences.stringPropertyNames());
  }

  private static Properties load(String resource) {
    try (InputStream in = Texts.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      var loaded = new Properties();
      loaded.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return loaded;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
