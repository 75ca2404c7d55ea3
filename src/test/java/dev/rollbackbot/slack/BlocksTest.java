package dev.rollbackbot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollbackbot.sandbox.slack.BlockKit;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Confirm;
import dev.rollbackbot.text.Message.Part;
import dev.rollbackbot.text.Message.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BlocksTest {
  private static final List<String> NASTY =
      List.of(
          "<!channel> <!here> <@U0AIKO00001> <!subteam^S0ONCALL001>",
          "<https://evil.example|https://github.com>",
          "&lt;!channel&gt; &amp; & < >",
          "a".repeat(4_000),
          "&".repeat(4_000),
          "🙂".repeat(2_000),
          "\u202egnp.exe\u2066x\u2069\u200b\ufeff\u00ad",
          "```\n*bold* _it_ ~no~ `code`\n```",
          "one\ntwo\r\nthree\u2028four\u0000five\u001b[31m",
          "\ud800 half \udc00",
          "",
          "   ",
          "計画が出ない<!channel>",
          "|><|&|`*`*|");

  private static final List<Style> STYLES = List.of(Style.PLAIN, Style.PRIMARY, Style.DANGER);

  private static final Pattern MENTION = Pattern.compile("<[!@#]");
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n\\u200b]]");

  static Stream<Arguments> parts() {
    return Stream.of(
        drawn(
            "text from outside cannot mention", new Part.Literal("<!channel>"), "&lt;!channel&gt;"),
        drawn("nor be unescaped", new Part.Literal("&lt;!here&gt;"), "&amp;lt;!here&amp;gt;"),
        drawn("format marks are look-alikes", new Part.Literal("*a* `b` ~c~"), "∗a∗ ˋbˋ ∼c∼"),
        drawn("names keep their underscore", new Part.Literal("plan_id"), "plan_id"),
        drawn("no quote", new Part.Literal("> x"), "› x"),
        drawn("direction marks vanish", new Part.Literal("a\u202eb\u200bc"), "abc"),
        drawn("line ends become spaces", new Part.Literal("a\nb\u2028c"), "a b c"),
        drawn("half a character is shown", new Part.Literal("a\ud800b"), "a\ufffdb"),
        drawn("bold", new Part.Bold("verified"), "*verified*"),
        drawn("bold without its own mark", new Part.Bold("a*b* "), "*a*b∗*"),
        drawn("mono keeps what is copied", new Part.Mono("a_b *c* ~d"), "`a_b *c* ~d`"),
        drawn("mono loses backticks", new Part.Mono("a`b"), "`aˋb`"),
        drawn("a mention", new Part.Mention("U0AIKO00001"), "<@U0AIKO00001>"),
        drawn("an address is no mention", new Part.Mention("a@b.example"), "a@b.example"),
        drawn("no smuggled mention", new Part.Mention("U1> <!here"), "U1&gt; &lt;!here"),
        drawn(
            "a link",
            new Part.Link("https://x.example/?a=1&b=2", "x"),
            "<https://x.example/?a=1&amp;b=2|x>"),
        drawn(
            "a label cannot end a link",
            new Part.Link("https://x.example", "a>b|c"),
            "<https://x.example|a&gt;b¦c>"),
        drawn("no script link", new Part.Link("javascript:alert(1)", "x"), "x"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parts")
  void drawsAPart(String why, Part part, String drawn) {
    assertThat(Mrkdwn.of(List.of(part), 3_000)).as(why).isEqualTo(drawn);
  }

  @Test
  void setsBoldOffFromJapaneseText() {
    List<Part> parts =
        List.of(new Part.Literal("状態は"), new Part.Bold("確認済み"), new Part.Literal("です"));
    assertThat(Mrkdwn.of(parts, 100)).isEqualTo("状態は\u200b*確認済み*\u200bです");
  }

  @Test
  void cutsBetweenEntitiesAndCharacters() {
    assertThat(SlackText.escapeAndCut("a&b", 6)).isEqualTo("a…");
    assertThat(SlackText.escapeAndCut("a&b", 7)).isEqualTo("a&amp;b");
    assertThat(SlackText.cut("🙂🙂", 3)).isEqualTo("🙂…");
    assertThat(SlackText.cutEscaped("ab &amp; c", 7)).isEqualTo("ab …");
    List<Part> bold = List.of(new Part.Literal("1234"), new Part.Bold("567890"));
    assertThat(Mrkdwn.of(bold, 10)).isEqualTo("1234\u200b*5…*").hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void putsThreeButtonsInTheFirstRowAndTheRestBelow() {
    var buttons = new ArrayList<Button>();
    for (String label : List.of("Keep", "Undo", "Return to newest", "Stop", "Help")) {
      buttons.add(asking("same", label));
    }
    JsonNode drawn = Blocks.of(message(new Block.Buttons(buttons)));
    assertThat(drawn).hasSize(2);
    assertThat(drawn.path(0).path("elements").findValuesAsText("action_id"))
        .containsExactly("same", "same#2", "same#3");
    assertThat(drawn.path(1).path("elements")).hasSize(2);
  }

  @Test
  void putsTheRestIntoAMenuWhereNoneAsksAgain() {
    JsonNode drawn =
        Blocks.of(
            message(
                new Block.Buttons(
                    List.of(
                        asking("undo", "Undo"),
                        button("list", "Choose another commit"),
                        asking("newest", "Return to newest"),
                        button("keep", "Keep")))));

    assertThat(BlockKit.problems(drawn)).isEmpty();
    assertThat(drawn).hasSize(1);
    JsonNode menu = drawn.path(0).path("elements").path(3);
    assertThat(menu.path("type").asText()).isEqualTo("overflow");
    assertThat(menu.path("action_id").asText()).isEqualTo("keep#99");
    assertThat(menu.path("options").findValuesAsText("value")).containsExactly("v");
  }

  @Test
  void putsWhatIsTooLongForAMenuBelow() {
    var longOne = new Button("keep", "Keep", "x".repeat(151), Style.PLAIN, Optional.empty());
    JsonNode drawn =
        Blocks.of(
            message(
                new Block.Buttons(
                    List.of(button("a", "A"), button("b", "B"), button("c", "C"), longOne))));

    assertThat(drawn).hasSize(2);
    assertThat(drawn.path(1).path("elements").findValuesAsText("action_id"))
        .containsExactly("keep");
  }

  @Test
  void leavesAButtonOutWhoseSealWouldBreak() {
    var kept = button("keep", "Keep");
    var broken = new Button("go", "Go", "x".repeat(2_001), Style.PRIMARY, Optional.empty());
    JsonNode drawn = Blocks.of(message(new Block.Buttons(List.of(broken, kept))));
    assertThat(drawn.findValuesAsText("action_id")).containsExactly("keep");
  }

  @Test
  void keepsTheButtonsOfAVeryLongMessage() {
    var blocks = new ArrayList<Block>();
    for (int i = 0; i < 80; i++) {
      blocks.add(new Block.Paragraph(List.of(new Part.Literal("line " + i))));
    }
    blocks.add(new Block.Buttons(List.of(button("stop", "Stop"))));
    JsonNode drawn = Blocks.of(new Message("long", blocks));
    assertThat(drawn).hasSize(50);
    assertThat(drawn.path(49).path("type").asText()).isEqualTo("actions");
    assertThat(BlockKit.problems(drawn)).isEmpty();
  }

  @Test
  void saysEverythingInTheTextAlone() {
    var message =
        new Message(
            "VERIFIED k-back",
            List.of(
                new Block.Heading("VERIFIED k-back"),
                new Block.Paragraph(List.of(new Part.Literal("930c691 -> 6831359"))),
                new Block.Code("gcloud run services update-traffic"),
                new Block.Buttons(List.of(button("undo", "Undo"), button("keep", "Keep")))));
    assertThat(Blocks.text(message))
        .isEqualTo(
            """
            VERIFIED k-back
            930c691 -&gt; 6831359
            ```
            gcloud run services update-traffic
            ```
            [Undo] [Keep]""");
  }

  @Test
  void keepsTheConfirmDialogInThePlainestForm() {
    JsonNode drawn = Blocks.plainest(nasty(new Random(1)));
    assertThat(drawn.findValues("confirm")).isNotEmpty();
  }

  @Test
  void drawsNothingThatSlackRefusesOrThatMentions() {
    for (int seed = 0; seed < 200; seed++) {
      Message message = nasty(new Random(seed));
      for (JsonNode drawn : List.of(Blocks.of(message), Blocks.plainest(message))) {
        assertThat(BlockKit.problems(drawn)).as("seed %d", seed).isEmpty();
        assertThat(drawn).isNotEmpty();
        for (JsonNode text : drawn.findValues("text")) {
          if (text.path("type").asText().equals("mrkdwn")) {
            assertThat(text.path("text").asText()).doesNotContainPattern(MENTION);
          }
          if (text.isTextual()) {
            assertThat(text.asText()).doesNotContainPattern(HIDDEN);
          }
        }
      }
      assertThat(Blocks.text(message))
          .isNotBlank()
          .hasSizeLessThanOrEqualTo(4_000)
          .doesNotContainPattern(MENTION)
          .doesNotContainPattern(HIDDEN);
    }
  }

  private static Message nasty(Random random) {
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Buttons(List.of(nastyButton(random))));
    for (int n = random.nextInt(8); n > 0; n--) {
      blocks.add(
          switch (random.nextInt(6)) {
            case 0 -> new Block.Heading(string(random));
            case 1 -> new Block.Code(string(random));
            case 2 -> new Block.Context(nastyParts(random));
            case 3 -> new Block.Buttons(List.of(nastyButton(random), nastyButton(random)));
            case 4 -> new Block.Row(nastyParts(random), nastyButton(random));
            default -> new Block.Paragraph(nastyParts(random));
          });
    }
    return new Message(string(random), blocks);
  }

  private static List<Part> nastyParts(Random random) {
    var parts = new ArrayList<Part>();
    for (int n = random.nextInt(5); n > 0; n--) {
      parts.add(
          switch (random.nextInt(5)) {
            case 0 -> new Part.Bold(string(random));
            case 1 -> new Part.Mono(string(random));
            case 2 -> new Part.Link("https://x.example/" + string(random), string(random));
            case 3 -> new Part.LineBreak();
            default -> new Part.Literal(string(random));
          });
    }
    return parts;
  }

  private static Button nastyButton(Random random) {
    var confirm = new Confirm(string(random), string(random), string(random), string(random));
    var style = STYLES.get(random.nextInt(3));
    return new Button("roll_back", string(random), "value", style, Optional.of(confirm));
  }

  private static String string(Random random) {
    String one = NASTY.get(random.nextInt(NASTY.size()));
    return random.nextBoolean() ? one : one + NASTY.get(random.nextInt(NASTY.size()));
  }

  private static Button asking(String action, String label) {
    var confirm = new Confirm("Sure?", "It moves users.", label, "Keep as is");
    return new Button(action, label, "v", Style.PLAIN, Optional.of(confirm));
  }

  private static Button button(String action, String label) {
    return new Button(action, label, "v", Style.PLAIN, Optional.empty());
  }

  private static Message message(Block block) {
    return new Message("x", List.of(block));
  }

  private static Arguments drawn(String why, Part part, String drawn) {
    return Arguments.of(why, part, drawn);
  }
}
