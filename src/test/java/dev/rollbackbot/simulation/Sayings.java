package dev.rollbackbot.simulation;

import dev.rollbackbot.desk.PressedButtons;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.TrafficSplit;
import dev.rollbackbot.domain.model.TrafficSplit.Entry;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.engine.Charts;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.Views;
import dev.rollbackbot.text.ChartComposer;
import dev.rollbackbot.text.DeskComposer;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.RollbackComposer;
import dev.rollbackbot.text.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that is said to what has landed: a card, a line or an incident message must be
 * the composition of a journal that stands, or stood, on the service. So nothing is said early.
 */
final class Sayings implements Board.Listener {
  private static final TrafficSplit NOTHING = new TrafficSplit(List.of());

  private static final Texts ENGLISH = Texts.of(Locale.ENGLISH);

  private final Watch watch;
  private final Scheduler scheduler;
  private final KBack kBack;
  private final RollbackComposer composer = new RollbackComposer(Stage.ZONE);
  private final DeskComposer deskComposer = new DeskComposer(Stage.ZONE);
  private final Charts charts = new Charts(_ -> Optional.empty(), new ChartComposer(Stage.ZONE));
  private final Views views;
  private final ServiceState likeThis;
  private final Duration skew;

  /** The last question of {@link #isCardOf}, which is asked after every event. */
  private @Nullable Pair asked;

  private boolean answer;

  private record Pair(Journal journal, Message message) {}

  /**
   * @param skew how far ahead a speaker's clock may be
   */
  Sayings(Watch watch, Scheduler scheduler, KBack kBack, Neighbours neighbours, Duration skew) {
    this.watch = watch;
    this.scheduler = scheduler;
    this.kBack = kBack;
    this.views =
        new Views(
            new Seal(Stage.KEY), Map.of(KBack.ID.name(), neighbours.history()), Stage.VERDICTS);
    this.skew = skew;
    this.likeThis = Watch.state(kBack.service());
  }

  @Override
  public void said(Board.Place place, Message message, String where) {
    watch.look();
    Board.buttons(message).forEach(button -> watch.shown(button.value()));
    scheduler.note("  \" %s %s: %s".formatted(place, where, message.summary()));
    boolean told =
        switch (place) {
          case POST -> offers(message);
          case EDIT ->
              offers(message)
                  || closedByNext(message)
                  || tells(message, this::card)
                  || taken(message)
                  || lost(message)
                  || message.summary().startsWith(ENGLISH.get("over.other"));
          case LINE ->
              tells(message, this::line) || deploy(message) || chart(message) || lost(message);
          case INCIDENT -> closedByNext(message) || tells(message, this::incident) || lost(message);
          case PRIVATE -> privately(message);
        };
    if (!told) {
      watch.violated("said what no journal says: " + message.summary());
    }
  }

  /** Whether a card is what this journal says. */
  boolean isCardOf(Journal journal, Message message) {
    var pair = new Pair(journal, message);
    if (!pair.equals(asked)) {
      asked = pair;
      answer = matches(journal, message, this::card);
    }
    return answer;
  }

  /** Whether a line is what this journal says: its state, or the deploy that it told last. */
  boolean isLineOf(Journal journal, Message message) {
    return matches(journal, message, this::line)
        || (journal.newest().isPresent() && isDeployOf(journal, message));
  }

  /** Whether a card says that this journal's rollback closed its own. */
  boolean isClosedBy(Journal journal, Message message) {
    return journal
        .cards()
        .earlier()
        .filter(
            earlier ->
                matches(
                    journal,
                    message,
                    view -> new RollbackReport.Superseded(view, earlier.target())))
        .isPresent();
  }

  private RollbackReport card(JobView view) {
    return new RollbackReport.Card(view);
  }

  private RollbackReport line(JobView view) {
    return new RollbackReport.Line(view);
  }

  private RollbackReport incident(JobView view) {
    return new RollbackReport.Incident(view);
  }

  private static boolean offers(Message message) {
    return Board.buttons(message).stream()
        .anyMatch(
            b ->
                b.action().equals(PressedButtons.ROLL_BACK)
                    || b.action().equals(PressedButtons.APPROVE));
  }

  /** An offered action that was accepted, whoever asked for it. */
  private boolean taken(Message message) {
    return watch.landed().reversed().stream()
        .map(Watch.Landed::journal)
        .anyMatch(
            journal ->
                journal.accepted().stream()
                    .anyMatch(
                        offer ->
                            Crowd.PEOPLE.stream()
                                .anyMatch(who -> taken(journal, offer, who, message))));
  }

  private boolean taken(
      Journal journal, Journal.AcceptedOffer offer, String requester, Message message) {
    return Stream.of(
            JobAction.UNDO,
            JobAction.NEWEST,
            JobAction.RESTORE,
            JobAction.GO_ON,
            JobAction.SWITCH_ANYWAY)
        .anyMatch(
            action ->
                matches(
                    journal,
                    message,
                    view -> new RollbackReport.ActionTaken(view, action, requester, offer)));
  }

  private boolean closedByNext(Message message) {
    return watch.landed().reversed().stream().anyMatch(l -> isClosedBy(l.journal(), message));
  }

