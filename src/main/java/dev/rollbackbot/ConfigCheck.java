package dev.rollbackbot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a process would start with, and everything that would stop it.
 *
 * <p>Of a secret it tells whether it is there, and never a character of it.
 *
 * @param settings the file with every default filled in; empty where it cannot be used
 * @param secrets {@code present} or {@code absent} by the name of the environment variable
 * @param mistakes what must be mended first, one text for each source
 */
record ConfigCheck(Optional<Config> settings, Map<String, String> secrets, List<String> mistakes) {

  /** The processes, each with the secrets that it asks for. */
  enum Role {
    SERVE,
    WORKER,
    ALL
  }

  ConfigCheck {
    mistakes = List.copyOf(mistakes);
  }

  /** Reads everything there is to read; a mistake in one place hides none in another. */
  static ConfigCheck of(Path file, Role role, Map<String, String> environment) {
    var mistakes = new ArrayList<String>();
    Optional<Config> settings = tried(() -> Config.load(file), mistakes);
    Secrets secrets = Secrets.from(environment);
    switch (role) {
      case SERVE -> tried(secrets::requireForFront, mistakes);
      // A worker needs whatever a front needs, so this is also what both in one process need.
      case WORKER, ALL -> tried(secrets::requireForWorker, mistakes);
    }
    var there = new LinkedHashMap<String, String>();
    secrets
        .byName()
        .forEach((name, secret) -> there.put(name, secret.isPresent() ? "present" : "absent"));
    return new ConfigCheck(settings, there, mistakes);
  }

  private static <T> Optional<T> tried(Supplier<T> reading, List<String> mistakes) {
    try {
      return Optional.of(reading.get());
    } catch (ConfigException e) {
      mistakes.add(e.getMessage());
      return Optional.empty();
    }
  }

  /** YAML that the bot would read as the same settings; secrets and the name of it as comments. */
  String resolved() {
    return secrets.entrySet().stream()
            .map(secret -> "# " + secret.getKey() + ": " + secret.getValue() + "\n")
            .collect(Collectors.joining())
        + settings.map(s -> "# configuration " + s.hash() + "\n" + s.toYaml()).orElse("");
  }
}
