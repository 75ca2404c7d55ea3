package dev.rollbackbot.text;

import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.text.Message.Block;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says what was being done, why it stopped, and what to do next. */
public final class ProblemComposer {
  private ProblemComposer() {}

  /** Times in Asia/Tokyo for Japanese, in UTC for English. */
  public static Message compose(Problem problem, Locale locale) {
    return compose(problem, Voice.of(locale, Optional.empty()));
  }

  static Message compose(Problem problem, Voice voice) {
    var text = new ProblemText(voice);
    String heading = text.heading(problem);
    return new Message(
        heading,
        List.of(
            new Block.Heading(heading),
            new Block.Paragraph(text.why(problem)),
            new Block.Paragraph(text.next(problem)),
            voice.words().context("problem.code", Slot.mono("code", problem.code().name()))));
  }
}
