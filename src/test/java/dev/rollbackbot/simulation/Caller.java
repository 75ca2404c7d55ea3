package dev.rollbackbot.simulation;

import dev.rollbackbot.desk.PressedButtons;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.port.Incoming;
import dev.rollbackbot.simulation.Board.Pressable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one person of a good night: Ann asks until an offer is there, and presses until it is taken.
 */
final class Caller {
  private static final String ANN = "U-ann";
  private static final String UNDO = JobAction.UNDO.id();

  /** From then on her earlier click can no longer act. */
  private static final Duration IN_VAIN = Stage.LATENESS.plusSeconds(30);

  private static final int MOST_PRESSES = 3;
  private static final Duration NO_CARD = Duration.ofSeconds(90);

  private final Stage stage;
  private final Fate fate;
  private final Scheduler scheduler;
  private final String wish;
  private Instant asked = Instant.EPOCH;
  private Instant pressed = Instant.EPOCH;
  private int typed;
  private int presses;

  Caller(Stage stage) {
    this.stage = stage;
    this.fate = stage.fate();
    this.scheduler = stage.scheduler();
    this.wish =
        fate.oneOf(stage.kBack().past.subList(0, 3)).commit().abbreviated()
            + (fate.chance(0.3) ? " --route redeploy" : "");
  }

  void gather() {
    scheduler.in(fate.seconds(2, 10), "Ann asks", this::look);
  }

  /**
   * Half the time she changes her mind long after it is done, so that its record is written anew.
   */
  void mayUndo() {
    if (fate.chance(0.5)) {
      scheduler.in(
          fate.seconds(1_000, 1_060), "Ann undoes", () -> button(UNDO).ifPresent(this::press));
    }
  }

  private void look() {
    if (stage.watch().standing().isPresent() || presses == MOST_PRESSES) {
      return;
    }
    Instant now = scheduler.instant();
    Optional<Pressable> offer = button(PressedButtons.ROLL_BACK);
    if (offer.isEmpty() && asked.plus(NO_CARD).isBefore(now)) {
      asked = ask() ? now : asked;
    } else if (offer.isPresent() && pressed.plus(IN_VAIN).isBefore(now)) {
      if (press(offer.get())) {
        pressed = now;
        presses++;
      }
    }
    scheduler.in(fate.seconds(8, 16), "Ann looks", this::look);
  }

  private Optional<Pressable> button(String action) {
    return stage.board().pressable().stream()
        .filter(p -> p.button().action().equals(action))
        .findFirst();
  }

  private boolean ask() {
    return stage
        .deliveries()
        .publish(
            new Incoming.Typed("t" + ++typed, Deliveries.TEAM, Board.CHANNEL, ANN, wish, "url"),
            "/rollback " + wish);
  }

  private boolean press(Pressable offer) {
    return stage
        .deliveries()
        .publish(
            new Incoming.Pressed(
                Deliveries.TEAM,
                Deliveries.TEAM,
                offer.channel(),
                ANN,
                offer.button().action(),
                offer.button().value(),
                offer.message(),
                scheduler.instant(),
                "url"),
            "[%s] on %s".formatted(offer.button().action(), offer.message()));
  }
}
