package dev.rollbackbot.front;

import dev.rollbackbot.domain.command.Command;
import dev.rollbackbot.domain.command.CommandParser;
import dev.rollbackbot.domain.command.Parsed;
import dev.rollbackbot.domain.command.RateLimit;
import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.port.Inbox;
import dev.rollbackbot.port.Incoming;
import dev.rollbackbot.port.RequestQueue;
import dev.rollbackbot.port.SlackRequests;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.text.FrontComposer;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.ProblemComposer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a verified request: answers at once what needs no facts, and hands the rest to the queue as
 * it was signed.
 *
 * <p>A command is always answered; a click only when it was not taken, because its card changes
 * instead. A mention cannot be answered from here, so its typing errors are the worker's to tell,
 * as is that there were too many, and an answer to it means that it was not taken.
 */
public final class Relay implements Inbox {
  /** Slack waits three seconds for the whole answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final String TERMINAL_STATUS = "rollback-bot status";

  private final Settings settings;
  private final SlackRequests requests;
  private final RequestQueue queue;
  private final CommandParser parser;
  private final InstantSource clock;
  private final RateLimit limit;

  /**
   * Whom it serves.
   *
   * @param teams the ids of our own workspaces
   * @param channels by channel id; requests from others are refused
   * @param services every configured service's name
   * @param language of answers where the channel is not listed
   * @param requestsPerMinute of one person; more are not taken
   */
  public record Settings(
      Set<String> teams,
      Map<String, Channel> channels,
      Set<String> services,
      Locale language,
      int requestsPerMinute) {
    public Settings {
      teams = Set.copyOf(teams);
      channels = Map.copyOf(channels);
      services = Set.copyOf(services);
    }
  }

  /** The services that a channel may touch; the only one need not be named. */
  public record Channel(List<String> services, Locale language) {
    public Channel {
      services = List.copyOf(services);
    }
  }

  public Relay(Settings settings, SlackRequests requests, RequestQueue queue, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.limit = new RateLimit(settings.requestsPerMinute());
    this.requests = requests;
    this.queue = queue;
    this.parser = new CommandParser(settings.services());
  }

  @Override
  public Ack accept(SignedRequest request) {
    Incoming incoming = requests.read(request);
    try {
      return new Ack(answer(request, incoming));
    } catch (RuntimeException e) {
      // Whoever asked must hear that nothing was taken, whatever is wrong here.
      String incident = UUID.randomUUID().toString().substring(0, 8);
      LOG.error("incident {}: a request was not relayed", incident, e);
      var problem = Problem.failure(Code.INTERNAL, Map.of("incident", incident));
      return new Ack(
          Optional.of(
              FrontComposer.trouble(problem, TERMINAL_STATUS, language(channel(incoming)))));
    }
  }

  private Optional<Message> answer(SignedRequest request, Incoming incoming) {
    return switch (incoming) {
      case Incoming.Typed typed -> Optional.of(command(request, typed));
      case Incoming.Pressed pressed -> click(request, pressed);
      case Incoming.Mentioned mentioned -> mention(request, mentioned);
      case Incoming.Other(String kind) -> {
        LOG.info("not served: {}", kind);
        yield Optional.empty();
      }
    };
  }

  private Message command(SignedRequest request, Incoming.Typed typed) {
    Locale language = language(typed.channel());
    if (!settings.teams().contains(typed.team())) {
      return ProblemComposer.compose(Problem.refusal(Code.TEAM_NOT_LISTED), language);
    }
    Optional<Problem> tooMany = tooMany(typed.user());
    if (tooMany.isPresent()) {
      return ProblemComposer.compose(tooMany.get(), language);
    }
    return switch (parser.parse(typed.text())) {
      case Parsed.Understood(Command.Help _) -> FrontComposer.help(language);
      case Parsed _ when services(typed.channel()).isEmpty() ->
          ProblemComposer.compose(Problem.refusal(Code.CHANNEL_NOT_LISTED), language);
      case Parsed.Wrong(Problem problem) -> ProblemComposer.compose(problem, language);
      case Parsed.Understood(Command command) -> relay(request, typed.channel(), command, language);
    };
  }

