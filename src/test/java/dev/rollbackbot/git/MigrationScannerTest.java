package dev.rollbackbot.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.plan.Migration;
import dev.rollbackbot.domain.plan.Migration.Downgrade;
import dev.rollbackbot.port.CommitHistory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationScannerTest {
  @TempDir Path temp;
  private Origin origin;
  private GitHistories histories;

  @BeforeEach
  void setUp() {
    origin = new Origin(temp.resolve("origin.git"));
    histories = new GitHistories(temp.resolve("clones"), Optional.empty(), GitLimits.standard());
  }

  @AfterEach
  void tearDown() {
    histories.close();
    origin.close();
  }

  private CommitHistory history(String migrations) {
    return histories.of(origin.url(), "main", Optional.of(migrations));
  }

  private static String alembic(String revision, String down, String downgrade) {
    return """
        \"""add a thing

        Revision ID: %1$s
        \"""
        from alembic import op

        revision = '%1$s'
        down_revision = %2$s
        branch_labels = None


        def upgrade():
            op.add_column("plans", sa.Column("plan_id"))


        def downgrade():
            %3$s
        """
        .formatted(revision, down, downgrade);
  }

  @Test
  void alembicMigrationsComeInTheOrderOfTheirChainWithTheirDowngrades() {
    CommitSha older =
        origin.commit(
            "main", "base", Map.of("alembic/versions/m_base.py", alembic("aaa", "None", "pass")));
    CommitSha newer =
        origin.commit(
            "main",
            "three more",
            Map.of(
                "alembic/versions/z_second.py",
                alembic("bbb", "'aaa'", "op.drop_column('x', 'y')"),
                "alembic/versions/k_third.py",
                alembic("ccc", "\"bbb\"", "pass"),
                "alembic/versions/a_fourth.py",
                alembic("ddd", "('ccc', 'zzz')", "..."),
                "alembic/versions/__init__.py",
                "# a package",
                "alembic/versions/README.md",
                "notes",
                "app/main.py",
                "print()"));

    assertThat(history("alembic/versions").migrationsBetween(older, newer))
        .containsExactly(
            new Migration("z_second.py", Downgrade.PRESENT),
            new Migration("k_third.py", Downgrade.EMPTY),
            new Migration("a_fourth.py", Downgrade.EMPTY));
    assertThat(history("alembic/versions").migrationsBetween(newer, older)).isEmpty();
  }

  @Test
  void aMigrationThatWasOnlyRenamedOrEditedIsNotNew() {
    CommitSha older =
        origin.commit(
            "main",
            "base",
            Map.of(
                "db/one.py", alembic("aaa", "None", "pass"),
                "db/two.py", alembic("bbb", "'aaa'", "pass"),
                "db/old.sql", "select 1"));
    CommitSha newer =
        origin.commit(
            "main",
            "tidy",
            Map.of(
                "db/one.py", "",
                "db/one_renamed.py", alembic("aaa", "None", "return  # better"),
                "db/two.py", alembic("bbb", "'aaa'", "return"),
                "db/old.sql", "",
                "db/new.sql", "select 1"));

    assertThat(history("/db/").migrationsBetween(older, newer)).isEmpty();
  }

  @Test
  void otherMigrationsAreKnownByTheirNamesInTheOrderOfTheirNumbers() {
    CommitSha older = origin.commit("main", "base", Map.of("sql/V1__base.sql", "create"));
    CommitSha newer =
        origin.commit(
            "main",
            "more",
            Map.of(
                "sql/V10__ten.sql", "a",
                "sql/V2__two.sql", "b",
                "sql/V2.1__two_one.sql", "c",
                "sql/U10__ten.sql", "undo",
                "sql/R__views.sql", "d",
                "sql/helper.py", "print('no revision here')"));

    assertThat(history("sql").migrationsBetween(older, newer))
        .containsExactly(
            new Migration("R__views.sql", Downgrade.UNKNOWN),
            new Migration("V2.1__two_one.sql", Downgrade.UNKNOWN),
            new Migration("V2__two.sql", Downgrade.UNKNOWN),
            new Migration("V10__ten.sql", Downgrade.PRESENT),
            new Migration("helper.py", Downgrade.UNKNOWN));
  }

  @Test
  void aHugeFileIsNotRead() {
    CommitSha older = origin.commit("base");
    CommitSha newer =
        origin.commit(
            "main",
            "huge",
            Map.of("db/huge.py", alembic("aaa", "None", "pass") + "#".repeat(300_000)));

    assertThat(history("db").migrationsBetween(older, newer))
        .containsExactly(new Migration("huge.py", Downgrade.UNKNOWN));
  }

  @Test
  void withoutAConfiguredPathThereAreNone() {
    CommitSha older = origin.commit("base");
    CommitSha newer = origin.commit("main", "more", Map.of("db/V1__x.sql", "a"));

    assertThat(histories.of(origin.url(), "main", Optional.empty()).migrationsBetween(older, newer))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pass",
        "...",
        "return",
        "return None",
        "pass  # nothing to do",
        "\"\"\"Nothing.\n\n    op.drop_table('x')\n    \"\"\"",
        "'one line'\n    pass",
        "# op.drop_table('plans')\n    pass",
        "raise NotImplementedError('no way back')",
        "raise NotImplementedError(\n        'no'\n    )"
      })
  void aDowngradeThatTakesNothingBackIsEmpty(String body) {
    assertThat(AlembicFile.read("a.py", alembic("aaa", "None", body)).orElseThrow().downgrade())
        .isEqualTo(Downgrade.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "op.drop_column('plans', 'plan_id')",
        "pass\n    op.drop_table('x')",
        "\"\"\"Doc.\"\"\"\n    op.execute(\"\"\"\nDROP TABLE x\n\"\"\")",
        "with op.batch_alter_table('x') as batch:\n        pass"
      })
  void aDowngradeThatDoesSomethingIsPresent(String body) {
    assertThat(AlembicFile.read("a.py", alembic("aaa", "None", body)).orElseThrow().downgrade())
        .isEqualTo(Downgrade.PRESENT);
  }

  @Test
  void newerTemplatesWithAnnotationsAreRead() {
    String source =
        """
        revision: str = "27c6a30d7c24"
        down_revision: Union[str, Sequence[str], None] = (
            "aaa",  # the left branch
            r'bbb',
        )
        depends_on: Union[str, Sequence[str], None] = None

        def upgrade() -> None:
            pass

        def downgrade() -> None: pass
        def helper():
            op.drop_table("x")
        """;

    AlembicFile file = AlembicFile.read("a.py", source).orElseThrow();

    assertThat(file.revision()).isEqualTo("27c6a30d7c24");
    assertThat(file.parents()).containsExactlyInAnyOrder("aaa", "bbb");
    assertThat(file.downgrade()).isEqualTo(Downgrade.EMPTY);
  }

  @Test
  void aDowngradeForSeveralDatabasesIsUnknownAndAMissingOneIsEmpty() {
    String several = alembic("aaa", "None", "globals()[\"downgrade_%s\" % engine_name]()");
    assertThat(AlembicFile.read("a.py", several).orElseThrow().downgrade())
        .isEqualTo(Downgrade.UNKNOWN);
    assertThat(
            AlembicFile.read("a.py", "revision = 'a'\ndown_revision = None\n")
                .orElseThrow()
                .downgrade())
        .isEqualTo(Downgrade.EMPTY);
  }

  @Test
  void aFileThatOnlyTalksAboutRevisionsIsNotAlembics() {
    assertThat(AlembicFile.read("a.py", "\"\"\"\nrevision = 'a'\ndown_revision = 'b'\n\"\"\"\n"))
        .isEmpty();
    assertThat(AlembicFile.read("a.py", "revision = 'a'\n")).isEmpty();
    assertThat(AlembicFile.read("a.py", "def f():\n  revision = 'a'\n  down_revision = 'b'\n"))
        .isEmpty();
    assertThat(AlembicFile.read("a.py", "x = 'never closed\n\\")).isEmpty();
  }

  @Test
  void aChainThatBitesItsOwnTailStillEnds() {
    var one = new AlembicFile("one.py", "a", java.util.Set.of("b"), Downgrade.EMPTY);
    var two = new AlembicFile("two.py", "b", java.util.Set.of("a"), Downgrade.EMPTY);

    assertThat(AlembicFile.inOrder(List.of(two, one))).containsExactly(one, two);
  }
}
