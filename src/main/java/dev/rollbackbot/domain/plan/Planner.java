package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Facts.CommitFinding;
import dev.rollbackbot.domain.plan.Facts.Spell;
import dev.rollbackbot.domain.plan.Facts.TargetImage;
import dev.rollbackbot.domain.plan.Plan.Side;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns a wish and the facts into a plan, or into the reason why there is none.
 *
 * <p>The commit is never read out of a revision's name: commit, tag, digest, revision, each link
 * proved (or the build's label, which is said).
 */
public final class Planner {
  private Planner() {}

  /** A revision that was found for the target, and how. */
  public record Match(Revision revision, Proof proof, Optional<CommitSha> commit) {}

  /** A step of the way to the plan: a value, or the problem that ends it. */
  private sealed interface Found {
    record It(Match match) implements Found {}

    record No(Problem problem) implements Found {}
  }

  /** The plan for a wish. */
  public static Planned plan(Wish wish, Facts facts) {
    Optional<Problem> busy = busy(facts);
    if (busy.isPresent()) {
      return new Planned.Impossible(busy.get());
    }
    return switch (find(wish.target(), facts)) {
      case Found.No(Problem problem) -> new Planned.Impossible(problem);
      case Found.It(Match match) -> plan(wish, facts, match);
    };
  }

  /** The revision that a target means, when the facts name one. */
  public static Optional<Match> match(Target target, Facts facts) {
    return switch (find(target, facts)) {
      case Found.It(Match match) -> Optional.of(match);
      case Found.No _ -> Optional.empty();
    };
  }

  private static Optional<Problem> busy(Facts facts) {
    return switch (facts.journal()) {
      case JournalReading.Found(Journal journal) when journal.state().moves() ->
          Optional.of(
              Problem.refusal(
                  Code.JOB_RUNNING,
                  Map.of(
                      "state", journal.state().name(), "requester", journal.actors().requester())));
      case JournalReading.Foreign(String why) ->
          Optional.of(Problem.refusal(Code.JOURNAL_FOREIGN, Map.of("detail", why)));
      case JournalReading.Found _, JournalReading.Absent _, JournalReading.Unreadable _ ->
          Optional.empty();
    };
  }

  private static Planned plan(Wish wish, Facts facts, Match match) {
    RevisionName target = match.revision().name();
    String nearest = join(facts.nearest());
    if (facts.state().live().isAll(target)) {
      return impossible(
          Code.ALREADY_LIVE,
          Map.of("target", match.commit().map(CommitSha::abbreviated).orElse(target.value())));
    }
    Optional<Digest> digest =
        match
            .revision()
            .image()
            .digest()
            .or(() -> facts.image().asOptional().flatMap(i -> i.map(TargetImage::digest)));
    if (digest.isEmpty()) {
      return impossible(Code.DIGEST_UNKNOWN, Map.of("revision", target.value()));
    }
    if (!facts.imageExists().asOptional().orElse(true)) {
      return impossible(
          Code.IMAGE_GONE,
          Map.of(
              "commit",
              match.commit().map(CommitSha::abbreviated).orElse(target.value()),
              "digest",
              digest.get().abbreviated(),
              "nearest",
              nearest));
    }
    LiveSplit before = facts.state().live();
    Side live =
        new Side(
            before.main().orElse(target),
            facts.liveSha(),
            facts.liveCommit(),
            before.main().flatMap(name -> liveSince(facts, name)));
    Side to =
        new Side(target, match.commit(), textOf(facts, match), facts.track(target).lastServed());
    return new Planned.Ready(
        new Plan(
            wish.service(),
            facts.state().uid(),
            before,
            facts.state().wanted().isLatest100() ? facts.state().latestReady() : Optional.empty(),
            live,
            to,
            digest.get(),
            match.proof(),
            facts.between(),
            facts.migrations(),
            Cautions.of(facts, match.revision(), match.proof()),
            facts.probeable(),
            Fingerprint.of(facts.state().uid(), before, target, digest.get()),
            GcloudCommands.toRevision(wish.service(), LiveSplit.all(target)),
            facts.state().wanted().isLatest100()
                ? GcloudCommands.toLatest(wish.service())
                : GcloudCommands.toRevision(wish.service(), before),
            facts.track(target),
            facts.around().worth(facts.track(target))));
  }

  private static Optional<CommitInfo> textOf(Facts facts, Match match) {
    return facts
        .commit()
        .flatMap(Known::asOptional)
        .flatMap(
            finding ->
                finding instanceof CommitFinding.Found(CommitInfo commit, boolean _)
                        && match.commit().filter(commit.sha()::agreesWith).isPresent()
                    ? Optional.of(commit)
                    : Optional.empty());
  }

  private static Found find(Target target, Facts facts) {
    return switch (target) {
      case Target.Commit(CommitSha sha) -> byCommit(sha, facts);
      case Target.GitTag(String name) -> byRef("tag:" + name, facts);
      case Target.Branch(String name) -> byRef("branch:" + name, facts);
      case Target.ByRevision(RevisionName name) -> byName(name, facts);
      case Target.Previous() -> previous(facts);
    };
  }

  private static Found byRef(String ref, Facts facts) {
    return switch (facts.commit().flatMap(Known::asOptional).orElse(new CommitFinding.Missing())) {
      case CommitFinding.Found(CommitInfo commit, boolean _) -> byCommit(commit.sha(), facts);
      case CommitFinding.Ambiguous _, CommitFinding.Missing _ ->
          no(Code.REF_UNKNOWN, Map.of("ref", ref));
    };
  }

  private static Found byCommit(CommitSha typed, Facts facts) {
    CommitSha sha = typed;
    switch (facts.commit().flatMap(Known::asOptional).orElse(null)) {
      case CommitFinding.Found(CommitInfo commit, boolean _) -> sha = commit.sha();
      case CommitFinding.Ambiguous(List<CommitInfo> candidates) -> {
        return no(
            Code.COMMIT_AMBIGUOUS,
            Map.of(
                "commit",
                typed.value(),
                "candidates",
                candidates.stream()
                    .limit(5)
                    .map(c -> c.sha().value().substring(0, Math.min(12, c.sha().value().length())))
                    .collect(Collectors.joining(", "))));
      }
      case CommitFinding.Missing() -> {
        return no(Code.COMMIT_UNKNOWN, Map.of("commit", typed.value()));
      }
      case null -> {
        // Git is down: what was typed is all there is, and the card says so.
      }
    }
    CommitSha wanted = sha;
    Optional<TargetImage> image = facts.image().asOptional().flatMap(i -> i);
    Optional<Revision> byImage =
        image.flatMap(
            i ->
                facts.revisions().stream()
                    .filter(r -> r.image().digest().filter(i.runnable()::contains).isPresent())
                    .findFirst());
    if (byImage.isPresent()) {
      return new Found.It(new Match(byImage.get(), Proof.IMAGE, Optional.of(wanted)));
    }
    Optional<Revision> byLabel =
        facts.revisions().stream()
            .filter(r -> r.labelledCommit().filter(wanted::agreesWith).isPresent())
            .findFirst();
    if (byLabel.isPresent()) {
      return new Found.It(new Match(byLabel.get(), Proof.LABEL, Optional.of(wanted)));
    }
    boolean noImage = facts.image().asOptional().filter(Optional::isEmpty).isPresent();
    return no(
        noImage ? Code.NO_IMAGE : Code.NO_REVISION,
        Map.of("commit", wanted.abbreviated(), "nearest", join(facts.nearest())));
  }

  private static Found byName(RevisionName name, Facts facts) {
    return facts.revisions().stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .<Found>map(r -> new Found.It(new Match(r, Proof.NAMED, facts.commitOf(r))))
        .orElseGet(() -> no(Code.REVISION_UNKNOWN, Map.of("revision", name.value())));
  }

  private static Found previous(Facts facts) {
    return Previous.of(facts)
        .map(revision -> byName(revision, facts))
        .orElseGet(() -> no(Code.NO_PREVIOUS, Map.of()));
  }

  private static Optional<Instant> liveSince(Facts facts, RevisionName revision) {
    return facts.spells().asOptional().orElse(List.of()).reversed().stream()
        .filter(spell -> spell.revision().equals(revision))
        .findFirst()
        .map(Spell::from);
  }

  private static String join(List<CommitSha> commits) {
    return commits.isEmpty()
        ? "-"
        : commits.stream().map(CommitSha::abbreviated).collect(Collectors.joining(", "));
  }

  private static Found no(Code code, Map<String, String> details) {
    return new Found.No(Problem.refusal(code, details));
  }

  private static Planned impossible(Code code, Map<String, String> details) {
    return new Planned.Impossible(Problem.refusal(code, details));
  }
}
