package dev.rollbackbot.sandbox.git;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What was written.
 *
 * @param steps each step by its hash, in the order of writing
 * @param labels the hashes of the labelled steps
 * @param reachable what main reaches
 */
record Made(Map<ObjectId, Step> steps, Map<String, ObjectId> labels, Set<ObjectId> reachable) {

  Made {
    steps = new LinkedHashMap<>(steps);
    labels = Map.copyOf(labels);
    reachable = Set.copyOf(reachable);
  }

  ObjectId id(String label) {
    ObjectId id = labels.get(label);
    if (id == null) {
      throw new IllegalStateException("no step is labelled " + label);
    }
    return id;
  }

  DemoCommit commit(String label) {
    ObjectId id = id(label);
    return newestFirst().stream()
        .filter(commit -> commit.sha().equals(id.name()))
        .findFirst()
        .orElseThrow();
  }

  List<DemoCommit> newestFirst() {
    return steps.entrySet().stream()
        .map(entry -> commit(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(DemoCommit::time).reversed())
        .toList();
  }

  private DemoCommit commit(ObjectId id, Step step) {
    return new DemoCommit(
        id.name(), step.subject(), step.author().fullName, step.time(), reachable.contains(id));
  }
}
