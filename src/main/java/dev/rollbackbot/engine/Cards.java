package dev.rollbackbot.engine;

import dev.rollbackbot.domain.health.ErrorMessage;
import dev.rollbackbot.domain.job.Intervention;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.journal.Journal.Ended;
import dev.rollbackbot.domain.journal.Journal.News;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.RollbackComposer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Keeps what is told in step with the journal, without ever holding a rollback up.
 *
 * <p>A card is a function of journal and service, so an edit that failed, or whose worker died, is
 * simply made again from whatever is true then. Lines are added by the one whose write landed, or
 * who took the telling over. At a terminal nobody is told: workers do it.
 */
public final class Cards {
  private final ChatRoom chat;
  private final RollbackComposer composer;
  private final Views views;
  private final Charts charts;
  private final InstantSource clock;
  private final Executor teller;
  private final Lines lines;

  /** By job, what its card shows; nothing while an edit is under way. */
  private final Map<String, String> shown = Bounded.map();

  /** By life of a job, the newest sequence that its card was to show. */
  private final Map<String, Integer> told = Bounded.map();

  /** By life of a job, whether the one that it closed was told so. */
  private final Map<String, Boolean> ended = Bounded.map();

  private final Map<String, Card> incidents = Bounded.map();
  private final Set<String> syncing = ConcurrentHashMap.newKeySet();

  /**
   * @param teller runs one telling after the other, in order
   */
  public Cards(
      ChatRoom chat,
      RollbackComposer composer,
      Views views,
      Charts charts,
      InstantSource clock,
      Executor teller) {
    this.chat = chat;
    this.composer = composer;
    this.views = views;
    this.charts = charts;
    this.clock = clock;
    this.teller = teller;
    this.lines = new Lines(teller);
  }

  /** Posts an offer; throws when the chat product does not take it. */
  public Card offer(String channel, RollbackReport offered, Locale language) {
    return chat.post(channel, composer.compose(offered, language));
  }

  /** Replaces an offer's card; a failure is only logged. */
  public void replace(Card card, RollbackReport report, Locale language) {
    Message message = composer.compose(report, language);
    teller.execute(() -> Lines.attempt(() -> chat.edit(card, message)));
  }

  /** Shows the state just written: card, incident message, one line in the thread. */
  public void wrote(ServiceState state, Journal journal, ServiceSettings settings) {
    sync(state, journal, settings);
    line(journal, News.STATE, new RollbackReport.Line(view(state, journal)), settings);
  }

  /** Shows in the thread what a canary has seen so far; its words come whatever becomes of it. */
  public void chart(Journal journal) {
    Optional<Card> card = journal.cards().main();
    if (card.isEmpty() || !chat.present()) {
      return;
    }
    // Drawn by the teller: a rollback must not wait for a picture.
    lines.say(
        line(journal, News.STATE) + " chart",
        () -> charts.of(journal).ifPresent(shown -> show(card.get(), shown)));
  }

  private void show(Card card, Charts.Shown shown) {
    if (shown.picture().isPresent()) {
      chat.picture(card, shown.picture().get(), shown.words());
    } else {
      chat.line(card, shown.words(), false);
    }
  }

  /** Tells once, in the thread alone, what errors said; nothing where there is nothing to tell. */
  public void messages(ServiceState state, Journal journal, List<ErrorMessage> messages) {
    if (messages.isEmpty() || !chat.present()) {
      return;
    }
    Message message = compose(new RollbackReport.Messages(view(state, journal), messages), journal);
    journal
        .cards()
        .main()
        .ifPresent(
            card ->
                lines.say(
                    line(journal, News.STATE) + " messages",
                    () -> chat.line(card, message, false)));
  }

  /** Tells that a deploy got no users because of the pin. */
  public void deployGotNothing(
      ServiceState state,
      Journal journal,
      RevisionName revision,
      Optional<CommitSha> commit,
      ServiceSettings settings) {
    sync(state, journal, settings);
    line(
        journal,
        News.DEPLOY,
        new RollbackReport.DeployGotNothing(view(state, journal), revision, commit),
        settings);
  }