  /** Only where somebody threw a journal away. */
  private boolean lost(Message message) {
    return watch.journalWasThrownAway()
        && tells(message, view -> new RollbackReport.Lost(view, Optional.of(Meddler.KEN)));
  }

  private boolean tells(Message message, Function<JobView, RollbackReport> report) {
    return watch.landed().reversed().stream()
        .anyMatch(landed -> matches(landed.journal(), message, report));
  }

  private boolean deploy(Message message) {
    return watch.landed().reversed().stream()
        .map(Watch.Landed::journal)
        .filter(journal -> journal.state() == JobState.OPEN || journal.state().splits())
        .filter(journal -> journal.newest().isPresent())
        .anyMatch(journal -> isDeployOf(journal, message));
  }

  private boolean isDeployOf(Journal journal, Message message) {
    return Stream.concat(
            Stream.of(Optional.<CommitSha>empty()),
            kBack.commitOf(journal.newest().orElseThrow()).stream().map(Optional::of))
        .anyMatch(commit -> matches(journal, message, view -> deploy(view, commit)));
  }

  /** Where nothing can be drawn, a canary's picture is its words. */
  private boolean chart(Message message) {
    return watch.landed().reversed().stream()
        .flatMap(landed -> charts.of(landed.journal()).stream())
        .anyMatch(shown -> shown.words().equals(message));
  }

  private static RollbackReport deploy(JobView view, Optional<CommitSha> commit) {
    return new RollbackReport.DeployGotNothing(view, view.journal().newest().orElseThrow(), commit);
  }

  private boolean matches(
      Journal journal, Message message, Function<JobView, RollbackReport> report) {
    return views(journal)
        .anyMatch(view -> composer.compose(report.apply(view), Locale.ENGLISH).equals(message));
  }

  /** The views of one journal: over each split, overdue or not, with and without git's texts. */
  private Stream<JobView> views(Journal journal) {
    return watch.splits().stream()
        .flatMap(split -> states(journal, split))
        .flatMap(
            state -> moments(journal).map(now -> views.of(state, journal, now, Optional.empty())))
        .flatMap(
            view ->
                Stream.of(
                    view,
                    with(view, false, true),
                    with(view, true, false),
                    with(view, false, false)));
  }

  /** Within its time it looks the same at every moment. */
  private Stream<Instant> moments(Journal journal) {
    Instant now = scheduler.instant().plus(skew);
    return journal.seenAt(now).equals(journal)
        ? Stream.of(journal.since())
        : Stream.of(now, journal.since());
  }

  private static JobView with(JobView view, boolean target, boolean from) {
    return new JobView(
        view.service(),
        view.journal(),
        view.live(),
        target ? view.target() : Optional.empty(),
        from ? view.from() : Optional.empty(),
        view.values(),
        view.link(),
        view.verdict());
  }

  /** After a redeploy what may be done hangs on whose the template is, and on the pin. */
  private Stream<ServiceState> states(Journal journal, LiveSplit split) {
    TrafficSplit pinned = NOTHING.withShares(split);
    Optional<RevisionName> other = likeThis.latestCreated();
    if (journal.aim().route() == Route.SHIFT) {
      return Stream.of(with(pinned, likeThis.latestReady(), other));
    }
    var floating = new ArrayList<Entry>();
    split
        .percents()
        .forEach(
            (name, percent) ->
                floating.add(
                    new Entry(
                        split.main().filter(name::equals).isPresent()
                            ? Optional.empty()
                            : Optional.of(name),
                        percent,
                        Optional.empty())));
    return Stream.of(
        with(pinned, likeThis.latestReady(), Optional.of(journal.aim().target())),
        with(pinned, likeThis.latestReady(), other),
        with(new TrafficSplit(floating), split.main(), other));
  }

  private ServiceState with(
      TrafficSplit wanted, Optional<RevisionName> latestReady, Optional<RevisionName> created) {
    return new ServiceState(
        likeThis.id(),
        likeThis.uid(),
        likeThis.etag(),
        wanted,
        likeThis.observed(),
        likeThis.settled(),
        likeThis.failure(),
        latestReady,
        created,
        likeThis.url(),
        likeThis.journal(),
        likeThis.client(),
        likeThis.lastModifier(),
        likeThis.updated(),
        likeThis.marks(),
        likeThis.template());
  }

  /**
   * A delivery that wrote never says no, and one that did not says yes only to the person who did
   * it just then: the same click may come twice at once, and the two cannot tell their writes
   * apart.
   */
  private boolean privately(Message message) {
    boolean yes = done(message) || approved(message);
    return yes ? watch.didIt() : watch.writesOfThisDelivery() == 0 || watch.overtaken();
  }

  private boolean done(Message message) {
    for (JobAction action : JobAction.values()) {
      if (deskComposer
          .compose(new DeskReport.Done(KBack.ID, action), Locale.ENGLISH)
          .equals(message)) {
        return true;
      }
    }
    return false;
  }

  private boolean approved(Message message) {
    return watch.landed().reversed().stream()
        .map(Watch.Landed::journal)
        .flatMap(this::views)
        .anyMatch(
            view ->
                Stream.of(view, view.withoutButtons())
                    .anyMatch(
                        shown ->
                            deskComposer
                                .compose(new DeskReport.YouApproved(shown), Locale.ENGLISH)
                                .equals(message)));
  }
}
