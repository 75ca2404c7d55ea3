package dev.rollbackbot.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.text.Fixtures.JobMaker;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of others stay words: nothing in them is markup, and none grows beyond its line. */
class OutsideTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!channel> <@U0BEN> <http://evil.example|click>",
        "fix: *bold* `code` {target} _it_",
        "\u202Eevil\u202C \u2066x\u2069 \u200F",
        "🚒👩\u200D🚒 出火",
        "line one\nline two\r\n\tline three"
      })
  void aCommitSubjectIsLiteral(String subject) {
    Message card = cardWith(subject);
    String oneLine = OneLine.of(subject, OneLine.SUBJECT);
    assertThat(literals(card)).contains(oneLine);
    assertThat(parts(card).filter(part -> !(part instanceof Part.Literal)))
        .noneMatch(part -> Sentences.flat(List.of(part)).contains(oneLine));
    assertThat(PlainText.render(card)).doesNotContain("\u202E", "\u2066", "\u200F", "\r", "\t");
  }

  @Test
  void aSubjectOfFourThousandCharactersIsCutToItsLine() {
    Message card = cardWith("長".repeat(4000));
    assertThat(literals(card)).contains("長".repeat(119) + "…");
  }

  @Test
  void aCutNeverSplitsAnEmoji() {
    assertThat(OneLine.of("🚒".repeat(200), 120)).isEqualTo("🚒".repeat(119) + "…");
    assertThat(OneLine.within("a🚒🚒", 4)).isEqualTo("a🚒…");
    assertThat(OneLine.within("a🚒🚒", 3)).isEqualTo("a…");
  }

  @Test
  void nothingActsOnATerminal() {
    var message =
        new Message(
            "x",
            List.of(
                new Block.Heading("a\u001B[31mred"),
                new Block.Paragraph(List.of(new Part.Literal("b\u0007\u009B2J\nc"))),
                new Block.Code("one\ntwo\u001B[A")));
    assertThat(PlainText.render(message)).isEqualTo("a[31mred\n\nb2J c\n    one\n    two[A\n");
  }

  private static Message cardWith(String subject) {
    var maker = new JobMaker(JobState.OPEN, Ending.VERIFIED);
    CommitInfo known = Fixtures.GOOD_COMMIT;
    maker.target = Optional.of(new CommitInfo(known.sha(), subject, known.author(), known.at()));
    return new RollbackComposer().compose(new RollbackReport.Card(maker.make()), Locale.JAPANESE);
  }

  private static List<String> literals(Message message) {
    return parts(message)
        .flatMap(part -> part instanceof Part.Literal(String text) ? Stream.of(text) : null)
        .toList();
  }

  private static Stream<Part> parts(Message message) {
    return message.blocks().stream()
        .flatMap(
            block -> block instanceof Block.Paragraph(List<Part> parts) ? parts.stream() : null);
  }
}