  /**
   * The same under a rollback that was kept: its journal stands still, so the revision tells one
   * such line from the next.
   */
  public void keptDeployGotNothing(
      ServiceState state,
      Journal journal,
      RevisionName revision,
      Optional<CommitSha> commit,
      ServiceSettings settings) {
    line(
        line(journal, News.DEPLOY) + " " + revision,
        journal,
        new RollbackReport.DeployGotNothing(view(state, journal), revision, commit),
        settings);
  }

  /** Tells that the record of a rollback is gone, so that its card promises nothing any more. */
  public void lost(
      ServiceState state, Journal journal, Optional<String> by, ServiceSettings settings) {
    Message message = compose(new RollbackReport.Lost(view(state, journal), by), journal);
    String key = life(journal) + " lost ";
    journal
        .cards()
        .main()
        .ifPresent(
            card -> {
              lines.say(key + "card", () -> chat.edit(card, message));
              lines.say(key + "line", () -> chat.line(card, message, true));
            });
    incidentOf(journal)
        .ifPresent(card -> lines.say(key + "incident", () -> chat.edit(card, message)));
    if (journal.cards().main().isEmpty()) {
      settings
          .homeChannel()
          .ifPresent(channel -> lines.say(key + "line", () -> posted(channel, message)));
    }
  }

  /** Whether this process has said the line that the journal owes. */
  public boolean said(Journal journal) {
    return journal.untold().filter(u -> lines.said(line(journal, u.news()))).isPresent();
  }

  /** Whether people can be told of this rollback from here, at this moment. */
  public boolean reaches(Journal journal, ServiceSettings settings) {
    if (!chat.present()) {
      return false;
    }
    try {
      if (journal.cards().main().isPresent()) {
        var _ = chat.link(journal.cards().main().get());
      } else {
        settings.homeChannel().ifPresent(chat::sharedWithOthers);
      }
      return true;
    } catch (WorldException e) {
      return false;
    }
  }

  /** Brings the card and the incident message to what the journal says, unless they are there. */
  public void sync(ServiceState state, Journal journal, ServiceSettings settings) {
    if (!chat.present()) {
      return;
    }
    String wanted = key(state, journal);
    int newest = told.merge(life(journal), journal.seq(), Math::max);
    // A slow hand may still hold what the service was before; the card never goes back to it.
    boolean old = journal.seq() < newest;
    if (old || wanted.equals(shown.get(journal.jobId())) || !syncing.add(wanted)) {
      return;
    }
    shown.put(journal.jobId(), "");
    teller.execute(
        () -> {
          try {
            JobView view = linked(view(state, journal), journal);
            boolean edited = edit(view, journal);
            boolean closed = superseded(view, journal);
            // Each is tried, whatever became of the others.
            if (incident(view, journal, settings.incidentChannel()) && edited && closed) {
              shown.put(journal.jobId(), wanted);
            }
          } finally {
            syncing.remove(wanted);
          }
        });
  }

  /** Whether the card was brought to what the journal says, by this process. */
  public boolean shows(ServiceState state, Journal journal) {
    return key(state, journal).equals(shown.get(journal.jobId()));
  }

  /** Whether this process has edited the card before, or tried to. */
  public boolean follows(Journal journal) {
    return told.containsKey(life(journal));
  }

  /** A rollback may begin again under its old name where somebody threw its journal away. */
  private static String life(Journal journal) {
    // To the millisecond, as the journal keeps it.
    return journal.jobId()
        + journal.acceptanceOf(journal.jobId()).map(AcceptedOffer::at).map(Instant::toEpochMilli);
  }

  private boolean edit(JobView view, Journal journal) {
    return journal
        .cards()
        .main()
        .map(
            card ->
                Lines.attempt(
                    () -> chat.edit(card, compose(new RollbackReport.Card(view), journal))))
        .orElse(true);
  }

