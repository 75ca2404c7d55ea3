package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.model.Hand;
import dev.rollbackbot.domain.model.ServiceState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What other tools will do to a rollback when they run next.
 *
 * <p>A deploy by gcloud leaves a pin alone and deserves no caution; a script that moves traffic
 * itself does, and is known by having done so before.
 */
public final class OtherHands {
  private OtherHands() {}

  /** One caution for each tool, build and script that will write again. */
  public static List<Caution> of(ServiceState state, Around around) {
    var cautions = new ArrayList<Caution>();
    for (RunningBuild build : around.builds().asOptional().orElse(List.<RunningBuild>of())) {
      cautions.add(new Caution.BuildRunning(build.name(), build.commit(), build.since()));
    }
    keepers(state, around.changes()).forEach(hand -> cautions.add(new Caution.KeptBy(hand)));
    if (!state.client().isBlank() && Hand.ofClient(state.client()) == Hand.OTHER) {
      cautions.add(new Caution.UnknownTool(state.client()));
    }
    pinCleared(around.changes()).ifPresent(cautions::add);
    state.starting().ifPresent(name -> cautions.add(new Caution.DeployInFlight(name)));
    return cautions;
  }

  /**
   * Whether a revision that is made may be given its name: where Terraform applies the service, a
   * name that is set makes its next unrelated apply replace the revision
   * (hashicorp/terraform-provider-google, issue 13410).
   */
  static boolean mayName(ServiceState state, Around around) {
    return keepers(state, around.changes()).stream().noneMatch(Hand::appliesAll)
        && around.changes().stream().map(Change::hand).noneMatch(Hand::appliesAll);
  }

  /** By the marks on the service, and by who wrote it before the bot did. */
  private static Set<Hand> keepers(ServiceState state, List<Change> changes) {
    var hands = new LinkedHashSet<Hand>(Hand.keepers(state.marks(), state.client()));
    lastStranger(changes)
        .map(Change::hand)
        .filter(hand -> hand != Hand.GCLOUD && hand != Hand.OTHER)
        .ifPresent(hands::add);
    if (Hand.ofClient(state.client()) == Hand.CONSOLE) {
      hands.add(Hand.CONSOLE);
    }
    return hands;
  }

  private static Optional<Change> lastStranger(List<Change> changes) {
    return changes.reversed().stream().filter(change -> change.hand() != Hand.BOT).findFirst();
  }

  /** The last time a machine let users follow the newest although they were pinned. */
  private static Optional<Caution> pinCleared(List<Change> changes) {
    var cleared = new ArrayList<Change>();
    for (int i = 1; i < changes.size(); i++) {
      Change change = changes.get(i);
      boolean ends = !changes.get(i - 1).wanted().floats() && change.wanted().floats();
      if (ends && change.byMachine() && change.hand() != Hand.BOT) {
        cleared.add(change);
      }
    }
    return cleared.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Caution.PinCleared(
                cleared.getLast().by(), cleared.getLast().with(), cleared.getLast().at()));
  }
}
