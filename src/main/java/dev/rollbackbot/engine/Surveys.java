package dev.rollbackbot.engine;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.Around;
import dev.rollbackbot.domain.plan.Candidate;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.plan.Facts;
import dev.rollbackbot.domain.plan.Facts.Spell;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.OtherHands;
import dev.rollbackbot.domain.plan.Proof;
import dev.rollbackbot.domain.plan.Track;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.ImageRegistry;
import dev.rollbackbot.port.ImageRegistry.TaggedImage;
import dev.rollbackbot.port.LogReader;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers that change nothing: where one can go back to, how things stand, what was done. */
public final class Surveys {
  private static final int ROWS = 8;
  private static final int REVISIONS = 30;
  private static final int RECENT_IMAGES = 60;
  private static final int HISTORY_LINES = 10;

  private final CloudRun cloudRun;
  private final ImageRegistry registry;
  private final LogReader logs;
  private final PastReader past;
  private final FactsCollector collector;
  private final Cards cards;
  private final Together together;
  private final String bot;
  private final String configuration;

  /**
   * @param configuration names the settings that the bot runs with, for whoever compares
   */
  public Surveys(
      CloudRun cloudRun,
      ImageRegistry registry,
      LogReader logs,
      PastReader past,
      FactsCollector collector,
      Cards cards,
      Together together,
      String bot,
      String configuration) {
    this.cloudRun = cloudRun;
    this.registry = registry;
    this.logs = logs;
    this.past = past;
    this.collector = collector;
    this.cards = cards;
    this.together = together;
    this.bot = bot;
    this.configuration = configuration;
  }

  /** Recent targets, newest first. */
  public DeskReport.Targets targets(ServiceSettings settings) {
    Together.Pending<List<TaggedImage>> recent =
        together.start(() -> registry.recent(settings.repository(), RECENT_IMAGES));
    PastReader.Pending pending = past.start(settings);
    ServiceState state = cloudRun.read(settings.id());
    List<Revision> revisions = cloudRun.revisions(settings.id()).stream().limit(REVISIONS).toList();
    Known<List<TaggedImage>> tagged = recent.known("registry");
    PastReader.Past known = pending.get();
    List<Spell> spells = known.spells().asOptional().orElse(List.of());
    Map<Digest, CommitSha> byDigest =
        FactsCollector.commitsByDigest(tagged.asOptional().orElse(List.of()));
    List<CommitSha> commits =
        revisions.stream().flatMap(r -> Facts.commitOf(r, byDigest).stream()).distinct().toList();
    Known<Map<CommitSha, CommitInfo>> texts =
        together.start(() -> collector.history(settings).texts(commits)).known("git");

    List<Revision> shown =
        revisions.stream()
            .filter(r -> r.ready() || state.live().percents().containsKey(r.name()))
            .limit(ROWS)
            .toList();
    Around around =
        known
            .around()
            .with(past.count(settings, shown.stream().map(Revision::name).toList(), spells));
    List<Candidate> rows =
        shown.stream()
            .map(
                revision ->
                    candidate(
                        revision,
                        state.live().percents().containsKey(revision.name()),
                        Facts.commitOf(revision, byDigest),
                        texts.asOptional().orElse(Map.of()),
                        around.track(revision.name(), spells),
                        around,
                        byDigest))
            .toList();
    var unknown = new LinkedHashSet<Known.Unknown<?>>();
    for (Known<?> fact :
        List.of(tagged, known.spells(), around.rollbacks(), around.builds(), texts)) {
      if (fact instanceof Known.Unknown<?> missed) {
        unknown.add(missed);
      }
    }
    return new DeskReport.Targets(
        settings.id(),
        rows,
        List.copyOf(unknown),
        state.starting(),
        around.builds().asOptional().orElse(List.of()));
  }

  private static Candidate candidate(
      Revision revision,
      boolean live,
      Optional<CommitSha> commit,
      Map<CommitSha, CommitInfo> texts,
      Track track,
      Around around,
      Map<Digest, CommitSha> byDigest) {
    boolean byImage = revision.image().digest().filter(byDigest::containsKey).isPresent();
    Proof proof = commit.isEmpty() ? Proof.NAMED : byImage ? Proof.IMAGE : Proof.LABEL;
    return new Candidate(
        commit, commit.map(texts::get), revision.name(), proof, live, track, around.worth(track));
  }

  /** How a service stands. */
  public DeskReport.Status status(ServiceSettings settings) {
    ServiceState state = cloudRun.read(settings.id());
    PastReader.Pending pending = past.start(settings);
    Together.Pending<List<TaggedImage>> recent =
        together.start(() -> registry.recent(settings.repository(), RECENT_IMAGES));
    Optional<RevisionName> main = state.live().main();
    Optional<Revision> live = main.flatMap(name -> cloudRun.revision(settings.id(), name));
    Map<Digest, CommitSha> byDigest =
        FactsCollector.commitsByDigest(recent.known("registry").asOptional().orElse(List.of()));
    Optional<CommitSha> commit = live.flatMap(r -> Facts.commitOf(r, byDigest));
    Optional<CommitInfo> text =
        together
            .start(() -> collector.history(settings).texts(commit.stream().toList()))
            .known("git")
            .asOptional()
            .flatMap(texts -> commit.map(texts::get));
    PastReader.Past known = pending.get();
    Optional<Instant> since =
        known.spells().asOptional().orElse(List.of()).reversed().stream()
            .filter(s -> main.filter(s.revision()::equals).isPresent())
            .findFirst()
            .map(Spell::from);
    JournalReading journal = cloudRun.journal(state, bot);
    Optional<Journal> found =
        journal instanceof JournalReading.Found(Journal j) ? Optional.of(j) : Optional.empty();
    Optional<JobView> job = found.map(j -> cards.view(state, j));
    List<String> leftover =
        state.wanted().tags().stream()
            .filter(tag -> tag.startsWith("rb-"))
            .filter(tag -> found.filter(j -> j.tag().equals(tag)).isEmpty())
            .toList();
    return new DeskReport.Status(
        settings.id(),
        state.live(),
        state.pinned(),
        state.settled(),
        text,
        commit.map(CommitSha::abbreviated),
        since,
        state.lastModifier(),
        state.client(),
        state.latestReady().map(RevisionName::value),
        journal,
        job,
        leftover,
        OtherHands.of(state, known.around()),
        configuration);
  }

  /** What the bot noted. */
  public DeskReport.History history(ServiceSettings settings) {
    return new DeskReport.History(
        settings.id(),
        together.start(() -> logs.history(settings.id(), HISTORY_LINES)).known("logs"));
  }
}
