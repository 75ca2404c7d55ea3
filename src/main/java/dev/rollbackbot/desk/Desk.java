package dev.rollbackbot.desk;

import dev.rollbackbot.domain.command.RateLimit;
import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.engine.Problems;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.Incoming;
import dev.rollbackbot.port.People;
import dev.rollbackbot.port.RequestQueue.Handler;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.port.SlackRequests;
import dev.rollbackbot.port.WorldException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one delivery: proves again that Slack signed it, sees who asks and where, and hands it to
 * the part that answers. Never holds a delivery while something waits.
 */
public final class Desk implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private final SlackRequests slack;
  private final ChatRoom chat;
  private final People people;
  private final TypedWords words;
  private final PressedButtons buttons;
  private final Answers answers;
  private final AuditLog audit;
  private final InstantSource clock;
  private final DeskSettings settings;
  private final Handled handled = new Handled();
  private final RateLimit limit;

  public Desk(
      SlackRequests slack,
      ChatRoom chat,
      People people,
      TypedWords words,
      PressedButtons buttons,
      Answers answers,
      AuditLog audit,
      InstantSource clock,
      DeskSettings settings) {
    this.slack = slack;
    this.chat = chat;
    this.people = people;
    this.words = words;
    this.buttons = buttons;
    this.answers = answers;
    this.audit = audit;
    this.clock = clock;
    this.settings = settings;
    this.limit = new RateLimit(settings.requestsPerMinute());
  }

  @Override
  public Verdict handle(SignedRequest request, Instant published, int attempt) {
    if (!slack.signedBySlack(request, published)) {
      audit("forged", "-", Map.of("bytes", String.valueOf(request.body().length)));
      LOG.warn("a message on the topic was not signed by Slack; dropped");
      return Verdict.DONE;
    }
    return switch (slack.read(request)) {
      case Incoming.Typed typed -> {
        var asker =
            new Asker(typed.id(), typed.channel(), typed.user(), Optional.of(typed.responseUrl()));
        yield once(
            new Sender(typed.team(), typed.team(), asker), () -> words.handle(asker, typed.text()));
      }
      case Incoming.Mentioned mentioned -> {
        var asker =
            new Asker(mentioned.id(), mentioned.channel(), mentioned.user(), Optional.empty());
        yield once(
            new Sender(mentioned.team(), mentioned.team(), asker),
            () -> words.handle(asker, mentioned.text()));
      }
      case Incoming.Pressed pressed ->
          once(
              new Sender(
                  pressed.team(), pressed.userTeam(), Asker.of(request.signature(), pressed)),
              () -> buttons.handle(request.signature(), pressed));
      case Incoming.Other(String kind) -> {
        LOG.info("nothing to do for {}", kind);
        yield Verdict.DONE;
      }
    };
  }

  private record Sender(String team, String userTeam, Asker asker) {}

  /** What a part does with a delivery. */
  private interface Work {
    Verdict run();
  }

  private Verdict once(Sender sender, Work work) {
    Handled.Turn turn = handled.take(sender.asker().id());
    return switch (turn) {
      case IN_HAND -> Verdict.AGAIN;
      case ANSWERED -> Verdict.DONE;
      case FIRST, AGAIN -> {
        Verdict verdict = Verdict.AGAIN;
        try {
          verdict = guarded(sender, turn == Handled.Turn.FIRST, work);
        } finally {
          handled.leave(sender.asker().id(), verdict == Verdict.DONE);
        }
        yield verdict;
      }
    };
  }

  private Verdict guarded(Sender sender, boolean first, Work work) {
    Asker asker = sender.asker();
    try {
      // What only waited for better times has been counted already.
      Optional<Problem> refused =
          (first ? tooMany(asker) : Optional.<Problem>empty()).or(() -> refused(sender));
      if (refused.isPresent()) {
        audit("refused", asker.user(), Map.of("code", refused.get().code().name()));
        answers.not(asker.channel(), asker.user(), asker.responseUrl(), refused.get());
        return Verdict.DONE;
      }
      return work.run();
    } catch (ChatException e) {
      return chatFailed(asker, e);
    } catch (WorldException e) {
      return waits(e);
    }
  }

  /** What the chat product refuses for good is told once, by whatever way is left. */
  private Verdict chatFailed(Asker asker, ChatException e) {
    return switch (e.kind()) {
      case UNAVAILABLE, QUOTA -> waits(e);
      case CONFLICT, DENIED, NOT_FOUND, REFUSED -> {
        LOG.error("Slack refused what a delivery needs: {} {}", e.kind(), e.detail());
        try {
          answers.not(asker.channel(), asker.user(), asker.responseUrl(), Problems.ofChat(e));
        } catch (ChatException again) {
          LOG.error("and nobody could be told: {} {}", again.kind(), again.detail());
        }
        yield Verdict.DONE;
      }
    };
  }

  private static Verdict waits(WorldException e) {
    LOG.warn("a delivery waits for better times: {} {}", e.kind(), e.detail());
    return Verdict.AGAIN;
  }

  private Optional<Problem> tooMany(Asker asker) {
    return limit.takes(asker.user(), clock.instant())
        ? Optional.empty()
        : Optional.of(
            Problem.refusal(Code.TOO_MANY_REQUESTS, Map.of("most", String.valueOf(limit.most()))));
  }

  private Optional<Problem> refused(Sender sender) {
    Asker asker = sender.asker();
    if (!settings.teams().contains(sender.team())
        || !settings.teams().contains(sender.userTeam())) {
      return Optional.of(Problem.refusal(Code.TEAM_NOT_LISTED));
    }
    if (settings.channel(asker.channel()).isEmpty()) {
      return Optional.of(Problem.refusal(Code.CHANNEL_NOT_LISTED));
    }
    if (chat.sharedWithOthers(asker.channel())) {
      return Optional.of(Problem.refusal(Code.SHARED_CHANNEL));
    }
    People.Person person = people.find(asker.user());
    return switch (person.standing()) {
      case MEMBER -> Optional.empty();
      case GUEST, BOT, DELETED, FOREIGN ->
          Optional.of(
              Problem.refusal(Code.PERSON_NOT_ALLOWED, Map.of("kind", person.standing().name())));
    };
  }

  private void audit(String what, String who, Map<String, String> details) {
    audit.record(new AuditLog.Entry(clock.instant(), "-", what, who, details));
  }
}
