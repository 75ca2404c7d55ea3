package dev.rollbackbot.text;

import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.util.List;
import java.util.Locale;

/** Says why something was not done: what was being done, why it stopped, what to do next. */
public final class ProblemComposer {
  private ProblemComposer() {}

  /** The three sentences of the problem's code; the first is the summary too. */
  public static Message compose(Problem problem, Locale locale) {
    String key = "problem." + problem.code().name();
    Texts texts = Texts.of(locale);
    String what = texts.get(key + ".what", problem.details());
    return new Message(
        what,
        List.of(
            new Block.Heading(what),
            paragraph(texts.get(key + ".why", problem.details())),
            paragraph(texts.get(key + ".next", problem.details()))));
  }

  private static Block paragraph(String text) {
    return new Block.Paragraph(List.of(new Part.Literal(text)));
  }
}
