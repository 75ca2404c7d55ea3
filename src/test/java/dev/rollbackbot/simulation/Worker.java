package dev.rollbackbot.simulation;

import dev.rollbackbot.desk.Actions;
import dev.rollbackbot.desk.Answers;
import dev.rollbackbot.desk.Approvals;
import dev.rollbackbot.desk.Desk;
import dev.rollbackbot.desk.DeskSettings;
import dev.rollbackbot.desk.LooseTags;
import dev.rollbackbot.desk.PressedButtons;
import dev.rollbackbot.desk.TypedWords;
import dev.rollbackbot.domain.command.CommandParser;
import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.driver.Driver;
import dev.rollbackbot.driver.Gauges;
import dev.rollbackbot.driver.Rounds;
import dev.rollbackbot.engine.ActionOffers;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.Charts;
import dev.rollbackbot.engine.FactsCollector;
import dev.rollbackbot.engine.Interventions;
import dev.rollbackbot.engine.Notices;
import dev.rollbackbot.engine.Outlooks;
import dev.rollbackbot.engine.PastReader;
import dev.rollbackbot.engine.Pins;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.StepRunner;
import dev.rollbackbot.engine.Surveys;
import dev.rollbackbot.engine.Together;
import dev.rollbackbot.engine.Views;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.CommitHistory;
import dev.rollbackbot.port.HealthProbe;
import dev.rollbackbot.port.ImageRegistry;
import dev.rollbackbot.port.Incoming;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.People;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.simulation.Weather.Neighbour;
import dev.rollbackbot.text.ChartComposer;
import dev.rollbackbot.text.DeskComposer;
import dev.rollbackbot.text.RollbackComposer;
import dev.rollbackbot.text.WatchComposer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One life of a worker: the real desk and the real driver over guarded ports. When it dies, all
 * that it knew is gone.
 */
final class Worker {
  private static final Duration LOOKS = Duration.ofSeconds(4);
  private static final int MOST_REQUESTS = 30;
  private static final Together TOGETHER =
      new Together(new DirectExecutor(), Duration.ofMinutes(1));

  private final String name;
  private final Stage stage;
  private final Gate gate;
  private final Rounds rounds;
  private final Desk desk;
  private final Deque<Runnable> tellings = new ArrayDeque<>();
  private boolean telling;
  private boolean looking;

