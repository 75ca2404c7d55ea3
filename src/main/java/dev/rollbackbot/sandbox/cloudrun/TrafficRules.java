package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a split may be and what it means.
 *
 * <p>Percents add up to 100; an empty list is 100 % for the newest ready revision; a tag stands
 * once; the same revision may stand several times. Sources: comment on {@code Service.traffic},
 * "Rollbacks, gradual rollouts, and traffic migration". The syntax of a tag is unproved; the length
 * follows from {@code TAG---SERVICE} being one DNS label.
 */
final class TrafficRules {

  static final List<TrafficTarget> ALL_TO_LATEST =
      List.of(
          TrafficTarget.newBuilder()
              .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
              .setPercent(100)
              .build());

  private static final Pattern TAG = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final int MAX_DNS_LABEL = 63;

  private TrafficRules() {}

  static void check(String service, List<TrafficTarget> targets) {
    int sum = 0;
    Set<String> tags = new HashSet<>();
    for (TrafficTarget target : targets) {
      checkTarget(target);
      if (!target.getTag().isEmpty()) {
        checkTag(service, target.getTag(), tags);
      }
      sum += target.getPercent();
    }
    if (sum != 100) {
      throw Problems.invalid("traffic: Traffic targets sum to %d, want 100".formatted(sum));
    }
  }

  private static void checkTarget(TrafficTarget target) {
    if (target.getPercent() < 0 || target.getPercent() > 100) {
      throw Problems.invalid("traffic: percent must be from 0 to 100");
    }
    switch (target.getType()) {
      case TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST -> {
        if (!target.getRevision().isEmpty()) {
          throw Problems.invalid("traffic: a target of type LATEST must not name a revision");
        }
      }
      case TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION -> {
        if (target.getRevision().isEmpty() || target.getRevision().contains("/")) {
          throw Problems.invalid(
              "traffic: a target of type REVISION must have the short name of a revision");
        }
      }
      case TRAFFIC_TARGET_ALLOCATION_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw Problems.invalid("traffic: every target must have a type");
    }
  }

  private static void checkTag(String service, String tag, Set<String> seen) {
    if (!seen.add(tag)) {
      throw Problems.invalid("traffic: the tag '%s' is given more than once".formatted(tag));
    }
    if (!TAG.matcher(tag).matches()
        || tag.length() + "---".length() + service.length() > MAX_DNS_LABEL) {
      throw Problems.invalid(
          "traffic: the tag '%s' must be lowercase letters, digits and hyphens, and with the service's name at most 60 characters"
              .formatted(tag));
    }
  }

  /** The revision a target means, {@code latestReady} standing in for LATEST. */
  static String revisionOf(TrafficTarget target, String latestReady) {
    return isLatest(target) ? latestReady : target.getRevision();
  }

  static Routing resolved(List<TrafficTarget> targets, String latestReady) {
    Map<String, Integer> percents = new LinkedHashMap<>();
    Map<String, String> tags = new LinkedHashMap<>();
    for (TrafficTarget target : targets) {
      String revision = revisionOf(target, latestReady);
      if (target.getPercent() > 0) {
        percents.merge(revision, target.getPercent(), Integer::sum);
      }
      if (!target.getTag().isEmpty()) {
        tags.put(target.getTag(), revision);
      }
    }
    return new Routing(percents, tags);
  }

  /** As observed: the same list, each tag with its URL; a LATEST entry names no revision. */
  static List<TrafficTargetStatus> statuses(
      List<TrafficTarget> targets, UnaryOperator<String> tagUrl) {
    return targets.stream()
        .map(
            target ->
                TrafficTargetStatus.newBuilder()
                    .setType(target.getType())
                    .setRevision(target.getRevision())
                    .setPercent(target.getPercent())
                    .setTag(target.getTag())
                    .setUri(target.getTag().isEmpty() ? "" : tagUrl.apply(target.getTag()))
                    .build())
        .toList();
  }

  private static boolean isLatest(TrafficTarget target) {
    return target.getType() == TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST;
  }
}
