package dev.rollbackbot.git;

import dev.rollbackbot.port.CommitHistory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * Opens the histories of services; services of one repository share one bare clone.
 *
 * <p>Closing it stops every fetch. It never runs hooks, follows redirects or reads submodules.
 */
public final class GitHistories implements AutoCloseable {
  private final Path directory;
  private final Optional<CredentialsProvider> credentials;
  private final GitLimits limits;
  private final Map<String, GitClone> clones = new HashMap<>();

  /**
   * @param directory where the clones stand, each in a directory of its own
   * @param token a read-only token for https; sent as the password of {@code x-access-token}, which
   *     GitHub's apps and personal tokens both accept, and never written to the clone
   */
  public GitHistories(Path directory, Optional<String> token, GitLimits limits) {
    this.directory = directory;
    this.credentials =
        token.map(secret -> new UsernamePasswordCredentialsProvider("x-access-token", secret));
    this.limits = limits;
  }

  /**
   * The history of one service; its first fetch starts now and is not waited for.
   *
   * @param url {@code https://…} or {@code file://…}
   * @param branch the branch that is deployed
   * @param migrations the directory of database migrations inside the repository
   */
  public synchronized CommitHistory of(String url, String branch, Optional<String> migrations) {
    GitClone clone =
        clones.computeIfAbsent(url, any -> new GitClone(any, directory, credentials, limits));
    clone.freshen();
    return new GitHistory(clone, branch, migrations.map(MigrationScanner::new));
  }

  @Override
  public synchronized void close() {
    clones.values().forEach(GitClone::close);
    clones.clear();
  }
}