  private Message relay(SignedRequest request, String channel, Command command, Locale language) {
    List<String> services = services(channel);
    Optional<String> named = command.service();
    if (named.isPresent() && !services.contains(named.get())) {
      var details = Map.of("service", named.get(), "known", String.join(", ", services));
      return ProblemComposer.compose(
          Problem.refusal(Code.SERVICE_NOT_CONFIGURED, details), language);
    }
    if (named.isEmpty() && services.size() > 1) {
      var details = Map.of("services", String.join(", ", services));
      return ProblemComposer.compose(Problem.refusal(Code.SERVICE_NEEDED, details), language);
    }
    String service = named.orElseGet(services::getFirst);
    return publish(request)
        .map(
            problem ->
                FrontComposer.trouble(problem, FrontComposer.terminal(command, service), language))
        .orElseGet(() -> FrontComposer.looking(command, service, language));
  }

  private Optional<Message> click(SignedRequest request, Incoming.Pressed pressed) {
    Locale language = language(pressed.channel());
    boolean ours =
        settings.teams().contains(pressed.team())
            && (pressed.userTeam().isEmpty() || settings.teams().contains(pressed.userTeam()));
    if (!ours) {
      return Optional.of(ProblemComposer.compose(Problem.refusal(Code.TEAM_NOT_LISTED), language));
    }
    if (services(pressed.channel()).isEmpty()) {
      return Optional.of(
          ProblemComposer.compose(Problem.refusal(Code.CHANNEL_NOT_LISTED), language));
    }
    Optional<Problem> tooMany = tooMany(pressed.user());
    if (tooMany.isPresent()) {
      return Optional.of(ProblemComposer.compose(tooMany.get(), language));
    }
    return publish(request)
        .map(problem -> FrontComposer.trouble(problem, TERMINAL_STATUS, language));
  }

  private Optional<Problem> tooMany(String person) {
    return limit.takes(person, clock.instant())
        ? Optional.empty()
        : Optional.of(
            Problem.refusal(Code.TOO_MANY_REQUESTS, Map.of("most", String.valueOf(limit.most()))));
  }

  private Optional<Message> mention(SignedRequest request, Incoming.Mentioned mentioned) {
    if (!settings.teams().contains(mentioned.team())) {
      LOG.warn("dropped a mention from the team {}", mentioned.team());
      return Optional.empty();
    }
    return publish(request)
        .map(problem -> ProblemComposer.compose(problem, language(mentioned.channel())));
  }

  /** Empty when the queue has it for certain. */
  private Optional<Problem> publish(SignedRequest request) {
    try {
      return switch (queue.publish(request, PATIENCE)) {
        case CONFIRMED -> Optional.empty();
        case UNCONFIRMED -> Optional.of(Problem.failure(Code.QUEUE_UNCONFIRMED, Map.of()));
        case REFUSED -> Optional.of(Problem.failure(Code.QUEUE_REFUSED, Map.of()));
      };
    } catch (WorldException e) {
      LOG.error("nothing can be published: {}", e.detail());
      return Optional.of(
          e.missing()
              .map(
                  grant ->
                      Problem.failure(
                          Code.QUEUE_DENIED,
                          Map.of("permission", grant.permission(), "command", grant.command())))
              .orElseGet(() -> Problem.failure(Code.QUEUE_REFUSED, Map.of())));
    }
  }

  private List<String> services(String channel) {
    return Optional.ofNullable(settings.channels().get(channel))
        .map(Channel::services)
        .orElse(List.of());
  }

  private Locale language(String channel) {
    return Optional.ofNullable(settings.channels().get(channel))
        .map(Channel::language)
        .orElse(settings.language());
  }

  private static String channel(Incoming incoming) {
    return switch (incoming) {
      case Incoming.Typed typed -> typed.channel();
      case Incoming.Mentioned mentioned -> mentioned.channel();
      case Incoming.Pressed pressed -> pressed.channel();
      case Incoming.Other _ -> "";
    };
  }
}
