package dev.rollbackbot.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.port.CommitHistory;
import dev.rollbackbot.port.CommitHistory.Resolution;
import dev.rollbackbot.port.WorldException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHistoryTest {
  private static final GitLimits EAGER =
      new GitLimits(Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(30), 1_000, 1L << 30);
  private static final GitLimits CALM =
      new GitLimits(
          Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofSeconds(30), 1_000, 1L << 30);

  @TempDir Path temp;
  private Origin origin;
  private GitHistories histories;
  private @Nullable CommitHistory opened;

  @BeforeEach
  void setUp() {
    origin = new Origin(temp.resolve("origin.git"));
    histories = new GitHistories(temp.resolve("clones"), Optional.empty(), EAGER);
  }

  @AfterEach
  void tearDown() {
    histories.close();
    origin.close();
  }

  private void use(GitLimits limits) {
    histories.close();
    histories = new GitHistories(temp.resolve("clones"), Optional.empty(), limits);
    opened = null;
  }

  /** Opened late, so that the first fetch meets what the test put there. */
  private CommitHistory history() {
    if (opened == null) {
      opened = histories.of(origin.url(), "main", Optional.empty());
    }
    return opened;
  }

  private Resolution resolve(String commit) {
    return history().resolve(new Target.Commit(new CommitSha(commit)));
  }

  @Test
  void aCommitIsFoundByItsWholeNameAndByItsFirstSevenDigits() {
    origin.commit("first");
    CommitSha second = origin.commit("Fix KeyError: 'plan_id'\n\nLong story.");
    var expected =
        new CommitInfo(
            second, "Fix KeyError: 'plan_id'", "Aiko", Instant.parse("2026-11-01T00:02:00Z"));

    assertThat(resolve(second.value())).isEqualTo(new Resolution.Found(expected, true));
    assertThat(resolve(second.abbreviated())).isEqualTo(new Resolution.Found(expected, true));
  }

  @Test
  void fortyDigitsThatNameNothingAreMissing() {
    origin.commit("first");

    assertThat(resolve("0123456789abcdef0123456789abcdef01234567"))
        .isEqualTo(new Resolution.Missing());
  }

  @Test
  void aFileOrTreeIsNoCommit() {
    origin.commit("main", "first", Map.of("a.txt", "hello"));

    assertThat(resolve(origin.blob("hello").name())).isEqualTo(new Resolution.Missing());
    assertThat(resolve(origin.blob("hello").name().substring(0, 8)))
        .isEqualTo(new Resolution.Missing());
  }

  @Test
  void digitsMeanACommitEvenWhenABranchAndATagAreNamedLikeThem() {
    CommitSha wanted = origin.commit("wanted");
    CommitSha other = origin.commit("other");
    origin.branch(wanted.abbreviated());
    origin.tag(wanted.abbreviated(), other);

    assertThat(resolve(wanted.abbreviated()))
        .isInstanceOfSatisfying(
            Resolution.Found.class, found -> assertThat(found.commit().sha()).isEqualTo(wanted));
  }

  @Test
  void anAmbiguousAbbreviationListsTheCommitsThatItMayMean() {
    origin.commit("first");
    CommitBuilder[] twins = twins();
    CommitSha one = origin.insertExactly("one", twins[0]);
    CommitSha two = origin.insertExactly("two", twins[1]);
    assertThat(one.abbreviated()).isEqualTo(two.abbreviated());

    assertThat(resolve(one.abbreviated()))
        .isInstanceOfSatisfying(
            Resolution.Ambiguous.class,
            ambiguous ->
                assertThat(ambiguous.candidates())
                    .extracting(CommitInfo::sha)
                    .containsExactlyInAnyOrder(one, two));
    assertThat(resolve(one.value())).isInstanceOf(Resolution.Found.class);
    assertThat(history().texts(List.of(new CommitSha(one.abbreviated())))).isEmpty();
  }

  /** Two commits with the same first 28 bits: by the birthday paradox about 20,000 tries. */
  private CommitBuilder[] twins() {
    var seen = new HashMap<String, CommitBuilder>();
    try (var inserter = new ObjectInserter.Formatter()) {
      CommitBuilder base = origin.draft("twin");
      for (int i = 0; i < 1_000_000; i++) {
        var draft = new CommitBuilder();
        draft.setTreeId(base.getTreeId());
        draft.setParentIds(base.getParentIds());
        draft.setAuthor(base.getAuthor());
        draft.setCommitter(base.getCommitter());
        draft.setMessage("twin " + i);
        String id = inserter.idFor(Constants.OBJ_COMMIT, draft.build()).name();
        CommitBuilder twin = seen.put(id.substring(0, 7), draft);
        if (twin != null) {
          return new CommitBuilder[] {twin, draft};
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("a million commits and no two begin alike");
  }

  @Test
  void aCommitOfAnotherBranchIsFoundButNotOnTheBranch() {
    origin.commit("first");
    origin.branch("feature/x");
    CommitSha aside = origin.commit("feature/x", "aside", Map.of());

    assertThat(resolve(aside.value()))
        .isInstanceOfSatisfying(
            Resolution.Found.class, found -> assertThat(found.onBranch()).isFalse());
    assertThat(history().resolve(new Target.Branch("feature/x"))).isEqualTo(resolve(aside.value()));

    origin.merge("feature/x", "Merge feature/x");
    var _ = resolve("0123456789");
    assertThat(resolve(aside.value()))
        .isInstanceOfSatisfying(
            Resolution.Found.class, found -> assertThat(found.onBranch()).isTrue());
  }

  @Test
  void tagsAreFoundPlainAndAnnotatedAndFollowedWhenTheyMove() {
    CommitSha first = origin.commit("first");
    CommitSha second = origin.commit("second");
    origin.tag("v1", first);
    origin.annotatedTag("v2", second);

    assertThat(found(new Target.GitTag("v1"))).isEqualTo(first);
    assertThat(found(new Target.GitTag("v2"))).isEqualTo(second);

    origin.tag("v1", second);
    assertThat(found(new Target.GitTag("v1"))).isEqualTo(second);
  }

  private CommitSha found(Target target) {
    return ((Resolution.Found) history().resolve(target)).commit().sha();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nowhere", "../../config", "a..b", "main.lock", "", "-", "main@{1}", "ma in"})
  void aNameThatIsNoRefIsMissing(String name) {
    origin.commit("first");

    assertThat(history().resolve(new Target.GitTag(name))).isEqualTo(new Resolution.Missing());
    assertThat(history().resolve(new Target.Branch(name))).isEqualTo(new Resolution.Missing());
  }

  @Test
  void whatIsNoCommitTagOrBranchIsMissing() {
    origin.commit("first");

    assertThat(history().resolve(new Target.Previous())).isEqualTo(new Resolution.Missing());
    assertThat(history().resolve(new Target.ByRevision(new RevisionName("k-back-00042-abc"))))
        .isEqualTo(new Resolution.Missing());
  }

  @Test
  void betweenHoldsWhatTheNewerHasAndTheOlderHasNotMergesIncludedNewestFirst() {
    origin.commit("first");
    origin.branch("side");
    CommitSha side = origin.commit("side", "on the side", Map.of());
    CommitSha older = origin.commit("older");
    CommitSha merged = origin.merge("side", "Merge side");
    CommitSha newer = origin.commit("newer");

    assertThat(history().between(older, newer, 10))
        .extracting(CommitInfo::sha)
        .containsExactly(newer, merged, side);
    assertThat(history().between(older, newer, 2))
        .extracting(CommitInfo::sha)
        .containsExactly(newer, merged);
    assertThat(history().between(newer, older, 10)).isEmpty();
    assertThat(history().between(new CommitSha(older.abbreviated()), newer, 10)).hasSize(3);
    assertThat(history().recent(2)).extracting(CommitInfo::sha).containsExactly(newer, merged);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!channel> <@U123> *bold* `code` <https://evil.example|click>",
        "🔥🧯 プランIDを直す",
        "\u202Eright to left\u202C and \u200Fmarks",
        "tabs\tand \u0007 bells",
        ""
      })
  void aSubjectIsHandedOnAsItIs(String subject) {
    CommitSha commit = origin.commit(subject);

    assertThat(history().texts(List.of(commit)).get(commit))
        .isNotNull()
        .extracting(CommitInfo::subject)
        .isEqualTo(subject);
  }

  @Test
  void aSubjectWithoutEndIsCutBetweenCharacters() {
    CommitSha commit = origin.commit("🔥".repeat(4_000));

    assertThat(history().recent(1).getFirst().subject()).isEqualTo("🔥".repeat(1_000) + "…");
    assertThat(history().recent(1).getFirst().sha()).isEqualTo(commit);
  }

  @Test
  void textsOfUnknownCommitsAreLeftOut() {
    CommitSha known = origin.commit("known");

    assertThat(history().texts(List.of(known, new CommitSha("0123456")))).containsOnlyKeys(known);
  }

  @Test
  void aCommitPushedLaterIsFetchedWhenItIsAskedFor() {
    origin.commit("first");
    assertThat(history().recent(5)).hasSize(1);

    CommitSha later = origin.commit("later");
    assertThat(resolve(later.value())).isInstanceOf(Resolution.Found.class);
    CommitSha latest = origin.commit("latest");
    assertThat(history().between(later, latest, 5)).hasSize(1);
  }

  @Test
  void aFreshCloneIsNotFetchedAgain() {
    use(CALM);
    CommitSha first = origin.commit("first");
    assertThat(resolve(first.value())).isInstanceOf(Resolution.Found.class);
    origin.tag("v1", first);

    assertThat(history().resolve(new Target.GitTag("v1"))).isEqualTo(new Resolution.Missing());
  }

  @Test
  void withTheRemoteGoneTheCloneStillAnswersAndTheRestIsUnavailable() throws IOException {
    CommitSha first = origin.commit("first");
    CommitSha second = origin.commit("second");
    origin.tag("v1", first);
    assertThat(history().recent(5)).hasSize(2);
    Files.move(origin.directory(), temp.resolve("gone.git"));

    assertThat(resolve(first.abbreviated())).isInstanceOf(Resolution.Found.class);
    assertThat(found(new Target.GitTag("v1"))).isEqualTo(first);
    assertThat(history().between(first, second, 5)).hasSize(1);
    assertThat(history().recent(5)).hasSize(2);
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> resolve("0123456789"))
        .returns(WorldException.Kind.DENIED, WorldException::kind);
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> history().resolve(new Target.GitTag("v9")));

    use(EAGER);
    assertThat(resolve(second.value()))
        .as("a new process reads the clone that is there")
        .isInstanceOf(Resolution.Found.class);
  }

  @Test
  void aGitServerThatSaysNothingHoldsNobodyUp() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var patience = Duration.ofMillis(200);
      var limits =
          new GitLimits(Duration.ofSeconds(30), patience, Duration.ofMinutes(1), 10, 1L << 20);
      try (var others = new GitHistories(temp.resolve("others"), Optional.of("t0ken"), limits)) {
        long start = System.nanoTime();
        CommitHistory stuck =
            others.of(
                "http://127.0.0.1:" + silent.getLocalPort() + "/r.git", "main", Optional.empty());

        for (int i = 0; i < 20; i++) {
          assertThatExceptionOfType(WorldException.class)
              .isThrownBy(() -> stuck.recent(5))
              .returns(WorldException.Kind.UNAVAILABLE, WorldException::kind);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .as("twenty questions together wait once")
            .isLessThan(Duration.ofSeconds(5));
      }
    }
  }

  @Test
  void anEmptyRepositoryHasNoCommits() {
    assertThatThrownBy(() -> history().recent(5)).isInstanceOf(WorldException.class);

    CommitSha first = origin.commit("first");
    assertThat(resolve(first.value())).isInstanceOf(Resolution.Found.class);
  }

  @Test
  void commitsBelowTheDepthAreMissing() {
    CommitSha oldest = origin.commit("oldest");
    origin.commit("second");
    CommitSha third = origin.commit("third");
    CommitSha fourth = origin.commit("fourth");
    use(new GitLimits(Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(30), 2, 1L << 30));

    assertThat(history().recent(10)).extracting(CommitInfo::sha).containsExactly(fourth, third);
    assertThat(resolve(oldest.value())).isEqualTo(new Resolution.Missing());
    assertThat(history().between(third, fourth, 10)).hasSize(1);
  }

  @Test
  void aCloneThatIsTooLargeIsNotFetchedFurther() {
    CommitSha first = origin.commit("first");
    assertThat(history().recent(5)).hasSize(1);
    use(new GitLimits(Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(30), 99, 1));
    CommitSha second = origin.commit("second");

    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> resolve(second.value()))
        .returns(WorldException.Kind.REFUSED, WorldException::kind);
    assertThat(resolve(first.value())).isInstanceOf(Resolution.Found.class);
  }

  @Test
  void locksOfAKilledWorkerDoNotStopTheNextOne() throws IOException {
    origin.commit("first");
    assertThat(history().recent(5)).hasSize(1);
    try (var clones = Files.list(temp.resolve("clones"))) {
      Path clone = clones.findFirst().orElseThrow();
      Files.createFile(clone.resolve("packed-refs.lock"));
      Files.createFile(clone.resolve("refs/remotes/origin/main.lock"));
    }

    CommitSha second = origin.commit("second");
    var _ = resolve(second.value());
    assertThat(history().recent(1)).extracting(CommitInfo::sha).containsExactly(second);
  }

  @Test
  void servicesOfOneRepositoryShareItsClone() throws IOException {
    origin.commit("first");
    CommitHistory other = histories.of(origin.url(), "main", Optional.empty());

    assertThat(other.recent(5)).isEqualTo(history().recent(5));
    try (var clones = Files.list(temp.resolve("clones"))) {
      assertThat(clones).hasSize(1);
    }
  }
}