  private boolean incident(JobView view, Journal journal, Optional<String> channel) {
    boolean underWayAtATerminal = journal.cards().main().isEmpty() && journal.state().moves();
    if (channel.isEmpty() || underWayAtATerminal) {
      return true;
    }
    Message message = compose(new RollbackReport.Incident(view), journal);
    Optional<Card> known = incidentOf(journal);
    return Lines.attempt(
        () -> {
          if (known.isPresent()) {
            chat.edit(known.get(), message);
          } else {
            incidents.put(journal.jobId(), chat.post(channel.get(), message));
          }
        });
  }

  private Optional<Card> incidentOf(Journal journal) {
    return journal.cards().incident().or(() -> Optional.ofNullable(incidents.get(journal.jobId())));
  }

  /** The rollback that this one closed gets its last word, from each process that sees to both. */
  private boolean superseded(JobView view, Journal journal) {
    Optional<Ended> earlier = journal.cards().earlier();
    if (earlier.isEmpty() || ended.containsKey(life(journal))) {
      return true;
    }
    Message message = compose(new RollbackReport.Superseded(view, earlier.get().target()), journal);
    boolean all = true;
    for (Optional<Card> card : List.of(earlier.get().main(), earlier.get().incident())) {
      all &= card.isEmpty() || Lines.attempt(() -> chat.edit(card.get(), message));
    }
    if (all) {
      ended.put(life(journal), true);
    }
    return all;
  }

  /** The journal with the incident message that was posted meanwhile. */
  public Journal withIncident(Journal journal) {
    Card posted = incidents.get(journal.jobId());
    return posted == null || journal.cards().incident().isPresent()
        ? journal
        : journal.withCards(
            new Journal.Cards(
                journal.cards().main(),
                Optional.of(posted),
                journal.cards().earlier(),
                journal.cards().language()));
  }

  /** The view of a job. */
  public JobView view(ServiceState state, Journal journal) {
    return views.of(state, journal, clock.instant(), Optional.empty());
  }

  /** The view of a job with a link to its card, for messages elsewhere. */
  public JobView linked(ServiceState state, Journal journal) {
    return linked(view(state, journal), journal);
  }

  private JobView linked(JobView view, Journal journal) {
    try {
      return view.linked(journal.cards().main().flatMap(chat::link));
    } catch (WorldException e) {
      return view;
    }
  }

  private Message compose(RollbackReport report, Journal journal) {
    return composer.compose(report, journal.cards().language());
  }

  private String key(ServiceState state, Journal journal) {
    Journal seen = journal.seenAt(clock.instant());
    return String.join(
        " ",
        journal.jobId(),
        String.valueOf(journal.seq()),
        seen.state().name(),
        state.live().asArgument(),
        String.valueOf(journal.canary().map(canary -> canary.seen().size()).orElse(0)),
        String.valueOf(Intervention.possible(state, seen)));
  }

  private void line(Journal journal, News news, RollbackReport report, ServiceSettings settings) {
    line(line(journal, news), journal, report, settings);
  }

  private void line(String key, Journal journal, RollbackReport report, ServiceSettings settings) {
    if (!chat.present()) {
      return;
    }
    boolean rests = journal.state() == JobState.OPEN || journal.state() == JobState.CLOSED;
    Optional<String> home = settings.homeChannel().filter(_ -> rests);
    if (journal.cards().main().isPresent()) {
      Card card = journal.cards().main().get();
      Message message = compose(report, journal);
      lines.say(key, () -> chat.line(card, message, rests));
    } else if (home.isPresent()) {
      Message message = compose(report, journal);
      lines.say(key, () -> posted(home.get(), message));
    } else {
      lines.needless(key);
    }
  }

  private void posted(String channel, Message message) {
    var _ = chat.post(channel, message);
  }

  private static String line(Journal journal, News news) {
    return life(journal) + " " + journal.seq() + " " + news;
  }

  /** Says what had to wait; called with every look at the services. */
  public void catchUp() {
    lines.catchUp();
  }
}
