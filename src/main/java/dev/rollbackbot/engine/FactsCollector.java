package dev.rollbackbot.engine;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.health.LiveRate;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.plan.Aimed;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.plan.Facts;
import dev.rollbackbot.domain.plan.Facts.CommitFinding;
import dev.rollbackbot.domain.plan.Facts.TargetImage;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.Migration;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.plan.Planner;
import dev.rollbackbot.domain.plan.Previous;
import dev.rollbackbot.domain.plan.Wish;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.CommitHistory;
import dev.rollbackbot.port.ImageRegistry;
import dev.rollbackbot.port.ImageRegistry.TaggedImage;
import dev.rollbackbot.port.WorldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Reads all that a plan rests on, in parallel and under one deadline.
 *
 * <p>Without the service and its revisions there is no plan, so these throw {@link WorldException};
 * every other neighbour that is down becomes an unknown on the card.
 */
public final class FactsCollector {
  private static final int RECENT_IMAGES = 60;
  private static final int NEAREST = 5;

  private final CloudRun cloudRun;
  private final ImageRegistry registry;
  private final Map<String, CommitHistory> histories;
  private final PastReader past;
  private final Together together;
  private final String bot;
  private final Outlooks outlooks;
  private final InstantSource clock;

  /**
   * @param histories by service name
   * @param together how reads run side by side, and how long they may take
   */
  public FactsCollector(
      CloudRun cloudRun,
      ImageRegistry registry,
      Map<String, CommitHistory> histories,
      PastReader past,
      Together together,
      Outlooks outlooks,
      String bot,
      InstantSource clock) {
    this.cloudRun = cloudRun;
    this.registry = registry;
    this.histories = Map.copyOf(histories);
    this.past = past;
    this.together = together;
    this.outlooks = outlooks;
    this.bot = bot;
    this.clock = clock;
  }

  /** The facts for one wish. */
  public Facts collect(Wish wish, ServiceSettings settings) {
    CommitHistory history = history(settings);
    Together.Pending<ServiceState> state = together.start(() -> cloudRun.read(wish.service()));
    Together.Pending<List<Revision>> revisions =
        together.start(() -> cloudRun.revisions(wish.service()));
    Together.Pending<Optional<CommitFinding>> finding =
        together.start(() -> finding(history, wish.target()));
    PastReader.Pending pending = past.start(settings);
    Together.Pending<List<TaggedImage>> recent =
        together.start(() -> registry.recent(settings.repository(), RECENT_IMAGES));
    // The typed commit nearly always is the commit, so its image is asked for without waiting.
    Together.Pending<Optional<TargetImage>> typed =
        together.start(
            () ->
                wish.target() instanceof Target.Commit(CommitSha sha)
                    ? image(settings, sha)
                    : Optional.empty());

    Known<Optional<CommitFinding>> found = finding.known("git");
    Optional<Known<CommitFinding>> commit =
        namesCommit(wish.target())
            ? Optional.of(found.map(f -> f.orElse(new CommitFinding.Missing())))
            : Optional.empty();
    Known<Optional<TargetImage>> image = imageOf(settings, commit, typed);
    List<TaggedImage> tagged = recent.known("registry").asOptional().orElse(List.of());

    PastReader.Past known = pending.get();

    var facts =
        new Facts(
            state.get(),
            journal(state.get()),
            revisions.get(),
            commit,
            image,
            Known.of(true),
            Known.unknown("revisions"),
            Optional.empty(),
            Optional.empty(),
            Known.of(List.of()),
            Known.of(List.of()),
            known.spells(),
            List.of(),
            commitsByDigest(tagged),
            settings.branch(),
            settings.repository(),
            settings.probeable(),
            known.around(),
            Optional.empty());
    return completed(counted(facts, wish, settings), wish, settings, history, tagged);
  }

  /** The target's requests, and for {@code previous} those of the revisions it may mean. */
  private Facts counted(Facts facts, Wish wish, ServiceSettings settings) {
    List<RevisionName> revisions =
        wish.target() instanceof Target.Previous
            ? Previous.candidates(facts)
            : Planner.aimed(wish.target(), facts).flatMap(Aimed::revision).stream()
                .map(Revision::name)
                .toList();
    return facts.with(
        facts
            .around()
            .with(past.count(settings, revisions, facts.spells().asOptional().orElse(List.of()))));
  }

  /** A rollback that nobody carries on any more does not stand in the next one's way. */
  private JournalReading journal(ServiceState state) {
    JournalReading reading = cloudRun.journal(state, bot);
    return reading instanceof JournalReading.Found(Journal journal)
        ? new JournalReading.Found(journal.seenAt(clock.instant()))
        : reading;
  }

