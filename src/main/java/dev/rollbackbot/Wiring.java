package dev.rollbackbot;

import com.google.auth.oauth2.GoogleCredentials;
import dev.rollbackbot.domain.health.HealthJudge;
import dev.rollbackbot.domain.job.Limits;
import dev.rollbackbot.driver.DriverLoop;
import dev.rollbackbot.engine.CanaryTerms;
import dev.rollbackbot.engine.CommitNames;
import dev.rollbackbot.engine.Notices;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.Together;
import dev.rollbackbot.front.OpeningQueue;
import dev.rollbackbot.front.Relay;
import dev.rollbackbot.gcp.PubSubQueue;
import dev.rollbackbot.gcp.PubSubWorkerInbox;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.HealthProbe;
import dev.rollbackbot.port.RequestQueue;
import dev.rollbackbot.slack.SlackApi;
import dev.rollbackbot.slack.SlackFrontServer;
import dev.rollbackbot.slack.SlackPeople;
import dev.rollbackbot.slack.SlackRequestReader;
import dev.rollbackbot.slack.SlackRoom;
import dev.rollbackbot.slack.SlackSignature;
import dev.rollbackbot.text.Typing;
import dev.rollbackbot.text.WatchComposer;
import dev.rollbackbot.watch.Watch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * The only place that makes adapters and hands each part its settings.
 *
 * <p>Real and sandbox differ in endpoints, credentials and configured times alone.
 */
final class Wiring {
  private static final String REQUEST_PATH = "/slack/events";

  /** Facts that take longer are unknowns; a card must come within seconds. */
  private static final Duration FACTS = Duration.ofSeconds(5);

  /** A process at a prompt is cold: its first answers also pay for making the clients. */
  private static final Duration FACTS_AT_A_PROMPT = Duration.ofSeconds(15);

  private static final InstantSource CLOCK = InstantSource.system();

  private Wiring() {}

  /** Something that runs until it is closed. */
  record Running(List<AutoCloseable> parts) implements AutoCloseable {
    Running {
      parts = List.copyOf(parts);
    }

    @Override
    public void close() {
      for (AutoCloseable part : parts) {
        try {
          part.close();
        } catch (Exception e) {
          LoggerFactory.getLogger(Wiring.class).warn("a part did not close", e);
        }
      }
    }
  }

  /** Opens the port at once; the publisher's client is made meanwhile. */
  static SlackFrontServer front(Config config, Secrets.ForFront secrets) throws IOException {
    List<String> signing = secrets.signingSecrets().stream().map(Secret::value).toList();
    CompletableFuture<RequestQueue> queue =
        CompletableFuture.supplyAsync(
            () ->
                new PubSubQueue(
                    Neighbours.endpoints(config),
                    config.pubsub().project(),
                    config.pubsub().topic()));
    var relay =
        new Relay(
            new Relay.Settings(
                Set.copyOf(config.slack().teams()),
                config.slack().channels().stream()
                    .collect(
                        Collectors.toMap(
                            Config.Channel::id,
                            c -> new Relay.Channel(c.services(), c.language()))),
                config.services().stream().map(s -> s.id().name()).collect(Collectors.toSet()),
                config.language(),
                config.slack().requestsPerMinute()),
            new SlackRequestReader(new SlackSignature(signing)),
            new OpeningQueue(queue),
            CLOCK);
    return SlackFrontServer.start(
        new SlackFrontServer.Settings(
            config.front().host(),
            config.front().port(),
            REQUEST_PATH,
            signing,
            config.endpoints().responseUrls()),
        relay,
        CLOCK);
  }

  /** Desk and driver. */
  static Running worker(Config config, Secrets.ForWorker secrets) {
    var api =
        new SlackApi(
            new SlackApi.Settings(secrets.botToken().value(), config.endpoints().slackApi()));
    var people = new SlackPeople(api, Set.copyOf(config.slack().teams()), CLOCK);
    var chat = new SlackRoom(api, config.endpoints().responseUrls(), people);
    ExecutorService teller = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    Neighbours neighbours = Neighbours.of(config, secrets.gitToken(), CLOCK);
    Core core =
        core(
            neighbours,
            config,
            chat,
            teller,
            seal(secrets.workerKey().value()),
            FACTS,
            Typing.CHAT);
    var notices = new Notices(chat, new WatchComposer(zone(config.language())), places(config));
    var watch =
        new Watch(
            core.cloudRun(),
            neighbours.logs(),
            neighbours.audit(),
            new CommitNames(core.cloudRun(), neighbours.registry()),
            core.cards(),
            notices,
            core.seal(),
            CLOCK,
            core.timers(),
            new Watch.Identity(core.bot(), core.driverId()));
    var loop =
        new DriverLoop(
            core.cloudRun(),
            core.driver(),
            watch,
            List.copyOf(core.services().values()),
            config.times().tick(),
            CLOCK);
    var desk =
        DeskWiring.desk(
            config, secrets, core, api, chat, people, neighbours, notices, loop::poke, CLOCK);
    var inbox =
        new PubSubWorkerInbox(
            Neighbours.endpoints(config),
            config.pubsub().project(),
            config.pubsub().subscription(),
            desk);
    loop.start();
    return new Running(List.of(inbox, loop, watch, teller, neighbours, api));
  }

