package dev.rollbackbot.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.command.CommandHelp;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.model.Hand;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.plan.Caution;
import dev.rollbackbot.domain.plan.Migration;
import dev.rollbackbot.domain.plan.Proof;
import dev.rollbackbot.domain.plan.Routes;
import dev.rollbackbot.domain.plan.Track.Worth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The two languages hold the same sentences, with the same places, and none that nobody says. */
class TextKeysTest {
  private static final Pattern PLACE = Pattern.compile("\\{[a-zA-Z0-9]+}");
  private static final Texts JAPANESE = Texts.of(Locale.JAPANESE);
  private static final Texts ENGLISH = Texts.of(Locale.ENGLISH);

  @Test
  void bothLanguagesHaveTheSameKeys() {
    assertThat(JAPANESE.keys()).isEqualTo(ENGLISH.keys());
  }

  /** A state may be told with fewer values in one language; everything else names the same. */
  @Test
  void bothLanguagesNameTheSameValues() {
    assertThat(ENGLISH.keys())
        .filteredOn(key -> !key.startsWith("phase."))
        .allSatisfy(
            key -> assertThat(places(JAPANESE, key)).as(key).isEqualTo(places(ENGLISH, key)));
  }

  private static Set<String> places(Texts texts, String key) {
    return PLACE
        .matcher(texts.template(key))
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noSentenceIsLeftThatNobodySays() throws IOException {
    String sources = sources();
    Set<String> families = families();
    assertThat(ENGLISH.keys())
        .allMatch(key -> families.contains(key) || sources.contains("\"" + key + "\""));
  }

  /** Keys that are put together from a closed set, and so never stand in a source as a whole. */
  private static Set<String> families() {
    return Stream.of(
            of("phase.", List.of(Phase.values()), ".word", ".now", ".line"),
            of("problem.", List.of(Problem.Code.values()), ".what", ".why", ".next"),
            of("proof.", List.of(Proof.values()), ""),
            of("proof.short.", List.of(Proof.values()), ""),
            of("downgrade.", List.of(Migration.Downgrade.values()), ""),
            of("done.", List.of(JobAction.values()), ""),
            of("help.", CommandHelp.rows().stream().map(CommandHelp.Row::key).toList(), ""),
            of(
                "action.",
                Stream.concat(
                        Arrays.stream(JobAction.values()).map(JobAction::id),
                        Stream.of("stop_moved", "stop_return", "stop_canary", "switch_canary"))
                    .toList(),
                ".label",
                ".confirm",
                ".yes"),
            of("route.", List.of(Route.values()), ""),
            of("route.other.", List.of(Route.values()), ""),
            of("route.why.", List.of(Routes.Why.values()), ""),
            of("figure.", List.of(Settings.Figure.values()), ""),
            Stream.of("offer.how", "offer.confirm")
                .flatMap(key -> Stream.of(key, key + ".canary"))
                .flatMap(key -> Stream.of(key, key + ".redeploy"))
                .flatMap(key -> Stream.of(key, key + ".unprobed")),
            of(
                "caution.",
                Arrays.stream(Caution.class.getPermittedSubclasses())
                    .map(Class::getSimpleName)
                    .toList(),
                ""),
            of("offer.", List.of("", "canary."), "button", "confirm.title", "confirm.yes"),
            of("canary.direction.", List.of(Direction.values()), ""),
            of("canary.doubt.", List.of(Canary.Doubt.values()), ""),
            of("canary.ladder.", List.of(Ladder.Advance.values()), ""),
            Stream.of(
                "phase.HOLDING.held",
                "phase.HOLDING.held.line",
                "phase.UNDOING.reverting",
                "canary.ladder.HELD"),
            of("caution.KeptBy.", List.of(Hand.values()), ""),
            of("track.worth.", List.of(Worth.values()), ""),
            of("unknown.", List.of("git", "registry", "logs", "revisions", "builds", "commit"), ""),
            of(
                "reason.",
                List.of(
                    "no_public_address",
                    "the_revision_was_deleted",
                    "the_platform_made_no_revision",
                    "the_revision_did_not_get_ready_in_time"),
                ""),
            of("kind.", List.of("guest", "bot", "deleted", "foreign"), ""),
            of("over.", List.of("expired", "moved", "other"), ""),
            of("duration.", List.of("d", "h", "min", "s"), ""),
            of(
                "figures.",
                List.of(
                    "requests",
                    "errors",
                    "p50",
                    "p95",
                    "gone",
                    "unseen",
                    "still",
                    "fresh",
                    "unsure"),
                ""),
            Stream.of(
                "phase.STOPPED.nobody",
                "phase.NEWEST_UNWELL.elsewhere",
                "phase.NEWEST_UNWELL.pinned",
                "phase.RETURN_PREPARING.restoring"))
        .flatMap(keys -> keys)
        .collect(Collectors.toSet());
  }

  private static Stream<String> of(String prefix, List<?> names, String... suffixes) {
    return names.stream()
        .flatMap(name -> Arrays.stream(suffixes).map(suffix -> prefix + name + suffix));
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(TextKeysTest::read)
          .collect(Collectors.joining());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