  /** The second round: what needs to know target and live first. */
  private Facts completed(
      Facts facts,
      Wish wish,
      ServiceSettings settings,
      CommitHistory history,
      List<TaggedImage> tagged) {
    Optional<Aimed> aimed = Planner.aimed(wish.target(), facts);
    Optional<CommitSha> liveSha =
        facts.state().live().main().flatMap(facts::revision).flatMap(facts::commitOf);
    Optional<CommitSha> targetSha = aimed.flatMap(Aimed::commit);
    Together.Pending<Boolean> exists =
        together.start(
            () ->
                aimed
                    .flatMap(Aimed::digest)
                    .map(digest -> registry.exists(settings.repository(), digest))
                    .orElse(true));
    Together.Pending<Optional<Settings>> configured =
        together.start(
            () ->
                aimed
                    .flatMap(Aimed::revision)
                    .flatMap(r -> cloudRun.settings(wish.service(), r.name())));
    Together.Pending<Map<CommitSha, CommitInfo>> texts =
        together.start(() -> history.texts(liveSha.stream().toList()));
    Together.Pending<LiveRate> rate =
        together.start(() -> outlooks.rate(wish, facts.state().live().main()));
    boolean both = liveSha.isPresent() && targetSha.isPresent();
    Together.Pending<List<CommitInfo>> between =
        together.start(
            orEmpty(
                both,
                () ->
                    eitherWay(
                        targetSha.orElseThrow(),
                        liveSha.orElseThrow(),
                        (from, to) -> history.between(from, to, Plan.MOST_COMMITS))));
    Together.Pending<List<Migration>> migrations =
        together.start(
            orEmpty(
                both,
                () ->
                    eitherWay(
                        targetSha.orElseThrow(),
                        liveSha.orElseThrow(),
                        history::migrationsBetween)));
    return new Facts(
        facts.state(),
        facts.journal(),
        facts.revisions(),
        facts.commit(),
        facts.image(),
        exists.known("registry"),
        configured
            .known("revisions")
            .asOptional()
            .flatMap(found -> found)
            .map(Known::of)
            .orElseGet(() -> Known.unknown("revisions")),
        texts.known("git").asOptional().flatMap(t -> liveSha.map(t::get)),
        liveSha,
        both ? between.known("git") : Known.unknown("commit"),
        both ? migrations.known("git") : Known.unknown("commit"),
        facts.spells(),
        nearest(tagged, facts),
        facts.commitsByDigest(),
        facts.branch(),
        facts.repository(),
        facts.probeable(),
        facts.around(),
        wish.ladder()
            .map(
                ladder ->
                    outlooks.outlook(
                        ladder, settings, outlooks.direction(facts, aimed), rate.known("logs"))));
  }

  /** What lies between them; where the target is the newer one, what it brings. */
  private static <T> List<T> eitherWay(
      CommitSha target, CommitSha live, BiFunction<CommitSha, CommitSha, List<T>> between) {
    List<T> back = between.apply(target, live);
    return back.isEmpty() ? between.apply(live, target) : back;
  }

  private static <T> Callable<List<T>> orEmpty(boolean known, Callable<List<T>> read) {
    return known ? read : List::of;
  }

  private Known<Optional<TargetImage>> imageOf(
      ServiceSettings settings,
      Optional<Known<CommitFinding>> commit,
      Together.Pending<Optional<TargetImage>> typed) {
    Known<Optional<TargetImage>> image = typed.known("registry");
    boolean missed = image.asOptional().filter(Optional::isEmpty).isPresent();
    if (missed
        && commit.flatMap(Known::asOptional).orElse(null)
            instanceof CommitFinding.Found(CommitInfo info, boolean _)) {
      return together.start(() -> image(settings, info.sha())).known("registry");
    }
    return image;
  }

  private Optional<TargetImage> image(ServiceSettings settings, CommitSha sha) {
    return registry
        .ofCommit(settings.repository(), sha)
        .map(i -> new TargetImage(i.commit(), i.digest(), i.runnable()));
  }

  private static boolean namesCommit(Target target) {
    return switch (target) {
      case Target.Commit _, Target.GitTag _, Target.Branch _ -> true;
      case Target.ByRevision _, Target.Previous _ -> false;
    };
  }

  private static Optional<CommitFinding> finding(CommitHistory history, Target target) {
    if (!namesCommit(target)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (history.resolve(target)) {
          case CommitHistory.Resolution.Found(CommitInfo commit, boolean onBranch) ->
              new CommitFinding.Found(commit, onBranch);
          case CommitHistory.Resolution.Ambiguous(List<CommitInfo> candidates) ->
              new CommitFinding.Ambiguous(candidates);
          case CommitHistory.Resolution.Missing() -> new CommitFinding.Missing();
        });
  }

  /** The history of a service's code. */
  public CommitHistory history(ServiceSettings settings) {
    CommitHistory history = histories.get(settings.id().name());
    if (history == null) {
      throw new IllegalStateException("no git history wired for " + settings.id().name());
    }
    return history;
  }

  /** What the tags say of each image. */
  static Map<Digest, CommitSha> commitsByDigest(List<TaggedImage> tagged) {
    var commits = new HashMap<Digest, CommitSha>();
    for (TaggedImage image : tagged) {
      for (Digest digest : image.runnable()) {
        // The longer name says more.
        commits.merge(
            digest, image.commit(), (a, b) -> a.value().length() >= b.value().length() ? a : b);
      }
    }
    return commits;
  }

  /**
   * Commits that could be gone back to: their image is there, and it is not what users have.
   * Nearest in time to the wanted commit, where that is known, else the newest.
   */
  private static List<CommitSha> nearest(List<TaggedImage> tagged, Facts facts) {
    Set<Digest> live =
        facts.state().live().percents().keySet().stream()
            .flatMap(name -> facts.revision(name).stream())
            .flatMap(r -> r.image().digest().stream())
            .collect(Collectors.toSet());
    Optional<Instant> wanted =
        facts.commit().flatMap(Known::asOptional).orElse(null)
                instanceof CommitFinding.Found(CommitInfo commit, boolean _)
            ? Optional.of(commit.at())
            : Optional.empty();
    Comparator<TaggedImage> order =
        wanted
            .map(
                at ->
                    Comparator.comparing(
                        (TaggedImage i) -> Duration.between(at, i.uploaded()).abs()))
            .orElse(Comparator.comparing(TaggedImage::uploaded).reversed());
    return tagged.stream()
        .filter(image -> image.runnable().stream().noneMatch(live::contains))
        .sorted(order)
        .map(image -> new CommitSha(image.commit().abbreviated()))
        .distinct()
        .limit(NEAREST)
        .toList();
  }
}
