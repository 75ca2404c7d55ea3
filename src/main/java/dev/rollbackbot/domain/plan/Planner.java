package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.ImageRef;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.Facts.CommitFinding;
import dev.rollbackbot.domain.plan.Facts.Spell;
import dev.rollbackbot.domain.plan.Facts.TargetImage;
import dev.rollbackbot.domain.plan.Plan.Side;
import dev.rollbackbot.domain.plan.Plan.Steps;
import dev.rollbackbot.domain.plan.Plan.TakenOver;
import dev.rollbackbot.domain.plan.Routes.Why;
import dev.rollbackbot.domain.plan.Search.Found;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a wish and the facts into a plan, or into the reason why there is none.
 *
 * <p>A revision that runs the image is shifted to, for that takes seconds; where there is none, one
 * is made; a wish may name the way.
 */
public final class Planner {
  private Planner() {}

  /** The plan for a wish. */
  public static Planned plan(Wish wish, Facts facts) {
    Optional<Problem> busy = busy(wish, facts).or(() -> tooShort(wish, facts));
    if (busy.isPresent()) {
      return new Planned.Impossible(busy.get());
    }
    return switch (new Search(facts).find(wish.target())) {
      case Found.No(Problem problem) -> new Planned.Impossible(problem);
      case Found.It(Aimed aimed) -> plan(wish, facts, aimed);
    };
  }

  /** What a target means, when the facts tell. */
  public static Optional<Aimed> aimed(Target target, Facts facts) {
    return switch (new Search(facts).find(target)) {
      case Found.It(Aimed aimed) -> Optional.of(aimed);
      case Found.No _ -> Optional.empty();
    };
  }

  /** A hold must last longer than its logs need to come. */
  private static Optional<Problem> tooShort(Wish wish, Facts facts) {
    return wish.ladder()
        .map(Ladder::hold)
        .filter(hold -> facts.outlook().filter(o -> hold.compareTo(o.leastHold()) < 0).isPresent())
        .map(
            hold ->
                Problem.refusal(
                    Code.HOLD_TOO_SHORT,
                    Map.of(
                        "hold", String.valueOf(hold.toSeconds()),
                        "least",
                            String.valueOf(
                                facts.outlook().orElseThrow().leastHold().toSeconds()))));
  }

