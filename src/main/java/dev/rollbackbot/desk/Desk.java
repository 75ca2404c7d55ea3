package dev.rollbackbot.desk;

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
  }

  @Override
  public Verdict handle(SignedRequest request, Instant published, int attempt) {
    if (!slack.signedBySlack(request, published)) {
      audit("forged", "-", Map.of("bytes", String.valueOf(request.body().length)));
      LOG.warn("a message on the topic was not signed by Slack; dropped");
      return Verdict.DONE;
    }
    return switch (slack.read(request)) {
      case Incoming.Typed typed ->
          once(
              typed.id(),
              new Asker(typed.team(), typed.team(), typed.channel(), typed.user()),
              Optional.of(typed.responseUrl()),
              () ->
                  words.handle(
                      typed.id(),
                      typed.channel(),
                      typed.user(),
                      typed.text(),
                      Optional.of(typed.responseUrl())));
      case Incoming.Mentioned mentioned ->
          once(
              mentioned.id(),
              new Asker(mentioned.team(), mentioned.team(), mentioned.channel(), mentioned.user()),
              Optional.empty(),
              () ->
                  words.handle(
                      mentioned.id(),
                      mentioned.channel(),
                      mentioned.user(),
                      mentioned.text(),
                      Optional.empty()));
      case Incoming.Pressed pressed ->
          once(
              request.signature(),
              new Asker(pressed.team(), pressed.userTeam(), pressed.channel(), pressed.user()),
              Optional.of(pressed.responseUrl()),
              () -> buttons.handle(request.signature(), pressed));
      case Incoming.Other(String kind) -> {
        LOG.info("nothing to do for {}", kind);
        yield Verdict.DONE;
      }
    };
  }

  private record Asker(String team, String userTeam, String channel, String user) {}

  /** What a part does with a delivery. */
  private interface Work {
    Verdict run();
  }

  private Verdict once(String id, Asker asker, Optional<String> responseUrl, Work work) {
    return switch (handled.take(id)) {
      case IN_HAND -> Verdict.AGAIN;
      case ANSWERED -> Verdict.DONE;
      case FIRST, AGAIN -> {
        Verdict verdict = Verdict.AGAIN;
        try {
          verdict = guarded(asker, responseUrl, work);
        } finally {
          handled.leave(id, verdict == Verdict.DONE);
        }
        yield verdict;
      }
    };
  }

  private Verdict guarded(Asker asker, Optional<String> responseUrl, Work work) {
    try {
      Optional<Problem> refused = refused(asker);
      if (refused.isPresent()) {
        audit("refused", asker.user(), Map.of("code", refused.get().code().name()));
        answers.not(asker.channel(), asker.user(), responseUrl, refused.get());
        return Verdict.DONE;
      }
      return work.run();
    } catch (ChatException e) {
      return chatFailed(asker, responseUrl, e);
    } catch (WorldException e) {
      return waits(e);
    }
  }

  /** What the chat product refuses for good is told once, by whatever way is left. */
  private Verdict chatFailed(Asker asker, Optional<String> responseUrl, ChatException e) {
    return switch (e.kind()) {
      case UNAVAILABLE, QUOTA -> waits(e);
      case CONFLICT, DENIED, NOT_FOUND, REFUSED -> {
        LOG.error("Slack refused what a delivery needs: {} {}", e.kind(), e.detail());
        try {
          answers.not(asker.channel(), asker.user(), responseUrl, Problems.ofChat(e));
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

  private Optional<Problem> refused(Asker asker) {
    if (!settings.teams().contains(asker.team()) || !settings.teams().contains(asker.userTeam())) {
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
