package dev.rollbackbot.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Blocks")
class BlockKitTest {
  private static final String BUTTON =
      "{'type':'button','action_id':'go','text':{'type':'plain_text','text':'Go'}}";

  static Stream<Arguments> valid() {
    return Stream.of(
        Arguments.of("no blocks at all", "[]"),
        Arguments.of("a divider", "[{'type':'divider'}]"),
        Arguments.of("a section at its limit", section("x".repeat(3000))),
        Arguments.of("3000 emoji count as 3000", section("😀".repeat(3000))),
        Arguments.of(
            "ten fields", "[{'type':'section','fields':[" + repeat(10, mrkdwn("f")) + "]}]"),
        Arguments.of(
            "an accessory button",
            "[{'type':'section','text':%s,'accessory':%s}]".formatted(mrkdwn("a"), BUTTON)),
        Arguments.of("25 buttons", actions(buttons(25))),
        Arguments.of("a value of 2000", actions(button("'value':'" + "v".repeat(2000) + "'"))),
        Arguments.of(
            "the same action id in two blocks",
            "["
                + "{'type':'actions','elements':[%s]},"
                    .formatted(BUTTON)
                    .repeat(2)
                    .replaceAll(",$", "")
                + "]"),
        Arguments.of(
            "a confirm dialog at its limits",
            actions(button("'confirm':" + confirm(100, 300, 30, 30)))),
        Arguments.of(
            "a menu of five",
            actions("{'type':'overflow','action_id':'m','options':[" + options(5) + "]}")),
        Arguments.of(
            "an input",
            "[{'type':'input','label':%s,'element':{'type':'plain_text_input','action_id':'r','multiline':true}}]"
                .formatted(plain("Reason"))),
        Arguments.of(
            "a picture",
            "[{'type':'image','image_url':'https://x.example/a.png','alt_text':'p95'}]"),
        Arguments.of(
            "rich text",
            "[{'type':'rich_text','elements':[{'type':'rich_text_list','style':'bullet','elements':[{'type':'rich_text_section','elements':[{'type':'text','text':'a','style':{'bold':true}}]}]},{'type':'rich_text_preformatted','elements':[{'type':'text','text':'b'}]}]}]"));
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        Arguments.of("no array", "{}", "must be an array [json-pointer:/blocks]"),
        Arguments.of(
            "51 blocks",
            "[" + repeat(51, "{'type':'divider'}") + "]",
            "no more than 50 items allowed [json-pointer:/blocks]"),
        Arguments.of(
            "an unknown type",
            "[{'type':'table'}]",
            "unsupported type: table [json-pointer:/blocks/0]"),
        Arguments.of(
            "an unknown field",
            "[{'type':'divider','text':1}]",
            "invalid additional property: text [json-pointer:/blocks/0]"),
        Arguments.of(
            "a section of 3001",
            section("x".repeat(3001)),
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        Arguments.of(
            "an empty section",
            section(""),
            "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        Arguments.of(
            "a section without text",
            "[{'type':'section'}]",
            "must define either `text` or `fields` [json-pointer:/blocks/0]"),
        Arguments.of(
            "eleven fields",
            "[{'type':'section','fields':[" + repeat(11, mrkdwn("f")) + "]}]",
            "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
        Arguments.of(
            "a field of 2001",
            "[{'type':'section','fields':[" + mrkdwn("f".repeat(2001)) + "]}]",
            "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"),
        Arguments.of(
            "a header of 151",
            "[{'type':'header','text':" + plain("h".repeat(151)) + "}]",
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]"),
        Arguments.of(
            "mrkdwn in a header",
            "[{'type':'header','text':" + mrkdwn("h") + "}]",
            "must be a text object of type plain_text [json-pointer:/blocks/0/text]"),
        Arguments.of(
            "emoji flag on mrkdwn",
            "[{'type':'section','text':{'type':'mrkdwn','text':'a','emoji':true}}]",
            "invalid additional property: emoji [json-pointer:/blocks/0/text]"),
        Arguments.of(
            "eleven in a context",
            "[{'type':'context','elements':[" + repeat(11, mrkdwn("c")) + "]}]",
            "no more than 10 items allowed [json-pointer:/blocks/0/elements]"),
        Arguments.of(
            "a button in a context",
            "[{'type':'context','elements':[" + BUTTON + "]}]",
            "unsupported type: button [json-pointer:/blocks/0/elements/0]"),
        Arguments.of(
            "26 buttons",
            actions(buttons(26)),
            "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
        Arguments.of(
            "no buttons",
            actions(""),
            "must contain at least 1 items [json-pointer:/blocks/0/elements]"),
        Arguments.of(
            "a label of 76",
            actions("{'type':'button','text':" + plain("l".repeat(76)) + "}"),
            "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"),
        Arguments.of(
            "a value of 2001",
            actions(button("'value':'" + "v".repeat(2001) + "'")),
            "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"),
        Arguments.of(
            "an empty value",
            actions(button("'value':''")),
            "must be more than 0 characters [json-pointer:/blocks/0/elements/0/value]"),
        Arguments.of(
            "a style of its own",
            actions(button("'style':'default'")),
            "must be one of danger, primary [json-pointer:/blocks/0/elements/0/style]"),
        Arguments.of(
            "an action id of 256",
            actions(
                "{'type':'button','action_id':'"
                    + "i".repeat(256)
                    + "','text':"
                    + plain("a")
                    + "}"),
            "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"),
        Arguments.of(
            "one action id twice in a block",
            actions(BUTTON + "," + BUTTON),
            "`action_id` go already exists for another element of the block [json-pointer:/blocks/0/elements/1]"),
        Arguments.of(
            "one block id twice",
            "[{'type':'divider','block_id':'b'},{'type':'divider','block_id':'b'}]",
            "`block_id` b already exists for another block [json-pointer:/blocks/1]"),
        Arguments.of(
            "a confirm title of 101",
            actions(button("'confirm':" + confirm(101, 1, 1, 1))),
            "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]"),
        Arguments.of(
            "a confirm text of 301",
            actions(button("'confirm':" + confirm(1, 301, 1, 1))),
            "must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]"),
        Arguments.of(
            "a confirm button of 31",
            actions(button("'confirm':" + confirm(1, 1, 31, 1))),
            "must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/confirm/text]"),
        Arguments.of(
            "a deny button of 31",
            actions(button("'confirm':" + confirm(1, 1, 1, 31))),
            "must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]"),
        Arguments.of(
            "a menu of six",
            actions("{'type':'overflow','options':[" + options(6) + "]}"),
            "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]"),
        Arguments.of(
            "a long option value",
            actions(
                "{'type':'overflow','options':[{'text':"
                    + plain("a")
                    + ",'value':'"
                    + "v".repeat(151)
                    + "'}]}"),
            "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]"),
        Arguments.of(
            "101 options",
            actions("{'type':'static_select','options':[" + options(101) + "]}"),
            "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"),
        Arguments.of(
            "a picture without alt text",
            "[{'type':'image','image_url':'https://x.example/a.png'}]",
            "missing required field: alt_text [json-pointer:/blocks/0]"),
        Arguments.of(
            "an input without a label",
            "[{'type':'input','element':{'type':'plain_text_input'}}]",
            "missing required field: label [json-pointer:/blocks/0]"),
        Arguments.of(
            "an unknown rich element",
            "[{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'b'}]}]}]",
            "unsupported type: b [json-pointer:/blocks/0/elements/0/elements/0]"));
  }

  static Stream<Arguments> views() {
    return Stream.of(
        Arguments.of(
            "a modal",
            "{'type':'modal','title':%s,'blocks':[{'type':'divider'}]}".formatted(plain("T")),
            ""),
        Arguments.of(
            "a title of 25",
            "{'type':'modal','title':%s,'blocks':[{'type':'divider'}]}"
                .formatted(plain("t".repeat(25))),
            "must be less than 25 characters [json-pointer:/view/title/text]"),
        Arguments.of(
            "an input without submit",
            "{'type':'modal','title':%s,'blocks':[{'type':'input','label':%s,'element':{'type':'plain_text_input'}}]}"
                .formatted(plain("T"), plain("L")),
            "missing required field: submit [json-pointer:/view]"),
        Arguments.of(
            "another type", "{'type':'sheet'}", "unsupported type: sheet [json-pointer:/view]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("valid")
  void are_accepted(String what, String blocks) {
    assertThat(BlockKit.problems(Json.parse(json(blocks)).orElseThrow())).as(what).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void are_refused_with_their_place(String what, String blocks, String problem) {
    assertThat(BlockKit.problems(Json.parse(json(blocks)).orElseThrow()))
        .as(what)
        .containsExactly(problem);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void of_a_modal(String what, String view, String problem) {
    assertThat(String.join("; ", BlockKit.viewProblems(Json.parse(json(view)).orElseThrow())))
        .as(what)
        .isEqualTo(problem);
  }

  private static String json(String single) {
    return single.replace('\'', '"');
  }

  private static String plain(String text) {
    return "{'type':'plain_text','text':'" + text + "'}";
  }

  private static String mrkdwn(String text) {
    return "{'type':'mrkdwn','text':'" + text + "'}";
  }

  private static String section(String text) {
    return "[{'type':'section','text':" + mrkdwn(text) + "}]";
  }

  private static String actions(String elements) {
    return "[{'type':'actions','elements':[" + elements + "]}]";
  }

  private static String button(String more) {
    return BUTTON.substring(0, BUTTON.length() - 1) + "," + more + "}";
  }

  private static String buttons(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> BUTTON.replace("'go'", "'go" + i + "'"))
        .collect(Collectors.joining(","));
  }

  private static String options(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{'text':" + plain("o" + i) + ",'value':'v" + i + "'}")
        .collect(Collectors.joining(","));
  }

  private static String confirm(int title, int text, int confirm, int deny) {
    return "{'title':%s,'text':%s,'confirm':%s,'deny':%s}"
        .formatted(
            plain("t".repeat(title)),
            mrkdwn("x".repeat(text)),
            plain("c".repeat(confirm)),
            plain("d".repeat(deny)));
  }

  private static String repeat(int times, String item) {
    return IntStream.range(0, times).mapToObj(i -> item).collect(Collectors.joining(","));
  }
}
