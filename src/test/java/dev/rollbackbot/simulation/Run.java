package dev.rollbackbot.simulation;

import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.approval.ApprovalPolicy.Rule;
import dev.rollbackbot.domain.health.HealthJudge;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.journal.Journal.Ended;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.engine.ServiceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One seed: a service, people, one to three workers that die and come back, and who else writes.
 */
final class Run {
  private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
  private static final Duration FAIR_AFTER = Duration.ofMinutes(15);

  /** A failed probe waits ten minutes for a person; everything else takes less. */
  private static final Duration REST_WITHIN = Duration.ofMinutes(20);

  private static final Duration STAYS = Duration.ofSeconds(45);
  private static final int MOST_EVENTS = 100_000;

  private final long seed;
  private final Scheduler scheduler;
  private final Fate fate;
  private final Watch watch;
  private final KBack kBack;
  private final Board board;
  private final Sayings sayings;
  private final Stage stage;
  private final List<Worker> workers = new ArrayList<>();
  private int lives;
  private int deaths;

  /** How one seed went. */
  record Result(
      long seed,
      Optional<String> violation,
      Optional<Throwable> cause,
      List<String> log,
      Set<String> reached) {}

  Run(long seed) {
    this.seed = seed;
    this.fate = new Fate(seed);
    this.scheduler = new Scheduler(START, fate);
    this.watch = new Watch(scheduler);
    this.kBack = new KBack(scheduler, fate, watch::wrote);
    Rule rule = fate.chance(0.3) ? Rule.FOUR_EYES : Rule.CONFIRM;
    watch.begin(kBack, rule);
    var neighbours = new Neighbours(kBack, scheduler, fate);
    this.sayings = new Sayings(watch, scheduler, kBack, neighbours);
    this.board = new Board(sayings);
    var settings =
        new ServiceSettings(
            KBack.ID,
            KBack.REPOSITORY,
            "main",
            fate.chance(0.85),
            new ApprovalPolicy(rule, Set.of(), Set.of(), Stage.LATENESS),
            new HealthJudge(20, 0.05),
            Stage.LIMITS,
            Stage.CANARY,
            Stage.OFFER_LIFE,
            fate.chance(0.5) ? Optional.of(Board.INCIDENTS) : Optional.empty(),
            Optional.of(Board.CHANNEL));
    var deliveries = new Deliveries(scheduler, fate, this::alive);
    this.stage =
        new Stage(
            scheduler,
            fate,
            new Weather(scheduler, fate, START.plus(FAIR_AFTER)),
            kBack,
            new ModelCloudRun(kBack.model),
            board,
            neighbours,
            deliveries,
            watch,
            settings);
  }

  Result play() {
    scheduler.note("users have " + Meddler.split(kBack.service().getTrafficList()));
    for (int i = fate.number(1, 3); i > 0; i--) {
      hire(fate.chance(0.6) ? Gate.Death.of(fate) : Gate.Death.never());
    }
    new Crowd(stage).gather();
    if (fate.chance(0.4)) {
      new Meddler(stage).gather();
    }
    Instant calmSince = START;
    Instant restsSince = Instant.MAX;
    for (int event = 0; watch.violation().isEmpty(); event++) {
      scheduler.next();
      bury();
      look();
      Instant now = scheduler.instant();
      calmSince = scheduler.quiet() ? calmSince : now;
      restsSince = !scheduler.quiet() || !rests() ? Instant.MAX : earlier(restsSince, now);
      if (!restsSince.equals(Instant.MAX) && now.isAfter(restsSince.plus(STAYS))) {
        break;
      }
      Instant calm =
          earlier(calmSince, START.plus(FAIR_AFTER)).equals(calmSince)
              ? START.plus(FAIR_AFTER)
              : calmSince;
      if (event > MOST_EVENTS || now.isAfter(calm.plus(REST_WITHIN))) {
        watch.violated("does not come to rest with a card that says so");
      }
    }
    Set<String> reached =
        watch.landed().stream()
            .map(Watch.Landed::journal)
            .map(Run::reached)
            .collect(Collectors.toSet());
    return new Result(seed, watch.violation(), watch.cause(), scheduler.log(), reached);
  }

  private static String reached(Journal journal) {
    String where = journal.state().moves() ? journal.state().name() : journal.ending().name();
    return (journal.aim().route() == Route.SHIFT ? "" : "REDEPLOY ") + where;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private void hire(Gate.Death death) {
    var worker = new Worker("w" + ++lives, stage, death);
    workers.add(worker);
    worker.start();
  }

  /** Who died is replaced sooner or later; so somebody is there in the end. */
  private void bury() {
    for (Worker worker : List.copyOf(workers)) {
      if (!worker.alive()) {
        workers.remove(worker);
        deaths++;
        scheduler.in(
            fate.chance(0.7) ? fate.seconds(1, 30) : fate.seconds(30, 400),
            "a new worker for " + worker.name(),
            () -> hire(deaths < 6 && fate.chance(0.4) ? Gate.Death.of(fate) : Gate.Death.never()));
      }
    }
  }

  private List<Worker> alive() {
    return workers.stream().filter(Worker::alive).toList();
  }

  private void look() {
    watch.look();
    Map<String, Integer> percents = kBack.model.routing(KBack.ID.resourceName()).percents();
    int sum = percents.values().stream().mapToInt(Integer::intValue).sum();
    if (sum != 100) {
      watch.violated("users are routed to " + percents);
    }
  }

  /** Nothing moves, and the card says what the journal says. */
  private boolean rests() {
    Optional<Journal> standing = watch.standing();
    if (standing.isEmpty()) {
      return true;
    }
    Journal journal = standing.get();
    if (journal.state().moves() || journal.untold().isPresent()) {
      return false;
    }
    Card card = journal.cards().main().orElseThrow();
    boolean shown =
        board.message(card).filter(message -> sayings.isCardOf(journal, message)).isPresent();
    boolean said =
        board.lines(card).stream().anyMatch(message -> sayings.isLineOf(journal, message));
    return shown && said && earlierSaysSo(journal);
  }

  /** The rollback that this one closed says so on its card. */
  private boolean earlierSaysSo(Journal journal) {
    return journal
        .cards()
        .earlier()
        .flatMap(Ended::main)
        .flatMap(board::message)
        .map(message -> sayings.isClosedBy(journal, message))
        .orElse(true);
  }
}
