package dev.rollbackbot.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.text.Message.Block;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every problem says what was being done, why it stopped and what to do, in both languages. */
class ProblemTextTest {

  @ParameterizedTest
  @EnumSource(Code.class)
  void everyCodeHasItsThreeSentences(Code code) throws IOException {
    for (Locale language : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
      Message message = ProblemComposer.compose(Problems.of(code), language);
      assertThat(message.blocks()).hasSize(4);
      assertThat(message.blocks().getFirst()).isInstanceOf(Block.Heading.class);
      String text = PlainText.render(message);
      assertThat(text).contains(code.name()).doesNotContain("{").doesNotContain("}");
      assertThat(text.lines().filter(line -> !line.isBlank())).hasSizeBetween(4, 5);
    }
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void theDetailsThatChooseBetweenThingsAreSaid(Code code) throws IOException {
    for (String name : Problems.documented().getOrDefault(code, List.of())) {
      // The split before is on the rebuilt card; the moved split is what matters in one sentence.
      if (name.equals("was") || name.equals("kind") || name.equals("state") || name.equals("at")) {
        continue;
      }
      String value = Problems.of(code).details().getOrDefault(name, "");
      for (Locale language : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
        assertThat(PlainText.render(ProblemComposer.compose(Problems.of(code), language)))
            .contains(value);
      }
    }
  }

  @Test
  void aDetailThatWasForgottenIsUnknownAndNotACrash() {
    Problem bare = Problem.refusal(Code.NO_IMAGE);
    assertThat(PlainText.render(ProblemComposer.compose(bare, Locale.JAPANESE)))
        .contains("不明 のイメージがありません");
    assertThat(PlainText.render(ProblemComposer.compose(bare, Locale.ENGLISH)))
        .contains("unknown has no image");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ja | 失敗: イメージの確認
          ja | ボットにレジストリを読む権限 artifactregistry.tags.get がなく、イメージがあるか分かりません。
          ja | 権限を付けるコマンド: gcloud artifacts repositories add-iam-policy-binding k-back-repo
          en | Failed: checking the image
          en | The bot may not read the registry (artifactregistry.tags.get is missing)
          en | To grant it: gcloud artifacts repositories add-iam-policy-binding k-back-repo
          """)
  void aRegistryThatMayNotBeReadNamesThePermissionAndItsCommand(String language, String sentence) {
    Problem denied =
        Problem.failure(
            Code.REGISTRY_DENIED,
            Map.of(
                "permission",
                "artifactregistry.tags.get",
                "command",
                "gcloud artifacts repositories add-iam-policy-binding k-back-repo"));

    Message message = ProblemComposer.compose(denied, Locale.forLanguageTag(language));

    assertThat(PlainText.render(message).replace("`", "")).contains(sentence, "REGISTRY_DENIED");
  }

  @Test
  void statesKindsAndTimesAreInThePersonsLanguage() {
    Problem running =
        Problem.refusal(Code.JOB_RUNNING, Map.of("state", "VERIFYING", "requester", "U0BEN"));
    assertThat(PlainText.render(ProblemComposer.compose(running, Locale.JAPANESE)))
        .contains("状態: 検証中、依頼: U0BEN");
    Problem guest = Problem.refusal(Code.PERSON_NOT_ALLOWED, Map.of("kind", "GUEST"));
    assertThat(PlainText.render(ProblemComposer.compose(guest, Locale.JAPANESE)))
        .contains("ゲストからは操作できません");
    Problem used =
        Problem.refusal(Code.OFFER_USED, Map.of("approver", "U0BEN", "at", "2026-11-23T18:02:05Z"));
    assertThat(PlainText.render(ProblemComposer.compose(used, Locale.JAPANESE)))
        .contains("2026-11-24 03:02:05 JST");
    assertThat(PlainText.render(ProblemComposer.compose(used, Locale.ENGLISH)))
        .contains("2026-11-23 18:02:05 UTC");
  }

  @Test
  void whoMayApproveIsNamedOneByOne() {
    Problem stranger = Problem.refusal(Code.NOT_AN_APPROVER, Map.of("approvers", "U0BEN, U0AIKO"));
    assertThat(ProblemComposer.compose(stranger, Locale.ENGLISH).blocks())
        .anySatisfy(
            block ->
                assertThat(block)
                    .isInstanceOfSatisfying(
                        Block.Paragraph.class,
                        paragraph ->
                            assertThat(paragraph.parts())
                                .contains(
                                    new Message.Part.Mention("U0BEN"),
                                    new Message.Part.Mention("U0AIKO"))));
  }
}
