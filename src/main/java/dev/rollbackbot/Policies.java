package dev.rollbackbot;

import dev.rollbackbot.domain.approval.ApprovalPolicy;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** From what the configuration says of approvers to a service's policy. */
final class Policies {
  private Policies() {}

  /** The service's own approvers, or those of the channels that may roll it back. */
  static ApprovalPolicy of(Config config, Config.Service service) {
    Set<String> approvers = new HashSet<>(service.approvers());
    if (approvers.isEmpty()) {
      config.slack().channels().stream()
          .filter(channel -> channel.services().contains(service.id().name()))
          .map(Config.Channel::approvers)
          .flatMap(List::stream)
          .forEach(approvers::add);
    }
    return of(rule(service.policy()), approvers, config);
  }

  /** Slack's ids say what they name: groups begin with S. */
  private static ApprovalPolicy of(
      ApprovalPolicy.Rule rule, Collection<String> approvers, Config config) {
    Map<Boolean, Set<String>> isGroup =
        approvers.stream()
            .collect(Collectors.partitioningBy(id -> id.startsWith("S"), Collectors.toSet()));
    return new ApprovalPolicy(
        rule,
        isGroup.getOrDefault(false, Set.of()),
        isGroup.getOrDefault(true, Set.of()),
        config.times().clickMaxAge());
  }

  private static ApprovalPolicy.Rule rule(Config.Policy policy) {
    return switch (policy) {
      case CONFIRM -> ApprovalPolicy.Rule.CONFIRM;
      case FOUR_EYES -> ApprovalPolicy.Rule.FOUR_EYES;
    };
  }
}
