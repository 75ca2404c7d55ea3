package dev.rollbackbot.domain.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A configuration as far as two of them are compared.
 *
 * <p>Never holds the value of an environment variable, which may be a secret: only a mark that
 * differs where the values differ.
 *
 * @param environment names of plain variables, each with the mark of its value
 * @param secrets variables and mounted paths, each with its {@code secret:version}
 * @param figures what people know by name, as the platform writes it; unset is left out
 * @param others names of all other fields that are set, each with a mark
 */
public record Settings(
    SortedMap<String, String> environment,
    SortedMap<String, String> secrets,
    SortedMap<Figure, String> figures,
    SortedMap<String, String> others) {

  /** The version that floats: what it means today, every revision gets. */
  public static final String LATEST = ":latest";

  /** Among the others where somebody's requests all go to one instance. */
  public static final String SESSION_AFFINITY = "session_affinity";

  /** A setting that is shown with its value. */
  public enum Figure {
    CPU,
    MEMORY,
    CONCURRENCY,
    MIN_INSTANCES,
    MAX_INSTANCES,
    TIMEOUT,
    SERVICE_ACCOUNT
  }

  public Settings {
    environment = copy(environment);
    secrets = copy(secrets);
    figures = copy(figures);
    others = copy(others);
  }

  /** Nothing is set. */
  public static Settings none() {
    return new Settings(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  private static <K> SortedMap<K, String> copy(Map<K, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
