package dev.rollbackbot.bench;

import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.Picture;
import dev.rollbackbot.text.Message;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A chat product that takes everything and only counts it. */
final class CountingRoom implements ChatRoom {
  private final AtomicInteger said = new AtomicInteger();

  /** Posts, edits, lines and pictures so far. */
  int said() {
    return said.get();
  }

  @Override
  public boolean present() {
    return true;
  }

  @Override
  public Card post(String channel, Message message) {
    return new Card(channel, "posted " + said.incrementAndGet());
  }

  @Override
  public void edit(Card card, Message message) {
    said.incrementAndGet();
  }

  @Override
  public void line(Card card, Message message, boolean broadcast) {
    said.incrementAndGet();
  }

  @Override
  public void picture(Card card, Picture picture, Message beside) {
    said.incrementAndGet();
  }

  @Override
  public void whisper(String channel, String user, Message message) {
    said.incrementAndGet();
  }

  @Override
  public void answer(String responseUrl, Message message) {
    said.incrementAndGet();
  }

  @Override
  public Optional<String> link(Card card) {
    return Optional.empty();
  }

  @Override
  public boolean sharedWithOthers(String channel) {
    return false;
  }
}
