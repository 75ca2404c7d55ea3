package dev.rollbackbot;

import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.Picture;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.text.Message;
import java.util.Optional;

/**
 * The chat product of a terminal: there is none, so a rollback's cards in it are left to workers.
 */
final class NoChat implements ChatRoom {

  @Override
  public boolean present() {
    return false;
  }

  @Override
  public Card post(String channel, Message message) {
    throw none();
  }

  @Override
  public void edit(Card card, Message message) {
    throw none();
  }

  @Override
  public void line(Card card, Message message, boolean broadcast) {
    throw none();
  }

  @Override
  public void picture(Card card, Picture picture, Message beside) {
    throw none();
  }

  @Override
  public void whisper(String channel, String user, Message message) {
    throw none();
  }

  @Override
  public void answer(String responseUrl, Message message) {
    throw none();
  }

  @Override
  public Optional<String> link(Card card) {
    throw none();
  }

  @Override
  public boolean sharedWithOthers(String channel) {
    throw none();
  }

  private static ChatException none() {
    return new ChatException(WorldException.Kind.REFUSED, "a terminal has no chat");
  }
}
