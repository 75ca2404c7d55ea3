package dev.rollbackbot.sandbox.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/**
 * k-back's bare repository: main, two other branches, two tags, some forty commits by four authors,
 * with the same hashes on every machine.
 *
 * @param path the bare repository's directory
 * @param commits all commits, newest first
 * @param sickLive {@code 930c691}, live and broken: {@code KeyError: 'plan_id'}
 * @param good {@code 6831359}, the one to go back to, two migrations before
 * @param cannotStart its revision does not start: a setting is missing at import
 * @param cleaned its image was cleaned away
 * @param hotfix the repair, on a branch until {@link #publishHotfix}
 */
public record DemoRepository(
    Path path,
    List<DemoCommit> commits,
    DemoCommit sickLive,
    DemoCommit good,
    DemoCommit cannotStart,
    DemoCommit cleaned,
    DemoCommit hotfix) {

  /** Seven digits that two commits of main share. */
  public static final String AMBIGUOUS = "c0ffee1";

  private static final String MAIN = Constants.R_HEADS + "main";

  public DemoRepository {
    commits = List.copyOf(commits);
  }

  /**
   * Makes the repository as {@code DIR/k-back.git}; one that is there already is set back.
   *
   * @throws UncheckedIOException when the directory cannot be written
   */
  public static DemoRepository create(Path dir) {
    Path path = dir.resolve("k-back.git");
    try (Git git =
        Git.init().setBare(true).setInitialBranch("main").setDirectory(path.toFile()).call()) {
      Repository repository = git.getRepository();
      Made made = CommitWriter.write(repository, History.steps(), History.SICK_LIVE);
      point(repository, MAIN, made.id(History.SICK_LIVE));
      point(repository, Constants.R_HEADS + "hotfix/plan-id", made.id(History.HOTFIX));
      point(repository, Constants.R_HEADS + "feature/csv-export", made.id(History.CSV));
      point(repository, Constants.R_TAGS + "v1.3.0", made.id(History.RELEASE_1_3));
      point(repository, Constants.R_TAGS + "v1.4.0", made.id(History.RELEASE_1_4));
      return new DemoRepository(
          path,
          made.newestFirst(),
          made.commit(History.SICK_LIVE),
          made.commit(History.GOOD),
          made.commit(History.CANNOT_START),
          made.commit(History.CLEANED),
          made.commit(History.HOTFIX));
    } catch (GitAPIException e) {
      throw new UncheckedIOException(new IOException("git could not begin " + path, e));
    } catch (IOException e) {
      throw new UncheckedIOException("the demo repository could not be written to " + path, e);
    }
  }

  /** Where it can be cloned from: a {@code file://} URL. */
  public String url() {
    return path.toUri().toString();
  }

  /** Moves main to the hotfix, as a merge in the middle of a rollback would. */
  public void publishHotfix() {
    try (Git git = Git.open(path.toFile())) {
      point(git.getRepository(), MAIN, ObjectId.fromString(hotfix.sha()));
    } catch (IOException e) {
      throw new UncheckedIOException("main could not be moved in " + path, e);
    }
  }

  private static void point(Repository repository, String ref, ObjectId at) throws IOException {
    RefUpdate update = repository.updateRef(ref);
    update.setNewObjectId(at);
    update.disableRefLog();
    RefUpdate.Result result = update.forceUpdate();
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
        // Points there now.
      }
      case NOT_ATTEMPTED,
          LOCK_FAILURE,
          REJECTED,
          REJECTED_CURRENT_BRANCH,
          IO_FAILURE,
          RENAMED,
          REJECTED_MISSING_OBJECT,
          REJECTED_OTHER_REASON ->
          throw new IOException(ref + ": " + result);
    }
  }
}
