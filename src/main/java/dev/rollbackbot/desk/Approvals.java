package dev.rollbackbot.desk;

import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.Groups;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A service's policy as it stands now: user groups are asked for their members. */
public final class Approvals {
  private final Groups groups;
  private final boolean on;

  /**
   * @param on off refuses every approval, for the day on which a secret has leaked
   */
  public Approvals(Groups groups, boolean on) {
    this.groups = groups;
    this.on = on;
  }

  /**
   * The policy with the members of its groups.
   *
   * @throws dev.rollbackbot.port.ChatException when a group cannot be read; nobody is let in then
   */
  ApprovalPolicy of(ServiceSettings service) {
    ApprovalPolicy policy = service.policy();
    Set<String> members = new HashSet<>();
    policy.groups().forEach(group -> members.addAll(groups.members(group)));
    return policy.withMembers(members);
  }

  /** The refusal of any approval, while they are switched off. */
  Optional<Problem> off() {
    return on ? Optional.empty() : Optional.of(Problem.refusal(Code.APPROVALS_OFF));
  }
}
