package dev.rollbackbot.simulation;

import dev.rollbackbot.desk.PressedButtons;
import dev.rollbackbot.port.Incoming;
import dev.rollbackbot.simulation.Board.Pressable;
import java.util.List;
import java.util.Optional;

/**
 * The people of one run: they ask, approve (twice, late, two at once), stop, keep, undo, return.
 */
final class Crowd {
  static final List<String> PEOPLE = List.of("U-ann", "U-bob", "U-kim");

  private static final int OFFER_LOOKS = 6;

  private final Stage stage;
  private final Fate fate;
  private final Scheduler scheduler;
  private int typed;

  Crowd(Stage stage) {
    this.stage = stage;
    this.fate = stage.fate();
    this.scheduler = stage.scheduler();
  }

  /** Makes everybody's plans. */
  void gather() {
    scheduler.in(fate.seconds(2, 20), "somebody asks", this::ask);
    if (fate.chance(0.35)) {
      scheduler.in(fate.seconds(40, 700), "somebody asks again", this::ask);
    }
    for (int i = fate.number(0, 6); i > 0; i--) {
      scheduler.in(fate.seconds(15, 800), "somebody presses", this::pressAnything);
    }
    for (int i = fate.number(0, 2); i > 0; i--) {
      String word =
          fate.oneOf(
              "stop",
              "keep",
              "undo",
              "newest",
              "undo --alone night",
              "newest --alone night",
              "go-on",
              "hold",
              "wait",
              "status",
              "list",
              "history");
      scheduler.in(fate.seconds(10, 800), "somebody types", () -> type(word));
    }
  }

  private void ask() {
    List<KBack.Past> all = stage.kBack().past;
    KBack.Past past = fate.oneOf(fate.chance(0.3) ? all.subList(3, all.size()) : all);
    if (fate.chance(0.35)) {
      type("canary " + shift(past) + steps());
      for (int i = fate.number(1, 6); i > 0; i--) {
        scheduler.in(fate.seconds(60, 1_500), "somebody presses", this::pressAnything);
      }
    } else if (fate.chance(0.3)) {
      type(
          fate.oneOf(
              fate.oneOf(stage.kBack().built).commit().value(),
              past.commit().value() + " --route redeploy",
              past.revision().value() + " --route redeploy"));
    } else {
      type(shift(past));
    }
    look();
  }

  private String steps() {
    return fate.oneOf("", " --steps 20,100", " --steps 5,25,60,100")
        + fate.oneOf(" --hold 40s", " --hold 90s", " --hold 4m")
        + fate.oneOf("", " --auto", " --auto");
  }

  private String shift(KBack.Past past) {
    return fate.oneOf(
        past.commit().value(),
        past.commit().abbreviated(),
        past.commit().abbreviated() + " --reason \"KeyError\"",
        past.commit().abbreviated() + " --alone \"night\"",
        past.revision().value(),
        "previous");
  }

  private void look() {
    if (fate.chance(0.8)) {
      scheduler.in(fate.seconds(2, 40), "somebody looks for the offer", () -> approve(1));
    } else {
      scheduler.in(fate.seconds(200, 1_100), "somebody comes late to it", () -> approve(1));
    }
  }

  private void type(String text) {
    var _ =
        stage
            .deliveries()
            .publish(
                new Incoming.Typed(
                    "t" + ++typed, Deliveries.TEAM, Board.CHANNEL, person(), text, "url"),
                "/rollback " + text);
  }

  /** Presses the newest offer; sometimes a second person does, and a third one much later. */
  private void approve(int look) {
    Optional<Pressable> offer =
        stage.board().pressable().stream()
            .filter(p -> p.button().action().equals(PressedButtons.ROLL_BACK))
            .findFirst();
    if (offer.isEmpty()) {
      if (look < OFFER_LOOKS) {
        scheduler.in(fate.seconds(5, 15), "somebody looks again", () -> approve(look + 1));
      }
      return;
    }
    press(offer.get());
    if (fate.chance(0.3)) {
      scheduler.in(fate.seconds(0, 3), "somebody else approves", () -> press(offer.get()));
    }
    if (fate.chance(0.25)) {
      scheduler.in(fate.seconds(60, 1_100), "an old window approves", () -> press(offer.get()));
    }
  }

  /** Mostly on the newest message that has buttons, else anywhere. */
  private void pressAnything() {
    List<Pressable> everywhere = stage.board().pressable();
    List<Pressable> all =
        fate.chance(0.75)
            ? everywhere.stream()
                .filter(p -> p.message().equals(everywhere.getFirst().message()))
                .toList()
            : everywhere.stream().limit(8).toList();
    if (!all.isEmpty()) {
      Pressable one = fate.oneOf(all);
      press(one);
      if (fate.chance(0.15)) {
        scheduler.in(fate.seconds(1, 400), "an old window presses", () -> press(one));
      }
    }
  }

  private void press(Pressable pressed) {
    var _ =
        stage
            .deliveries()
            .publish(
                new Incoming.Pressed(
                    Deliveries.TEAM,
                    Deliveries.TEAM,
                    pressed.channel(),
                    person(),
                    pressed.button().action(),
                    pressed.button().value(),
                    pressed.message(),
                    scheduler.instant(),
                    "url"),
                "[%s] on %s".formatted(pressed.button().action(), pressed.message()));
  }

  private String person() {
    return fate.oneOf(PEOPLE);
  }
}
