package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Facts.CommitFinding;
import dev.rollbackbot.domain.plan.Facts.TargetImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds what a target means.
 *
 * <p>The commit is never read out of a revision's name: commit, tag, digest, revision, each link
 * proved (or the build's label, which is said).
 */
final class Search {
  private static final int DIGITS_OF_CANDIDATES = 12;
  private static final int MOST_CANDIDATES = 5;

  private final Facts facts;

  Search(Facts facts) {
    this.facts = facts;
  }

  /** What was found, or the problem that ends the way to a plan. */
  sealed interface Found {
    record It(Aimed aimed) implements Found {}

    record No(Problem problem) implements Found {}
  }

  Found find(Target target) {
    return switch (target) {
      case Target.Commit(CommitSha sha) -> byCommit(sha);
      case Target.GitTag(String name) -> byRef("tag:" + name);
      case Target.Branch(String name) -> byRef("branch:" + name);
      case Target.ByRevision(RevisionName name) -> byName(name);
      case Target.Previous() -> previous();
    };
  }

  private Found byRef(String ref) {
    return switch (finding().orElse(new CommitFinding.Missing())) {
      case CommitFinding.Found(CommitInfo commit, boolean _) -> byCommit(commit.sha());
      case CommitFinding.Ambiguous _, CommitFinding.Missing _ ->
          no(Code.REF_UNKNOWN, Map.of("ref", ref));
    };
  }

  private Found byCommit(CommitSha typed) {
    CommitSha sha = typed;
    switch (finding().orElse(null)) {
      case CommitFinding.Found(CommitInfo commit, boolean _) -> sha = commit.sha();
      case CommitFinding.Ambiguous(List<CommitInfo> candidates) -> {
        return no(
            Code.COMMIT_AMBIGUOUS,
            Map.of(
                "commit",
                typed.value(),
                "candidates",
                candidates.stream()
                    .limit(MOST_CANDIDATES)
                    .map(c -> c.sha().value())
                    .map(s -> s.substring(0, Math.min(DIGITS_OF_CANDIDATES, s.length())))
                    .collect(Collectors.joining(", "))));
      }
      case CommitFinding.Missing() -> {
        return no(Code.COMMIT_UNKNOWN, Map.of("commit", typed.value()));
      }
      case null -> {
        // Git is down: what was typed is all there is, and the card says so.
      }
    }
    return byImageOf(sha);
  }

  private Found byImageOf(CommitSha wanted) {
    Optional<TargetImage> image = facts.image().asOptional().flatMap(i -> i);
    Optional<Revision> byImage =
        image.flatMap(
            i ->
                facts.revisions().stream()
                    .filter(r -> r.image().digest().filter(i.runnable()::contains).isPresent())
                    .findFirst());
    if (byImage.isPresent()) {
      return it(byImage.get(), Proof.IMAGE, Optional.of(wanted));
    }
    Optional<Revision> byLabel =
        facts.revisions().stream()
            .filter(r -> r.labelledCommit().filter(wanted::agreesWith).isPresent())
            .findFirst();
    if (byLabel.isPresent()) {
      return it(byLabel.get(), Proof.LABEL, Optional.of(wanted));
    }
    return image
        .<Found>map(
            i ->
                new Found.It(
                    new Aimed(
                        Optional.empty(),
                        Proof.IMAGE,
                        Optional.of(wanted),
                        Optional.of(i.digest()),
                        facts.repository())))
        .orElseGet(() -> withoutImage(wanted));
  }

  private Found withoutImage(CommitSha wanted) {
    return switch (facts.image()) {
      case Known.Unknown<Optional<TargetImage>>(String _, Optional<Grant> missing) ->
          new Found.No(registryUnread(missing));
      case Known.Value<Optional<TargetImage>> _ when facts.commitsByDigest().isEmpty() ->
          no(Code.ONLY_LATEST, Map.of("commit", wanted.abbreviated()));
      case Known.Value<Optional<TargetImage>> _ ->
          no(
              Code.NO_IMAGE,
              Map.of("commit", wanted.abbreviated(), "nearest", join(facts.nearest())));
    };
  }

  /** Without an answer of the registry nobody knows whether there is an image. */
  static Problem registryUnread(Optional<Grant> missing) {
    return missing
        .map(
            grant ->
                Problem.failure(
                    Code.REGISTRY_DENIED,
                    Map.of("permission", grant.permission(), "command", grant.command())))
        .orElseGet(() -> Problem.failure(Code.REGISTRY_UNAVAILABLE, Map.of("detail", "-")));
  }

  private Found byName(RevisionName name) {
    return facts.revisions().stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .map(r -> it(r, Proof.NAMED, facts.commitOf(r)))
        .orElseGet(() -> no(Code.REVISION_UNKNOWN, Map.of("revision", name.value())));
  }

  private Found previous() {
    return Previous.of(facts).map(this::byName).orElseGet(() -> no(Code.NO_PREVIOUS, Map.of()));
  }

  private Optional<CommitFinding> finding() {
    return facts.commit().flatMap(Known::asOptional);
  }

  private Found it(Revision revision, Proof proof, Optional<CommitSha> commit) {
    return new Found.It(
        new Aimed(
            Optional.of(revision),
            proof,
            commit,
            revision
                .image()
                .digest()
                .or(() -> facts.image().asOptional().flatMap(i -> i.map(TargetImage::digest))),
            revision.image().repository()));
  }

  static String join(List<CommitSha> commits) {
    return commits.isEmpty()
        ? "-"
        : commits.stream().map(CommitSha::abbreviated).collect(Collectors.joining(", "));
  }

  private static Found no(Code code, Map<String, String> details) {
    return new Found.No(Problem.refusal(code, details));
  }
}
