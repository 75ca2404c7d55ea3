package dev.rollbackbot.sandbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.util.io.DisabledOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo repository as a JGit clone sees it. */
class DemoRepositoryTest {
  @TempDir Path dir;

  @Test
  void theStoryNamesTheSameHashesEverywhere() throws Exception {
    DemoRepository demo = DemoRepository.create(dir);

    assertThat(demo.sickLive().shortSha()).isEqualTo("930c691");
    assertThat(demo.good().shortSha()).isEqualTo("6831359");
    try (Git clone = clone(demo)) {
      List<String> main =
          main(clone).stream().map(commit -> commit.name().substring(0, 7)).toList();
      assertThat(main).containsSubsequence("930c691", "2e9f171", "6831359", "97bde75");
      assertThat(main.getFirst()).isEqualTo("930c691");
      assertThat(main.indexOf("6831359")).as("commits in between").isEqualTo(6);
      assertThat(main).filteredOn(DemoRepository.AMBIGUOUS::equals).hasSize(2);
    }
    assertThat(DemoRepository.create(dir).commits()).as("made again").isEqualTo(demo.commits());
  }

  @Test
  void aCloneHasTheBranchesTagsAuthorsAndTheMerge() throws Exception {
    DemoRepository demo = DemoRepository.create(dir);

    try (Git clone = clone(demo)) {
      List<RevCommit> main = main(clone);
      assertThat(main).hasSameSizeAs(demo.commits().stream().filter(DemoCommit::onMain).toList());
      assertThat(demo.commits()).hasSize(40);
      assertThat(main).filteredOn(commit -> commit.getParentCount() == 2).hasSize(1);
      assertThat(main)
          .extracting(commit -> commit.getAuthorIdent().getName())
          .contains("佐藤 愛子", "Ben Carter", "高橋 蓮", "Maria Santos");
      Repository repository = clone.getRepository();
      assertThat(repository.resolve("refs/heads/feature/csv-export")).isNotNull();
      assertThat(repository.resolve("refs/tags/v1.4.0")).isNotNull();
      for (DemoCommit special : List.of(demo.cannotStart(), demo.cleaned())) {
        assertThat(special.onMain()).isTrue();
        assertThat(main).extracting(RevCommit::name).contains(special.sha());
        assertThat(special.time()).isBefore(demo.good().time());
      }
      assertThat(demo.hotfix().onMain()).isFalse();
      assertThat(demo.commits())
          .extracting(DemoCommit::time)
          .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }
  }

  @Test
  void twoMigrationsLieBetweenGoodAndSickAndOneHasNoWayBack() throws Exception {
    DemoRepository demo = DemoRepository.create(dir);

    try (Git clone = clone(demo)) {
      List<DiffEntry> added =
          changes(clone.getRepository(), demo.good(), demo.sickLive(), "alembic/versions");
      assertThat(added)
          .extracting(DiffEntry::getNewPath)
          .containsExactly(
              "alembic/versions/3f80b5ce1d94_create_plan_revisions.py",
              "alembic/versions/a6d7124e9b03_require_plan_id.py");
      assertThat(read(clone, demo.sickLive(), added.get(0).getNewPath()))
          .contains("def downgrade() -> None:\n    op.drop_table(\"plan_revisions\")");
      assertThat(read(clone, demo.sickLive(), added.get(1).getNewPath()))
          .contains("down_revision = \"3f80b5ce1d94\"")
          .contains("def downgrade() -> None:\n    pass\n");
    }
  }

  @Test
  void theHotfixCanBePublishedAndFetched() throws Exception {
    DemoRepository demo = DemoRepository.create(dir);
    try (Git clone = clone(demo)) {
      demo.publishHotfix();
      clone.fetch().call();
      assertThat(main(clone).getFirst().name()).isEqualTo(demo.hotfix().sha());
    }
  }

  @Test
  void itIsMadeInAMoment() {
    // The best of three, for the first loads JGit and the machine may be busy.
    Duration best = Duration.ofHours(1);
    for (int i = 0; i < 3; i++) {
      Instant start = Instant.now();
      DemoRepository.create(dir.resolve("timed" + i));
      Duration took = Duration.between(start, Instant.now());
      best = took.compareTo(best) < 0 ? took : best;
    }

    assertThat(best).isLessThan(Duration.ofMillis(1_500));
  }

  private Git clone(DemoRepository demo) throws Exception {
    return Git.cloneRepository()
        .setURI(demo.url())
        .setBare(true)
        .setMirror(true)
        .setDirectory(dir.resolve("clone.git").toFile())
        .call();
  }

  private static List<RevCommit> main(Git clone) throws Exception {
    ObjectId head = clone.getRepository().resolve("refs/heads/main");
    return StreamSupport.stream(clone.log().add(head).call().spliterator(), false).toList();
  }

  private static List<DiffEntry> changes(
      Repository repository, DemoCommit from, DemoCommit to, String path) throws IOException {
    try (DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
      diff.setRepository(repository);
      diff.setPathFilter(PathFilter.create(path));
      return diff.scan(ObjectId.fromString(from.sha()), ObjectId.fromString(to.sha()));
    }
  }

  private static String read(Git clone, DemoCommit at, String path) throws IOException {
    Repository repository = clone.getRepository();
    RevCommit commit = repository.parseCommit(ObjectId.fromString(at.sha()));
    try (TreeWalk walk = TreeWalk.forPath(repository, path, commit.getTree())) {
      return new String(repository.open(walk.getObjectId(0)).getBytes(), StandardCharsets.UTF_8);
    }
  }
}