  /**
   * @param skew how far its clock is ahead
   */
  Worker(String name, Stage stage, Gate.Death death, Duration skew) {
    InstantSource clock = () -> stage.scheduler().instant().plus(skew);
    this.name = name;
    this.stage = stage;
    this.gate = new Gate(stage.scheduler(), stage.fate(), stage.weather(), name, death);
    CloudRun cloudRun = gate.guarded(CloudRun.class, Neighbour.CLOUD_RUN, stage.cloudRun());
    ChatRoom chat = gate.guarded(ChatRoom.class, Neighbour.CHAT, stage.board());
    ImageRegistry registry =
        gate.guarded(ImageRegistry.class, Neighbour.REGISTRY, stage.neighbours().registry());
    LogReader logs = gate.guarded(LogReader.class, Neighbour.LOGS, stage.neighbours().logs());
    HealthProbe probe =
        gate.guarded(HealthProbe.class, Neighbour.PROBE, stage.neighbours().probe());
    People people = gate.guarded(People.class, Neighbour.PEOPLE, Neighbours.people());
    Map<String, CommitHistory> histories =
        Map.of(
            KBack.ID.name(),
            gate.guarded(CommitHistory.class, Neighbour.GIT, stage.neighbours().history()));
    AuditLog audit = entry -> {};

    ServiceSettings settings = stage.settings();
    var seal = new Seal(Stage.KEY);
    var cards =
        new Cards(
            chat,
            new RollbackComposer(Stage.ZONE),
            new Views(seal, histories, Stage.VERDICTS),
            new Charts(_ -> Optional.empty(), new ChartComposer(Stage.ZONE)),
            clock,
            this::tellLater);
    var runner = new StepRunner(cloudRun, Stage.BOT, clock, stage.scheduler()::meanwhile, audit);
    var past = new PastReader(logs, (_, _) -> List.of(), TOGETHER);
    var collector =
        new FactsCollector(
            cloudRun,
            registry,
            histories,
            past,
            TOGETHER,
            new Outlooks(logs, Stage.VERDICTS),
            Stage.BOT,
            clock);
    var driver =
        new Driver(
            cloudRun,
            new Gauges(
                Map.of(KBack.ID.name(), probe), logs, cards, TOGETHER, Stage.VERDICTS, clock),
            runner,
            cards,
            clock,
            new Driver.Identity(Stage.BOT, name));
    this.rounds =
        new Rounds(cloudRun, driver, (_, _) -> {}, List.of(settings), clock, Runnable::run);

    var deskSettings =
        new DeskSettings(
            Set.of(Deliveries.TEAM),
            Map.of(
                Board.CHANNEL, new DeskSettings.Channel(List.of(KBack.ID.name()), Locale.ENGLISH)),
            Map.of(KBack.ID.name(), settings),
            MOST_REQUESTS);
    var answers = new Answers(chat, new DeskComposer(Stage.ZONE), deskSettings);
    var interventions = new Interventions(cloudRun, runner, cards, clock, Stage.BOT, name);
    var approvals = new Approvals(_ -> Set.of(), true);
    var work = new Actions.Work(Stage.BOT, name, this::lookSoon);
    var actions =
        new Actions(
            cloudRun,
            new ActionOffers(
                new Pins(cloudRun, registry, TOGETHER, clock, Stage.BOT, name),
                interventions,
                cards,
                audit,
                clock,
                name),
            interventions,
            approvals,
            cards,
            answers,
            seal,
            audit,
            clock,
            deskSettings,
            work);
    var words =
        new TypedWords(
            new CommandParser(Set.of(KBack.ID.name())),
            collector,
            new Surveys(
                cloudRun, registry, logs, past, collector, cards, TOGETHER, Stage.BOT, "0a1b2c3d"),
            actions,
            cards,
            answers,
            seal,
            clock,
            deskSettings);
    var buttons =
        new PressedButtons(
            cloudRun,
            collector,
            runner,
            actions,
            approvals,
            words,
            cards,
            answers,
            seal,
            audit,
            clock,
            deskSettings,
            new LooseTags(
                interventions,
                new Notices(chat, new WatchComposer(Stage.ZONE), Map.of()),
                answers,
                seal,
                clock,
                deskSettings),
            work);
    this.desk =
        new Desk(
            stage.deliveries(), chat, people, words, buttons, answers, audit, clock, deskSettings);
  }

  String name() {
    return name;
  }

  boolean alive() {
    return !gate.dead();
  }

  /** Dies between two events. */
  void kill() {
    gate.kill("of a signal");
  }

  /** Looks at the services every few seconds as long as it lives. */
  void start() {
    stage.scheduler().background(stage.fate().seconds(0.1, 4), name + " looks", this::lookAlways);
  }

  private void lookAlways() {
    if (alive()) {
      look();
      stage.scheduler().background(LOOKS, name + " looks", this::lookAlways);
    }
  }

  private void lookSoon() {
    stage.scheduler().background(Duration.ofMillis(20), name + " looks", this::look);
  }

  private void look() {
    if (!looking) {
      looking = true;
      act(Optional.empty(), rounds::look);
      looking = false;
    }
  }

  /** Takes one delivery; empty when it died of it. */
  Optional<Verdict> handle(SignedRequest request, Instant published, int attempt) {
    var verdict = new Verdict[1];
    act(
        Optional.of(stage.deliveries().read(request)),
        () -> verdict[0] = desk.handle(request, published, attempt));
    return alive() ? Optional.ofNullable(verdict[0]) : Optional.empty();
  }

  private void tellLater(Runnable task) {
    tellings.addLast(task);
    stage
        .scheduler()
        .background(
            stage.fate().chance(0.8) ? stage.fate().seconds(0, 0.3) : stage.fate().seconds(0.3, 4),
            name + " tells",
            this::tell);
  }

  /** One after the other, in order, as the teller's one thread does. */
  private void tell() {
    if (telling) {
      return;
    }
    telling = true;
    while (alive() && !tellings.isEmpty()) {
      act(Optional.empty(), tellings.removeFirst());
    }
    telling = false;
  }

  private void act(Optional<Incoming> incoming, Runnable work) {
    if (!alive()) {
      return;
    }
    stage.watch().enter(name, incoming);
    try {
      work.run();
    } catch (Crash e) {
      // It is dead; whoever called sees that.
    } catch (RuntimeException e) {
      if (alive()) {
        stage.watch().violated(name + " met something unforeseen: " + e, e);
      }
    } finally {
      stage.watch().leave();
    }
  }
}
