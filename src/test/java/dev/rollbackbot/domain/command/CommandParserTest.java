package dev.rollbackbot.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.model.Problem;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandParserTest {
  private static final CommandParser PARSER =
      new CommandParser(Set.of("k-back", "k-back-admin", "k-front"));

  private static final String SHA = "6831359aa0c1d2e3f405162738495a6b7c8d9e0f";

  static Stream<Arguments> understood() {
    return Stream.of(
        row("", "ListTargets"),
        row("   ", "ListTargets"),
        row("　", "ListTargets"),
        row("/rollback", "ListTargets"),
        row("list", "ListTargets"),
        row("list k-back", "ListTargets k-back"),
        row("k-back", "ListTargets k-back"),
        row("一覧", "ListTargets"),
        row("6831359", "go 6831359"),
        row(SHA, "go " + SHA),
        row("6831359AA", "go 6831359aa"),
        row("  6831359  ", "go 6831359"),
        row("6831359　k-back", "go 6831359 @k-back"),
        row("６８３１３５９", "go 6831359"),
        row("`6831359`", "go 6831359"),
        row("```6831359```", "go 6831359"),
        row("“6831359”", "go 6831359"),
        row("'6831359'", "go 6831359"),
        row("「6831359」", "go 6831359"),
        row("<6831359>", "go 6831359"),
        row("6831359.", "go 6831359"),
        row("6831359...", "go 6831359"),
        row("6831359…", "go 6831359"),
        row("6831359。", "go 6831359"),
        row("\u200b6831359\u200b", "go 6831359"),
        row("rollback 6831359", "go 6831359"),
        row("Rollback to 6831359", "go 6831359"),
        row("to 6831359 k-back", "go 6831359 @k-back"),
        row("/rollback 6831359", "go 6831359"),
        row("k-back 6831359", "go 6831359 @k-back"),
        row("k-back rollback to 6831359", "go 6831359 @k-back"),
        row("6831359 K-BACK", "go 6831359 @k-back"),
        row("6831359 k-back k-back", "go 6831359 @k-back"),
        row("6831359 `k-front`", "go 6831359 @k-front"),
        row("https://github.com/hana/k-back/commit/" + SHA, "go " + SHA),
        row("<https://github.com/hana/k-back/commit/6831359>", "go 6831359"),
        row("<https://github.com/hana/k-back/commit/6831359|hana/k-back@6831359>", "go 6831359"),
        row("<https://github.com/o/r/commit/6831359|Fix: the bug> k-back", "go 6831359 @k-back"),
        row("https://github.com/o/r/commit/6831359#diff-1", "go 6831359"),
        row("https://github.com/o/r/pull/7/commits/6831359?w=1", "go 6831359"),
        row("https://gitlab.example/o/r/-/commit/6831359", "go 6831359"),
        row("tag:v1.4.0", "go tag:v1.4.0"),
        row("TAG:V1.4.0", "go tag:V1.4.0"),
        row("ｔａｇ：v1.4.0", "go tag:v1.4.0"),
        row("branch:feature/plans k-back", "go branch:feature/plans @k-back"),
        row("k-back-00042-abc", "go k-back-00042-abc @k-back"),
        row("K-Back-00042-ABC", "go k-back-00042-abc @k-back"),
        row("k-back-admin-00007-xyz", "go k-back-admin-00007-xyz @k-back-admin"),
        row("k-back-00042-abc k-front", "go k-back-00042-abc @k-front"),
        row("previous", "go previous"),
        row("Previous k-back", "go previous @k-back"),
        row("前回", "go previous"),
        row("6831359 --route redeploy", "go 6831359 by redeploy"),
        row("6831359 --route=Shift k-back", "go 6831359 @k-back by shift"),
        row("6831359 —route redeploy --reason KeyError", "go 6831359 by redeploy (KeyError)"),
        row("previous ーroute `redeploy`", "go previous by redeploy"),
        row("6831359 --reason \"KeyError in /plans\"", "go 6831359 (KeyError in /plans)"),
        row("6831359 --reason KeyError in /plans", "go 6831359 (KeyError in /plans)"),
        row("6831359 --reason=\"KeyError\" k-back", "go 6831359 @k-back (KeyError)"),
        row("6831359 —reason “it doesn’t plan”", "go 6831359 (it doesn’t plan)"),
        row("6831359 --reason 'it doesn't plan'", "go 6831359 (it doesn't plan)"),
        row("6831359　－－ｒｅａｓｏｎ　「計画が出ない」", "go 6831359 (計画が出ない)"),
        row("6831359 ーーreason 計画が　出ない", "go 6831359 (計画が 出ない)"),
        row("6831359 --Reason \"never closed", "go 6831359 (never closed)"),
        row("`6831359 --reason \"x y\"`", "go 6831359 (x y)"),
        row("--reason \"x\" 6831359", "go 6831359 (x)"),
        row("previous --reason \"two\nlines\"", "go previous (two lines)"),
        row("6831359 --alone \"nobody is awake\"", "go 6831359 (nobody is awake) alone"),
        row("6831359 k-back --alone nobody else", "go 6831359 @k-back (nobody else) alone"),
        row("6831359　－－ａｌｏｎｅ　「だれもいない」", "go 6831359 (だれもいない) alone"),
        row(
            "6831359 --reason \"KeyError\" --alone \"night\"",
            "go 6831359 (KeyError; night) alone"),
        row(
            "6831359 --alone \"night\" --reason \"KeyError\"",
            "go 6831359 (night; KeyError) alone"),
        row("undo --alone \"night\"", "Undo (night) alone"),
        row("newest k-back --alone \"night\"", "Newest k-back (night) alone"),
        row("最新 --alone 夜中", "Newest (夜中) alone"),
        row("canary 6831359", "go 6831359 in steps"),
        row("canary previous k-back", "go previous @k-back in steps"),
        row("k-back canary 6831359", "go 6831359 @k-back in steps"),
        row("canary k-back 6831359", "go 6831359 @k-back in steps"),
        row("カナリア 6831359", "go 6831359 in steps"),
        row(
            "canary 6831359 --steps 5,25,100 --hold 5m",
            "go 6831359 in steps [5, 25, 100] of PT5M"),
        row("canary 6831359 --steps=10%,50%,100% --auto", "go 6831359 in steps [10, 50, 100] AUTO"),
        row("canary 6831359 --hold 90s --ask", "go 6831359 in steps of PT1M30S ASK"),
        row("canary 6831359 --hold １時間", "go 6831359 in steps of PT1H"),
        row("canary 6831359 --steps 10、100 --hold 30秒", "go 6831359 in steps [10, 100] of PT30S"),
        row(
            "canary 6831359 --route redeploy --auto --reason \"slow\"",
            "go 6831359 by redeploy in steps AUTO (slow)"),
        row("6831359 --steps 10,100", "go 6831359 in steps [10, 100]"),
        row("go-on", "GoOn"),
        row("続行 k-back", "GoOn k-back"),
        row("hold", "Hold"),
        row("wait k-back", "Wait k-back"),
        row("保留", "Hold"),
        row("待機", "Wait"),
        row("status", "Status"),
        row("STATUS", "Status"),
        row("ｓｔａｔｕｓ", "Status"),
        row("`status` k-back", "Status k-back"),
        row("k-back status", "Status k-back"),
        row("rollback status", "Status"),
        row("状態", "Status"),
        row("「状態」 k-back", "Status k-back"),
        row("history", "History"),
        row("履歴 k-front", "History k-front"),
        row("stop", "Stop"),
        row("stop!", "Stop"),
        row("停止", "Stop"),
        row("undo k-back", "Undo k-back"),
        row("取り消し", "Undo"),
        row("keep", "Keep"),
        row("維持", "Keep"),
        row("newest", "Newest"),
        row("最新　k-back", "Newest k-back"),
        row("help", "Help"),
        row("help status", "Help"),
        row("ヘルプ", "Help"),
        row("ﾍﾙﾌﾟ", "Help"));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        row("canary", "MISSING_TARGET usage=canary <commit> [service] word=canary"),
        row("canary k-back", "MISSING_TARGET usage=canary <commit> [service] word=canary"),
        row("canary status", "MISSING_TARGET usage=canary <commit> [service] word=canary"),
        row("canary 6831359 --steps 50,10,100", "STEPS_WRONG word=50,10,100"),
        row("canary 6831359 --steps 10,50", "STEPS_WRONG word=10,50"),
        row("canary 6831359 --steps 10, 50, 100", "STEPS_WRONG word=10"),
        row("canary 6831359 --steps", "STEPS_WRONG word=--steps"),
        row("canary 6831359 --hold soon", "HOLD_WRONG word=soon"),
        row("canary 6831359 --hold 0s", "HOLD_WRONG word=0s"),
        row("canary 6831359 --hold 13h", "HOLD_WRONG word=13h"),
        row("status --steps 10,100", "UNKNOWN_OPTION option=--steps"),
        row("undo --auto", "UNKNOWN_OPTION option=--auto"),
        row("statsu", "UNKNOWN_WORD suggestion=status word=statsu"),
        row("histroy k-back", "UNKNOWN_WORD suggestion=history word=histroy"),
        row("sotp", "UNKNOWN_WORD suggestion=stop word=sotp"),
        row("newst", "UNKNOWN_WORD suggestion=newest word=newst"),
        row("stat1s", "UNKNOWN_WORD suggestion=status word=stat1s"),
        row("状況", "UNKNOWN_WORD suggestion=状態 word=状況"),
        row("k-bakc", "UNKNOWN_WORD suggestion=k-back word=k-bakc"),
        row("somewhere", "UNKNOWN_WORD suggestion=help word=somewhere"),
        row("v1.4.0", "UNKNOWN_WORD suggestion=tag:v1.4.0 word=v1.4.0"),
        row("main", "UNKNOWN_WORD suggestion=branch:main word=main"),
        row("x".repeat(500), "UNKNOWN_WORD suggestion=help word=" + "x".repeat(60)),
        row("683135", "NOT_A_TARGET word=683135"),
        row("abc", "NOT_A_TARGET word=abc"),
        row("683135g", "NOT_A_TARGET word=683135g"),
        row(SHA + "0", "NOT_A_TARGET word=" + SHA + "0"),
        row("tag:", "NOT_A_TARGET word=tag:"),
        row("tag:a..b", "NOT_A_TARGET word=tag:a..b"),
        row("branch:--upload-pack=x", "NOT_A_TARGET word=branch:--upload-pack=x"),
        row("https://example.com/x", "NOT_A_TARGET word=https://example.com/x"),
        row("rollback", "MISSING_TARGET usage=<commit> [service] word=rollback"),
        row("to k-back", "MISSING_TARGET usage=<commit> [service] word=to"),
        row("--reason \"x\"", "MISSING_TARGET usage=<commit> [service] word=--reason"),
        row("6831359 k-back now", "TOO_MANY_WORDS word=now"),
        row("status k-back k-front", "TOO_MANY_WORDS word=k-front"),
        row(
            "6831359 k-bakc",
            "SERVICE_NOT_CONFIGURED known=k-back, k-back-admin, k-front service=k-bakc"),
        row("status now", "SERVICE_NOT_CONFIGURED known=k-back, k-back-admin, k-front service=now"),
        row("6831359 --route sideways", "ROUTE_UNKNOWN word=sideways"),
        row("6831359 --route", "ROUTE_UNKNOWN word=--route"),
        row("--route shift", "MISSING_TARGET usage=<commit> [service] word=--route"),
        row("status --route shift", "UNKNOWN_OPTION option=--route"),
        row("6831359 --force", "UNKNOWN_OPTION option=--force"),
        row("6831359 -x", "UNKNOWN_OPTION option=--x"),
        row("undo --reason \"x\"", "UNKNOWN_OPTION option=--reason"),
        row("stop --alone \"x\"", "UNKNOWN_OPTION option=--alone"),
        row("--alone \"x\"", "MISSING_TARGET usage=<commit> [service] word=--alone"),
        row("undo --alone", "OPTION_NEEDS_VALUE option=--alone"),
        row("6831359 --reason", "OPTION_NEEDS_VALUE option=--reason"),
        row("6831359 --reason \"\"", "OPTION_NEEDS_VALUE option=--reason"));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("understood")
  void understands(String typed, String meant) {
    assertThat(shown(PARSER.parse(typed))).isEqualTo(meant);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("wrong")
  void saysWhichWordIsWrong(String typed, String problem) {
    assertThat(shown(PARSER.parse(typed))).isEqualTo(problem);
  }

  @Test
  void cutsALongReasonAtTwoHundredCharacters() {
    String parsed = shown(PARSER.parse("6831359 --reason \"" + "🙂".repeat(250) + "\""));
    assertThat(parsed).isEqualTo("go 6831359 (" + "🙂".repeat(200) + ")");
  }

  @Test
  void neverThrows() {
    String alphabet = "68a- —\"'“`<>|:.tag:--reason=　k-back\u200b\ud83d　🙂取/\u0000\n";
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(PARSER.parse(text.toString())).isNotNull();
    }
  }

  @Test
  void readsEveryExampleOfTheHelp() {
    assertThat(CommandHelp.rows())
        .allSatisfy(
            row -> assertThat(PARSER.parse(row.example())).isInstanceOf(Parsed.Understood.class));
  }

  private static Arguments row(String typed, String meant) {
    return Arguments.of(typed, meant);
  }

  private static String shown(Parsed parsed) {
    return switch (parsed) {
      case Parsed.Wrong(Problem problem) -> {
        var text = new StringBuilder(problem.code().name());
        new TreeMap<>(problem.details()).forEach((k, v) -> text.append(' ' + k + '=' + v));
        yield text.toString();
      }
      case Parsed.Understood(Command.Rollback rollback) ->
          "go "
              + rollback.target().typed()
              + rollback.service().map(s -> " @" + s).orElse("")
              + rollback.route().map(r -> " by " + r.word()).orElse("")
              + rollback.steps().map(CommandParserTest::shown).orElse("")
              + rollback.reason().map(CommandParserTest::shown).orElse("");
      case Parsed.Understood(Command.Undo(Optional<String> service, Optional<Reason> alone)) ->
          "Undo"
              + service.map(s -> " " + s).orElse("")
              + alone.map(CommandParserTest::shown).orElse("");
      case Parsed.Understood(Command.Newest(Optional<String> service, Optional<Reason> alone)) ->
          "Newest"
              + service.map(s -> " " + s).orElse("")
              + alone.map(CommandParserTest::shown).orElse("");
      case Parsed.Understood(Command command) ->
          command.getClass().getSimpleName() + command.service().map(s -> " " + s).orElse("");
    };
  }

  private static String shown(InSteps steps) {
    return " in steps"
        + steps.steps().map(percents -> " " + percents).orElse("")
        + steps.hold().map(hold -> " of " + hold).orElse("")
        + steps.advance().map(advance -> " " + advance).orElse("");
  }

  private static String shown(Reason reason) {
    return " (" + reason.text() + ")" + (reason.alone() ? " alone" : "");
  }
}
