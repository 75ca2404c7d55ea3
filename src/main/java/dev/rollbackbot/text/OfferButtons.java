package dev.rollbackbot.text;

import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Confirm;
import dev.rollbackbot.text.Message.Style;
import java.util.List;
import java.util.Optional;

/** The buttons of an offer, with the dialog of the one that acts. */
final class OfferButtons {
  /** As Slack limits them. */
  private static final int DIALOG_TEXT = 300;

  private static final int DIALOG_TITLE = 100;
  private static final int DIALOG_BUTTON = 30;

  private final Voice voice;
  private final Plan plan;

  OfferButtons(Voice voice, Plan plan) {
    this.voice = voice;
    this.plan = plan;
  }

  /** The yes, and beside it the same in steps, which only plans. */
  List<Button> of(String value) {
    Button yes = button(value);
    boolean canGoInSteps = plan.steps().isEmpty() && plan.takesOver().isEmpty();
    return canGoInSteps
        ? List.of(
            yes,
            new Button(
                "in_steps",
                voice.plain("offer.steps.button"),
                value,
                Style.PLAIN,
                Optional.empty()))
        : List.of(yes);
  }

  private Button button(String value) {
    String target = OfferCard.target(plan);
    String key = plan.steps().isPresent() ? "offer.canary" : "offer";
    Slot percent =
        Slot.number("percent", plan.steps().map(s -> s.ladder().steps().getFirst()).orElse(100));
    String label = voice.plain(key + ".button", Slot.text("target", target), percent);
    return new Button(
        "roll_back",
        label,
        value,
        Style.PRIMARY,
        Optional.of(
            new Confirm(
                OneLine.within(
                    voice.plain(key + ".confirm.title", Slot.text("target", target), percent),
                    DIALOG_TITLE),
                OneLine.within(confirmText(), DIALOG_TEXT),
                label.length() <= DIALOG_BUTTON ? label : voice.plain(key + ".confirm.yes"),
                voice.plain("confirm.no"))));
  }

  private String confirmText() {
    var text =
        new StringBuilder(
            voice.plain(
                OfferCard.how("offer.confirm", plan),
                Slot.text("service", plan.service().name()),
                Slot.text("from", OfferCard.from(voice, plan)),
                Slot.text("target", OfferCard.target(plan)),
                Slot.text(
                    "steps", plan.steps().map(steps -> steps.ladder().typed()).orElse("100"))));
    plan.migrations()
        .asOptional()
        .filter(crossed -> !crossed.isEmpty())
        .ifPresent(
            crossed ->
                text.append('\n')
                    .append(
                        voice.plain("offer.confirm.migrations", Slot.number("n", crossed.size()))));
    int cautions = OfferCard.others(plan.cautions()).size();
    if (cautions > 0) {
      text.append('\n').append(voice.plain("offer.confirm.cautions", Slot.number("n", cautions)));
    }
    return text.toString();
  }
}
