package dev.rollbackbot.port;

import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.text.Message;
import java.util.Optional;

/** Where people are told. Throws {@link ChatException}; a message is never lost to its looks. */
public interface ChatRoom {

  /** Whether there is a chat product at all: at a terminal there is none. */
  boolean present();

  /** Posts to a channel. */
  Card post(String channel, Message message);

  /** Replaces a message of ours; the same edit twice is harmless. */
  void edit(Card card, Message message);

  /** Adds a line to a card's thread, also shown in the channel when {@code broadcast}. */
  void line(Card card, Message message, boolean broadcast);

  /**
   * Adds a picture with its words to a card's thread. Where the picture cannot be shown the words
   * are said all the same; where it is not known whether it was, they may be said twice.
   *
   * @param beside without buttons
   */
  void picture(Card card, Picture picture, Message beside);

  /** To one person only, in this channel. */
  void whisper(String channel, String user, Message message);

  /** To one person only, in answer to their request, for at most 30 minutes and five times. */
  void answer(String responseUrl, Message message);

  /** A link to a message; empty when there is none. */
  Optional<String> link(Card card);

  /** Whether strangers from other companies read this channel. */
  boolean sharedWithOthers(String channel);
}
