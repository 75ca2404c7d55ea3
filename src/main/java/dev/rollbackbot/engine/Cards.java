package dev.rollbackbot.engine;

import dev.rollbackbot.domain.health.ErrorMessage;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.Journal.Card;
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
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is told in step with the journal, without ever holding a rollback up.
 *
 * <p>A card is a function of journal and service, so an edit that failed, or whose worker died, is
 * simply made again from whatever is true then. Lines are added by the one whose write landed;
 * while the chat product is down they wait here, at most {@value #MOST_WAITING}.
 */
public final class Cards {
  private static final Logger LOG = LoggerFactory.getLogger(Cards.class);
  private static final int MOST_WAITING = 200;
  private static final int MOST_REMEMBERED = 1_000;

  private final ChatRoom chat;
  private final RollbackComposer composer;
  private final Views views;
  private final InstantSource clock;
  private final Executor teller;

  /** By job, what its card shows; nothing while an edit is under way. */
  private final Map<String, String> shown = bounded();

  /** By life of a job, the newest sequence that its card was to show. */
  private final Map<String, Integer> told = bounded();

  private final Map<String, Card> incidents = bounded();
  private final Set<String> syncing = ConcurrentHashMap.newKeySet();

  /** Touched by the teller alone. */
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  /**
   * @param teller runs one telling after the other, in order
   */
  public Cards(
      ChatRoom chat, RollbackComposer composer, Views views, InstantSource clock, Executor teller) {
    this.chat = chat;
    this.composer = composer;
    this.views = views;
    this.clock = clock;
    this.teller = teller;
  }

  /** Posts an offer; throws when the chat product does not take it. */
  public Card offer(String channel, RollbackReport offered, Locale language) {
    return chat.post(channel, composer.compose(offered, language));
  }

  /** Replaces an offer's card; a failure is only logged. */
  public void replace(Card card, RollbackReport report, Locale language) {
    Message message = composer.compose(report, language);
    teller.execute(() -> attempt(() -> chat.edit(card, message)));
  }

  /** Shows the state just written: card, incident message, one line in the thread. */
  public void wrote(ServiceState state, Journal journal, Optional<String> incidentChannel) {
    sync(state, journal, incidentChannel);
    boolean loud = journal.state() == JobState.OPEN || journal.state() == JobState.CLOSED;
    line(state, journal, new RollbackReport.Line(view(state, journal)), loud);
  }

  /** Tells once what errors said; nothing where there is nothing to tell. */
  public void messages(ServiceState state, Journal journal, List<ErrorMessage> messages) {
    if (!messages.isEmpty()) {
      line(state, journal, new RollbackReport.Messages(view(state, journal), messages), false);
    }
  }

  /** Tells that a deploy got no users because of the pin. */
  public void deployGotNothing(
      ServiceState state, Journal journal, RevisionName revision, Optional<CommitSha> commit) {
    line(
        state,
        journal,
        new RollbackReport.DeployGotNothing(view(state, journal), revision, commit),
        true);
  }

  /** Brings the card and the incident message to what the journal says, unless they are there. */
  public void sync(ServiceState state, Journal journal, Optional<String> incidentChannel) {
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
            // Each is tried, whatever became of the other.
            if (incident(view, journal, incidentChannel) && edited) {
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
            card -> attempt(() -> chat.edit(card, compose(new RollbackReport.Card(view), journal))))
        .orElse(true);
  }

  private boolean incident(JobView view, Journal journal, Optional<String> channel) {
    if (channel.isEmpty() || journal.cards().main().isEmpty()) {
      return true;
    }
    Message message = compose(new RollbackReport.Incident(view), journal);
    Optional<Card> known =
        journal.cards().incident().or(() -> Optional.ofNullable(incidents.get(journal.jobId())));
    return attempt(
        () -> {
          if (known.isPresent()) {
            chat.edit(known.get(), message);
          } else {
            incidents.put(journal.jobId(), chat.post(channel.get(), message));
          }
        });
  }

  /** The journal with the incident message that was posted meanwhile. */
  public Journal withIncident(Journal journal) {
    Card posted = incidents.get(journal.jobId());
    return posted == null || journal.cards().incident().isPresent()
        ? journal
        : journal.withCards(
            new Journal.Cards(
                journal.cards().main(), Optional.of(posted), journal.cards().language()));
  }

  /** The view of a job. */
  public JobView view(ServiceState state, Journal journal) {
    return views.of(state, journal, clock.instant(), Optional.empty());
  }

  private JobView linked(JobView view, Journal journal) {
    try {
      return new JobView(
          view.service(),
          view.journal(),
          view.live(),
          view.target(),
          view.from(),
          view.values(),
          journal.cards().main().flatMap(chat::link));
    } catch (WorldException e) {
      return view;
    }
  }

  private Message compose(RollbackReport report, Journal journal) {
    return composer.compose(report, journal.cards().language());
  }

  private String key(ServiceState state, Journal journal) {
    Journal seen = Views.asSeen(journal, clock.instant());
    return String.join(
        " ",
        journal.jobId(),
        String.valueOf(journal.seq()),
        seen.state().name(),
        state.live().asArgument());
  }

  private void line(ServiceState state, Journal journal, RollbackReport report, boolean loud) {
    if (journal.cards().main().isEmpty()) {
      return;
    }
    Card card = journal.cards().main().get();
    Message message = compose(report, journal);
    teller.execute(
        () -> {
          if (waiting.size() >= MOST_WAITING) {
            waiting.removeFirst();
            LOG.warn("{}: too many lines wait; the oldest is dropped", state.id().name());
          }
          waiting.addLast(() -> chat.line(card, message, loud));
          flush();
        });
  }

  /** Says what had to wait; called with every look at the services. */
  public void catchUp() {
    teller.execute(this::flush);
  }

  private void flush() {
    while (!waiting.isEmpty() && attempt(waiting.getFirst())) {
      waiting.removeFirst();
    }
  }

  private static boolean attempt(Runnable telling) {
    try {
      telling.run();
      return true;
    } catch (WorldException e) {
      LOG.warn("not told: {} {}", e.kind(), e.detail());
      // What the chat product refuses for good must not block what comes after it.
      return switch (e.kind()) {
        case NOT_FOUND, REFUSED, DENIED -> true;
        case UNAVAILABLE, CONFLICT, QUOTA -> false;
      };
    }
  }

  private static <V> Map<String, V> bounded() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST_REMEMBERED;
          }
        });
  }
}