  /** A rollback may end a canary; nothing else may begin while something moves. */
  private static Optional<Problem> busy(Wish wish, Facts facts) {
    return switch (facts.journal()) {
      case JournalReading.Found(Journal journal)
          when journal.runningCanary().isPresent() && wish.ladder().isEmpty() ->
          Optional.empty();
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

  private static Planned plan(Wish wish, Facts facts, Aimed aimed) {
    boolean there = aimed.revision().isPresent();
    Route route = wish.route().orElse(there ? Route.SHIFT : Route.REDEPLOY);
    String nearest = Search.join(facts.nearest());
    if (route == Route.SHIFT && !there) {
      return impossible(Code.NO_REVISION, Map.of("commit", aimed.called(), "nearest", nearest));
    }
    if (alreadyLive(route, facts, aimed)) {
      return impossible(Code.ALREADY_LIVE, Map.of("target", aimed.called()));
    }
    if (aimed.digest().isEmpty()) {
      return impossible(Code.DIGEST_UNKNOWN, Map.of("revision", aimed.called()));
    }
    Digest digest = aimed.digest().get();
    if (!facts.imageExists().asOptional().orElse(true)) {
      return impossible(
          Code.IMAGE_GONE,
          Map.of("commit", aimed.called(), "digest", digest.abbreviated(), "nearest", nearest));
    }
    Why why = wish.route().isPresent() ? Why.ASKED : there ? Why.REVISION_THERE : Why.NO_REVISION;
    Known<Differences> differences =
        there
            ? facts
                .targetSettings()
                .map(then -> Differences.between(then, facts.state().template().settings()))
            : Known.unknown("revisions");
    return new Planned.Ready(
        plan(
            wish,
            facts,
            aimed,
            digest,
            new Routes(route, why, route == Route.SHIFT || there, differences)));
  }

  /** Users have it already; a redeploy also when today's template has made what they have. */
  private static boolean alreadyLive(Route route, Facts facts, Aimed aimed) {
    Optional<RevisionName> sole = facts.state().live().sole();
    Optional<RevisionName> target = aimed.revision().map(Revision::name);
    return switch (route) {
      case SHIFT -> sole.isPresent() && sole.equals(target);
      case REDEPLOY ->
          sole.isPresent()
              && sole.equals(facts.state().latestCreated())
              && facts
                  .revision(sole.get())
                  .flatMap(live -> live.image().digest())
                  .filter(
                      d ->
                          aimed.digest().filter(d::equals).isPresent()
                              || facts
                                  .image()
                                  .asOptional()
                                  .flatMap(i -> i)
                                  .map(TargetImage::runnable)
                                  .filter(runnable -> runnable.contains(d))
                                  .isPresent())
                  .isPresent();
    };
  }

  private static Plan plan(Wish wish, Facts facts, Aimed aimed, Digest digest, Routes routes) {
    ServiceState state = facts.state();
    LiveSplit before = state.live();
    Optional<TakenOver> takesOver = takesOver(facts);
    Optional<Steps> steps =
        wish.ladder().flatMap(l -> facts.outlook().map(outlook -> new Steps(l, outlook)));
    LiveSplit undone = takesOver.map(TakenOver::before).orElse(before);
    boolean undoneLatest =
        takesOver.map(over -> over.beforeLatest().isPresent()).orElse(state.wanted().isLatest100());
    Optional<RevisionName> target = aimed.revision().map(Revision::name);
    boolean latest = state.wanted().isLatest100();
    boolean shift = routes.taken() == Route.SHIFT;
    return new Plan(
        wish.service(),
        state.uid(),
        before,
        latest ? state.latestReady() : Optional.empty(),
        new Side(
            before.main(),
            facts.liveSha(),
            facts.liveCommit(),
            before.main().flatMap(name -> spell(facts, name)).map(Spell::from)),
        new Side(
            target,
            aimed.commit(),
            textOf(facts, aimed),
            target.flatMap(name -> facts.track(name).lastServed())),
        digest,
        aimed.repository(),
        routes,
        OtherHands.mayName(state, facts.around()),
        aimed.proof(),
        facts.between(),
        facts.migrations(),
        Cautions.of(facts, aimed, routes),
        facts.probeable(),
        shift
            ? Fingerprint.ofShift(state.uid(), before, target.orElseThrow(), digest)
            : Fingerprint.ofRedeploy(state.uid(), before, state.template().hash(), digest),
        shift
            ? GcloudCommands.toRevision(
                wish.service(), first(before, target.orElseThrow(), wish.ladder()))
            : GcloudCommands.redeploy(wish.service(), ImageRef.pinned(aimed.repository(), digest)),
        // After a redeploy LATEST means the old code, so only names lead back.
        shift && undoneLatest
            ? GcloudCommands.toLatest(wish.service())
            : GcloudCommands.toRevision(wish.service(), undone),
        target.map(facts::track),
        target.map(name -> facts.around().worth(facts.track(name))).orElse(Track.Worth.UNKNOWN),
        steps,
        takesOver);
  }

  /** What users get first: all of it, or a canary's first share. */
  private static LiveSplit first(LiveSplit before, RevisionName target, Optional<Ladder> ladder) {
    return ladder
        .map(steps -> before.giving(target, steps.steps().getFirst()))
        .orElseGet(() -> LiveSplit.all(target));
  }

  private static Optional<TakenOver> takesOver(Facts facts) {
    return facts.journal() instanceof JournalReading.Found(Journal journal)
            && journal.runningCanary().isPresent()
        ? Optional.of(new TakenOver(journal.before(), journal.beforeLatest()))
        : Optional.empty();
  }

  private static Optional<CommitInfo> textOf(Facts facts, Aimed aimed) {
    return facts
        .commit()
        .flatMap(Known::asOptional)
        .flatMap(
            finding ->
                finding instanceof CommitFinding.Found(CommitInfo commit, boolean _)
                        && aimed.commit().filter(commit.sha()::agreesWith).isPresent()
                    ? Optional.of(commit)
                    : Optional.empty());
  }

  /** The last spell during which it had users. */
  private static Optional<Spell> spell(Facts facts, RevisionName revision) {
    return facts.spells().asOptional().orElse(List.of()).reversed().stream()
        .filter(spell -> spell.revision().equals(revision))
        .findFirst();
  }

  private static Planned impossible(Code code, Map<String, String> details) {
    return new Planned.Impossible(Problem.refusal(code, details));
  }
}