  /** The channels of each service, in the order of the configuration. */
  private static Map<String, List<Notices.Place>> places(Config config) {
    return config.slack().channels().stream()
        .flatMap(
            channel ->
                channel.services().stream()
                    .map(
                        service ->
                            Map.entry(
                                service, new Notices.Place(channel.id(), channel.language()))))
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** A person at a prompt, with their own Google credentials. */
  static Terminal terminal(Config config, Optional<Secret> gitToken) {
    Neighbours neighbours = Neighbours.of(config, gitToken, CLOCK);
    // Nothing that is sealed at a prompt is ever opened elsewhere.
    Seal seal = seal(UUID.randomUUID().toString() + UUID.randomUUID());
    return new Terminal(
        core(
            neighbours,
            config,
            new NoChat(),
            Runnable::run,
            seal,
            FACTS_AT_A_PROMPT,
            Typing.TERMINAL),
        neighbours);
  }

  private static Seal seal(String key) {
    return new Seal(key.getBytes(StandardCharsets.UTF_8));
  }

  /** What a session at a prompt needs. */
  record Terminal(Core core, AutoCloseable world) {}

  /** The e-mail of the Google credentials, or {@code unknown}; asked for in the background. */
  static Supplier<String> identity(Config config) {
    return config.endpoints().google().isPresent()
        ? () -> "sandbox@example.com"
        : GoogleIdentity.ask(GoogleCredentials::getApplicationDefault, GoogleIdentity.DEADLINE);
  }

  private static Core core(
      Neighbours neighbours,
      Config config,
      ChatRoom chat,
      Executor teller,
      Seal seal,
      Duration facts,
      Typing typing) {
    Map<String, ServiceSettings> services =
        config.services().stream()
            .map(service -> settings(config, service))
            .collect(Collectors.toMap(s -> s.id().name(), s -> s));
    return Core.of(
        new Core.World(
            neighbours.cloudRun(),
            neighbours.registry(),
            neighbours.histories(),
            neighbours.logs(),
            neighbours.builds(),
            Map.<String, HealthProbe>copyOf(neighbours.probes()),
            neighbours.audit(),
            chat,
            CLOCK,
            duration -> LockSupport.parkNanos(duration.toNanos()),
            new Together(neighbours.readers(), facts),
            teller),
        new Core.Identity(
            config.bot(),
            UUID.randomUUID().toString().substring(0, 8),
            seal,
            services,
            zone(config.language()),
            config.hash(),
            typing));
  }

  private static ServiceSettings settings(Config config, Config.Service service) {
    Config.Times times = config.times();
    Limits usual = Limits.defaults();
    return new ServiceSettings(
        service.id(),
        service.image(),
        service.git().branch(),
        service.probe().reachable(),
        Policies.of(config, service),
        new HealthJudge(service.verify().minRequests(), service.verify().maxErrorShare()),
        new Limits(
            times.prepareLimit(),
            times.probeHold(),
            times.switchLimit(),
            service.verify().grace(),
            service.verify().window(),
            times.takeOver(),
            usual.served(),
            times.logDelay()),
        new CanaryTerms(
            service.canary().ladder(),
            service.canary().minRequests(),
            service.verify().maxErrorShare()),
        times.offerTtl(),
        config.slack().incidentChannel(),
        config.slack().channels().stream()
            .filter(c -> c.services().contains(service.id().name()))
            .map(Config.Channel::id)
            .findFirst());
  }

  private static ZoneId zone(Locale language) {
    return ZoneId.of(language.getLanguage().equals("ja") ? "Asia/Tokyo" : "UTC");
  }
}
