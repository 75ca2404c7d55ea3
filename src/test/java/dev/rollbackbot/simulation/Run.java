package dev.rollbackbot.simulation;

import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.approval.ApprovalPolicy.Rule;
import dev.rollbackbot.domain.health.HealthJudge;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.journal.Journal.Ended;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.simulation.Weather.Neighbour;
import dev.rollbackbot.text.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One seed: a service, people, one to three workers that die and come back, and who else writes.
 */
final class Run {
  static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
  private static final Duration FAIR_AFTER = Duration.ofMinutes(15);

  /** A failed probe waits ten minutes for a person; everything else takes less. */
  private static final Duration REST_WITHIN = Duration.ofMinutes(20);

  private static final Duration STAYS = Duration.ofSeconds(45);
  private static final int MOST_EVENTS = 100_000;

  static final Duration SKEW = Duration.ofMinutes(2);

  /** By then nobody who took the first deliveries lives any more. */
  private static final Duration NEW_WORKERS = Duration.ofMinutes(15);

  private final long seed;
  private final Night night;

  /** What came to the nights later; apart from the rest, so that old seeds stay what they were. */
  private final Fate twists;

  private final Scheduler scheduler;
  private final Fate fate;
  private final Watch watch;
  private final KBack kBack;
  private final Board board;
  private final Sayings sayings;
  private final Stage stage;
  private final Duration skew;
  private final List<Worker> workers = new ArrayList<>();
  private final Weather weather;
  private int lives;
  private int deaths;

  /** How one seed went. */
  record Result(
      long seed,
      Optional<String> violation,
      Optional<Throwable> cause,
      List<String> log,
      Set<String> reached,
      List<Watch.Landed> landed,
      Board board) {
    /** The journal that stands in the end. */
    Journal last() {
      return landed.getLast().journal();
    }
  }

  Run(long seed) {
    this(seed, Night.ofTheSeed());
  }

  Run(long seed, Night night) {
    this.seed = seed;
    this.night = night;
    this.twists = new Fate(~seed);
    this.fate = new Fate(seed);
    this.scheduler = new Scheduler(START, fate);
    this.watch = new Watch(scheduler);
    this.kBack = new KBack(scheduler, fate, watch::wrote, night);
    this.skew =
        night.wild() && twists.chance(0.2) ? twists.oneOf(SKEW, SKEW.negated()) : night.skew();
    Rule rule = night.wild() && fate.chance(0.3) ? Rule.FOUR_EYES : Rule.CONFIRM;
    watch.begin(kBack, rule, skew);
    var neighbours = new Neighbours(kBack, scheduler, fate, night);
    this.sayings = new Sayings(watch, scheduler, kBack, neighbours, skew.abs());
    this.board = new Board(this::said);
    var settings =
        new ServiceSettings(
            KBack.ID,
            KBack.REPOSITORY,
            "main",
            !night.wild() || fate.chance(0.85),
            new ApprovalPolicy(rule, Set.of(), Set.of(), Stage.LATENESS),
            new HealthJudge(20, 0.05),
            Stage.LIMITS,
            Stage.CANARY,
            Stage.OFFER_LIFE,
            fate.chance(0.5) ? Optional.of(Board.INCIDENTS) : Optional.empty(),
            Optional.of(Board.CHANNEL));
    Optional<Duration> noQueue =
        night.wild() && twists.chance(0.15)
            ? Optional.of(twists.seconds(30, 400))
            : Optional.empty();
    this.weather = new Weather(scheduler, fate, START.plus(FAIR_AFTER), night);
    noQueue.ifPresent(from -> weather.out(Neighbour.QUEUE, START.plus(from), Night.OUTAGE));
    this.stage =
        new Stage(
            scheduler,
            fate,
            weather,
            kBack,
            new ModelCloudRun(kBack.model),
            board,
            neighbours,
            new Deliveries(scheduler, fate, this::alive, weather, night),
            watch,
            settings);
    watch.whenWritten(this::wrote);
  }

  private void said(Board.Place place, Message message, String where) {
    sayings.said(place, message, where);
    if (place == Board.Place.POST) {
      weather.reached(Night.Moment.OFFERED);
    }
  }

  private void wrote(Journal journal) {
    Stream.of(Night.Moment.values())
        .filter(moment -> moment.name().equals(journal.state().name()))
        .forEach(weather::reached);
    boolean switching = journal.state() == JobState.SWITCHING;
    if (switching && night.service() == Night.ServiceKind.NEVER_SAYS_SO) {
      stage.cloudRun().freezeStatuses(kBack.service());
    }
  }

  Result play() {
    scheduler.note("users have " + Meddler.split(kBack.service().getTrafficList()));
    if (night.wild()) {
      for (int i = fate.number(1, 3); i > 0; i--) {
        hire(fate.chance(0.6) ? Gate.Death.of(fate) : Gate.Death.never());
      }
      new Crowd(stage).gather();
      if (fate.chance(0.4)) {
        new Meddler(stage).gather();
      }
    } else {
      hire(Gate.Death.never());
      hire(Gate.Death.never());
      var ann = new Caller(stage);
      ann.gather();
      if (night.again().isPresent()) {
        ann.mayUndo();
        scheduler.in(NEW_WORKERS, "new workers", this::replaceAll);
      }
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
    return new Result(
        seed, watch.violation(), watch.cause(), scheduler.log(), reached, watch.landed(), board);
  }

  private static String reached(Journal journal) {
    String where = journal.state().moves() ? journal.state().name() : journal.ending().name();
    return (journal.aim().route() == Route.SHIFT ? "" : "REDEPLOY ") + where;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private void hire(Gate.Death death) {
    boolean wrong = night.wild() ? !skew.isZero() && twists.chance(0.5) : lives == 0;
    var worker = new Worker("w" + ++lives, stage, death, wrong ? skew : Duration.ZERO);
    workers.add(worker);
    worker.start();
  }

  private void replaceAll() {
    workers.forEach(Worker::kill);
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
    boolean waits = journal.state() == JobState.HOLDING;
    if ((journal.state().moves() && !waits) || journal.untold().isPresent()) {
      return false;
    }
    Card card = journal.cards().main().orElseThrow();
    boolean shown =
        board.message(card).filter(message -> sayings.isCardOf(journal, message)).isPresent();
    boolean said =
        board.lines(card).reversed().stream()
            .anyMatch(
                message -> sayings.isLineOf(journal, message) || saidBefore(journal, message));
    return shown && said && earlierSaysSo(journal);
  }

  /** A canary that is held is looked at since; what was said of it then stands. */
  private boolean saidBefore(Journal journal, Message message) {
    return journal.state() == JobState.HOLDING
        && watch.landed().reversed().stream()
            .map(Watch.Landed::journal)
            .filter(then -> then.seq() == journal.seq() && then.jobId().equals(journal.jobId()))
            .anyMatch(then -> sayings.isLineOf(then, message));
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
