package dev.rollbackbot.simulation;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.sandbox.cloudrun.Gcloud;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The second writer of one run: somebody with gcloud, who knows nothing of the bot. */
final class Meddler {
  static final String KEN = "ken@example.com";

  private final Stage stage;
  private final Fate fate;
  private final Gcloud gcloud;
  private int deploys;

  Meddler(Stage stage) {
    this.stage = stage;
    this.fate = stage.fate();
    this.gcloud = stage.kBack().model.gcloud(KEN);
  }

  /** Plans up to four changes. */
  void gather() {
    if (fate.chance(0.4)) {
      // About when the first offer is taken: it gets ready, and LATEST moves, after that.
      stage
          .scheduler()
          .in(fate.seconds(10, 60), "Ken deploys", () -> deploy(KBack.ID.resourceName(), false));
    }
    for (int i = fate.number(0, 3); i > 0; i--) {
      stage.scheduler().in(fate.seconds(5, 800), "Ken works on the service", this::work);
    }
  }

  private void work() {
    String service = KBack.ID.resourceName();
    try {
      switch (fate.number(1, 8)) {
        case 1, 2 -> deploy(service, false);
        case 3 -> deploy(service, true);
        case 4 -> {
          note("update-traffic --to-latest");
          gcloud.updateTrafficToLatest(service);
        }
        case 5 -> traffic(service, 100, 0);
        case 6 -> traffic(service, 80, 20);
        case 7 -> usersToTag(service);
        default -> replace(service);
      }
    } catch (StatusRuntimeException e) {
      note("was refused: " + e.getStatus().getDescription());
    }
  }

  private void deploy(String service, boolean broken) {
    String image = KBack.REPOSITORY + ":%07x".formatted(0xd000000 + ++deploys);
    note((broken ? "deploys a broken " : "deploys ") + image);
    if (broken) {
      stage.kBack().model.breakImage(KBack.digestOf(image));
    }
    gcloud.deploy(service, image, Map.of("commit-sha", image.substring(image.length() - 7)));
  }

  /** As gcloud does: everybody's tags stay, at 0 %. */
  private void traffic(String service, int most, int rest) {
    RevisionName first = fate.oneOf(stage.kBack().past).revision();
    RevisionName second = fate.oneOf(stage.kBack().past).revision();
    var targets = new ArrayList<TrafficTarget>();
    targets.add(KBack.to(first, rest > 0 && first.equals(second) ? 100 : most));
    if (rest > 0 && !first.equals(second)) {
      targets.add(KBack.to(second, rest));
    }
    stage.kBack().service().getTrafficList().stream()
        .filter(t -> !t.getTag().isEmpty())
        .forEach(t -> targets.add(t.toBuilder().setPercent(0).build()));
    note("update-traffic " + split(targets));
    gcloud.updateTraffic(service, targets);
  }

  /** {@code update-traffic --to-tags=TAG=10} with a tag of the bot's. */
  private void usersToTag(String service) {
    List<TrafficTarget> now = stage.kBack().service().getTrafficList();
    if (now.stream().noneMatch(t -> t.getTag().startsWith("rb-"))) {
      return;
    }
    var targets = new ArrayList<TrafficTarget>();
    boolean taken = false;
    for (TrafficTarget target : now) {
      if (target.getTag().startsWith("rb-")) {
        targets.add(target.toBuilder().setPercent(target.getPercent() + 10).build());
      } else if (!taken && target.getPercent() >= 10) {
        taken = true;
        targets.add(target.toBuilder().setPercent(target.getPercent() - 10).build());
      } else {
        targets.add(target);
      }
    }
    note("update-traffic " + split(targets));
    gcloud.updateTraffic(service, targets);
  }

  /** {@code services replace}: annotations and tags that the file does not have are gone. */
  private void replace(String service) {
    note("services replace");
    Service now = stage.kBack().service();
    gcloud.servicesReplace(
        Service.newBuilder().setName(service).setTemplate(now.getTemplate()).build());
  }

  private void note(String what) {
    stage.watch().meddled();
    stage.scheduler().note("  Ken: " + what);
  }

  static String split(List<TrafficTarget> targets) {
    var text = new StringBuilder();
    for (TrafficTarget target : targets) {
      text.append(target.getRevision().isEmpty() ? "LATEST" : target.getRevision())
          .append(target.getTag().isEmpty() ? "" : "#" + target.getTag())
          .append('=')
          .append(target.getPercent())
          .append(' ');
    }
    return text.toString().strip();
  }
}
