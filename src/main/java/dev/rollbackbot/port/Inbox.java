package dev.rollbackbot.port;

import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.text.Message;
import java.util.Optional;

/** Takes a verified request from the chat product and says what to answer at once. */
@FunctionalInterface
public interface Inbox {
  Ack accept(SignedRequest request);

  /** The immediate answer; empty where silence is right (a card will change instead). */
  record Ack(Optional<Message> message) {}
}
