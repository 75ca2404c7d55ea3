package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.model.Settings.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What differs between the configuration that the old revision has and today's: the difference
 * between the two routes. Names of variables, never their values.
 *
 * @param added variables, secrets among them, that only today's has
 * @param removed those that only the old one has
 * @param changed those whose value or secret differs
 * @param figures known figures that differ
 * @param others names of other fields that differ
 * @param floating secrets at {@code latest} on either side: on both routes they mean today's value
 * @param fixed secrets at a version that only the old one uses; whether it can still be read is not
 *     known
 */
public record Differences(
    List<String> added,
    List<String> removed,
    List<String> changed,
    List<Change> figures,
    List<String> others,
    List<String> floating,
    List<String> fixed) {

  /** A figure on both sides; empty where it is not set. */
  public record Change(Figure figure, Optional<String> then, Optional<String> now) {}

  public Differences {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    figures = List.copyOf(figures);
    others = List.copyOf(others);
    floating = List.copyOf(floating);
    fixed = List.copyOf(fixed);
  }

  /** From the old revision's configuration to today's. */
  public static Differences between(Settings then, Settings now) {
    Map<String, String> old = variables(then);
    Map<String, String> today = variables(now);
    return new Differences(
        today.keySet().stream().filter(name -> !old.containsKey(name)).sorted().toList(),
        old.keySet().stream().filter(name -> !today.containsKey(name)).sorted().toList(),
        differing(old, today, true),
        figures(then, now),
        differing(then.others(), now.others(), false),
        Stream.concat(secrets(then, true), secrets(now, true)).distinct().sorted().toList(),
        secrets(then, false).filter(s -> !now.secrets().containsValue(s)).distinct().toList());
  }

  /** Whether both configurations are the same, as far as they were compared. */
  public boolean none() {
    return added.isEmpty()
        && removed.isEmpty()
        && changed.isEmpty()
        && figures.isEmpty()
        && others.isEmpty();
  }

  private static Map<String, String> variables(Settings settings) {
    var all = new HashMap<String, String>(settings.environment());
    all.putAll(settings.secrets());
    return all;
  }

  private static List<String> differing(
      Map<String, String> old, Map<String, String> today, boolean onlyOnBoth) {
    var names = new TreeSet<String>(old.keySet());
    if (onlyOnBoth) {
      names.retainAll(today.keySet());
    } else {
      names.addAll(today.keySet());
    }
    return names.stream().filter(n -> !Objects.equals(old.get(n), today.get(n))).toList();
  }

  private static List<Change> figures(Settings then, Settings now) {
    var changes = new ArrayList<Change>();
    for (Figure figure : Figure.values()) {
      Optional<String> old = Optional.ofNullable(then.figures().get(figure));
      Optional<String> today = Optional.ofNullable(now.figures().get(figure));
      if (!old.equals(today)) {
        changes.add(new Change(figure, old, today));
      }
    }
    return changes;
  }

  private static Stream<String> secrets(Settings settings, boolean floating) {
    return settings.secrets().values().stream()
        .filter(secret -> secret.endsWith(Settings.LATEST) == floating);
  }
}
