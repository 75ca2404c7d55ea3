package dev.rollbackbot;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration cannot be used; its message names every mistake, for the person who wrote it.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  /**
   * One mistake.
   *
   * @param key the whole key, such as {@code services[0].git.url}, or an environment variable
   * @param line counted from 1; 0 where there is no line
   * @param example how it would be right
   */
  public record Mistake(String key, int line, String what, String example) {
    @Override
    public String toString() {
      String where = line > 0 ? " (line " + line + ")" : "";
      return key + where + ": " + what + (example.isEmpty() ? "" : "; for example: " + example);
    }
  }

  ConfigException(String source, List<Mistake> mistakes) {
    super(
        mistakes.stream()
            .map(mistake -> "  " + mistake)
            .collect(Collectors.joining("\n", source + " cannot be used:\n", "")));
    this.mistakes = List.copyOf(mistakes);
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
