package dev.rollbackbot;

import dev.rollbackbot.chart.PngPainter;
import dev.rollbackbot.domain.command.CommandParser;
import dev.rollbackbot.driver.Driver;
import dev.rollbackbot.driver.Gauges;
import dev.rollbackbot.engine.ActionOffers;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.Charts;
import dev.rollbackbot.engine.FactsCollector;
import dev.rollbackbot.engine.Interventions;
import dev.rollbackbot.engine.Outlooks;
import dev.rollbackbot.engine.PastReader;
import dev.rollbackbot.engine.Pins;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.StepRunner;
import dev.rollbackbot.engine.Surveys;
import dev.rollbackbot.engine.Together;
import dev.rollbackbot.engine.Verdicts;
import dev.rollbackbot.engine.Views;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.Builds;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.CommitHistory;
import dev.rollbackbot.port.HealthProbe;
import dev.rollbackbot.port.ImageRegistry;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.Timers;
import dev.rollbackbot.statistics.CommonsChances;
import dev.rollbackbot.text.ChartComposer;
import dev.rollbackbot.text.DeskComposer;
import dev.rollbackbot.text.RollbackComposer;
import dev.rollbackbot.text.Typing;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** What desk, driver and terminal are made of, wired once over whatever world they are given. */
record Core(
    CloudRun cloudRun,
    CommandParser parser,
    FactsCollector collector,
    Surveys surveys,
    StepRunner runner,
    Interventions interventions,
    ActionOffers actionOffers,
    Cards cards,
    Driver driver,
    Seal seal,
    RollbackComposer composer,
    DeskComposer deskComposer,
    Map<String, ServiceSettings> services,
    String bot,
    String driverId,
    InstantSource clock,
    Timers timers) {

  /** The world. */
  record World(
      CloudRun cloudRun,
      ImageRegistry registry,
      Map<String, CommitHistory> histories,
      LogReader logs,
      Builds builds,
      Map<String, HealthProbe> probes,
      AuditLog audit,
      ChatRoom chat,
      InstantSource clock,
      Timers timers,
      Together together,
      Executor teller) {}

  /**
   * What differs from one bot and process to another.
   *
   * @param driverId names this very process in journals
   * @param configuration its {@link Config#hash()}
   * @param typing how commands are typed by whoever reads its messages
   */
  record Identity(
      String bot,
      String driverId,
      Seal seal,
      Map<String, ServiceSettings> services,
      ZoneId zone,
      String configuration,
      Typing typing) {}

  static Core of(World world, Identity identity) {
    var composer = new RollbackComposer(identity.zone(), identity.typing());
    Seal seal = identity.seal();
    var verdicts =
        new Verdicts(
            new CommonsChances(),
            identity.services().values().stream()
                .collect(Collectors.toMap(s -> s.id().name(), ServiceSettings::canary)));
    var views = new Views(seal, world.histories(), verdicts);
    var charts = new Charts(new PngPainter(), new ChartComposer(identity.zone()));
    var cards = new Cards(world.chat(), composer, views, charts, world.clock(), world.teller());
    var runner =
        new StepRunner(
            world.cloudRun(), identity.bot(), world.clock(), world.timers(), world.audit());
    var past = new PastReader(world.logs(), world.builds(), world.together());
    var collector =
        new FactsCollector(
            world.cloudRun(),
            world.registry(),
            world.histories(),
            past,
            world.together(),
            new Outlooks(world.logs(), verdicts),
            identity.bot(),
            world.clock());
    var gauges =
        new Gauges(world.probes(), world.logs(), cards, world.together(), verdicts, world.clock());
    var interventions =
        new Interventions(
            world.cloudRun(), runner, cards, world.clock(), identity.bot(), identity.driverId());
    var pins =
        new Pins(
            world.cloudRun(),
            world.registry(),
            world.together(),
            world.clock(),
            identity.bot(),
            identity.driverId());
    return new Core(
        world.cloudRun(),
        new CommandParser(identity.services().keySet()),
        collector,
        new Surveys(
            world.cloudRun(),
            world.registry(),
            world.logs(),
            past,
            collector,
            cards,
            world.together(),
            identity.bot(),
            identity.configuration()),
        runner,
        interventions,
        new ActionOffers(
            pins, interventions, cards, world.audit(), world.clock(), identity.driverId()),
        cards,
        new Driver(
            world.cloudRun(),
            gauges,
            runner,
            cards,
            world.clock(),
            new Driver.Identity(identity.bot(), identity.driverId())),
        seal,
        composer,
        new DeskComposer(identity.zone(), identity.typing()),
        identity.services(),
        identity.bot(),
        identity.driverId(),
        world.clock(),
        world.timers());
  }
}
