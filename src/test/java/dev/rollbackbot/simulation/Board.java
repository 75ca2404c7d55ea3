package dev.rollbackbot.simulation;

import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.Picture;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chat product of one run: every message as it stands now, and a listener for each saying. */
final class Board implements ChatRoom {
  static final String CHANNEL = "C-ops";
  static final String INCIDENTS = "C-incidents";

  /** Where something was said. */
  enum Place {
    POST,
    EDIT,
    LINE,
    INCIDENT,
    PRIVATE
  }

  /** Hears of each thing said. */
  interface Listener {
    void said(Place place, Message message, String where);
  }

  /** Something that a person can press. */
  record Pressable(String channel, String message, Button button) {}

  private final LinkedHashMap<Card, Message> messages = new LinkedHashMap<>();
  private final Map<Card, List<Message>> lines = new HashMap<>();
  private final List<Pressable> whispered = new ArrayList<>();
  private final Listener listener;
  private int number;

  Board(Listener listener) {
    this.listener = listener;
  }

  @Override
  public boolean present() {
    return true;
  }

  @Override
  public Card post(String channel, Message message) {
    if (channel.startsWith("U-")) {
      privately(channel, message, channel);
      return new Card(channel, "d" + ++number);
    }
    listener.said(
        channel.equals(INCIDENTS) ? Place.INCIDENT : Place.POST, message, "in " + channel);
    var card = new Card(channel, "m" + ++number);
    messages.put(card, message);
    return card;
  }

  @Override
  public void edit(Card card, Message message) {
    boolean incident = card.channel().equals(INCIDENTS);
    listener.said(incident ? Place.INCIDENT : Place.EDIT, message, "as " + card.message());
    messages.put(card, message);
  }

  @Override
  public void line(Card card, Message message, boolean broadcast) {
    listener.said(Place.LINE, message, "under " + card.message());
    lines.computeIfAbsent(card, _ -> new ArrayList<>()).add(message);
  }

  @Override
  public void picture(Card card, Picture picture, Message beside) {
    line(card, beside, false);
  }

  @Override
  public void whisper(String channel, String user, Message message) {
    privately(channel, message, user);
  }

  @Override
  public void answer(String responseUrl, Message message) {
    privately(CHANNEL, message, responseUrl);
  }

  private void privately(String channel, Message message, String to) {
    listener.said(Place.PRIVATE, message, "to " + to);
    buttons(message).forEach(b -> whispered.add(new Pressable(channel, "e" + ++number, b)));
  }

  @Override
  public Optional<String> link(Card card) {
    return Optional.empty();
  }

  @Override
  public boolean sharedWithOthers(String channel) {
    return false;
  }

  Optional<Message> message(Card card) {
    return Optional.ofNullable(messages.get(card));
  }

  /** What was said under a card. */
  List<Message> lines(Card card) {
    return lines.getOrDefault(card, List.of());
  }

  /** Every button that can be pressed now: of messages, the newest first, then of whispers. */
  List<Pressable> pressable() {
    var all = new ArrayList<Pressable>();
    for (Map.Entry<Card, Message> entry : messages.sequencedEntrySet().reversed()) {
      for (Button button : buttons(entry.getValue())) {
        all.add(new Pressable(entry.getKey().channel(), entry.getKey().message(), button));
      }
    }
    all.addAll(whispered.reversed());
    return all;
  }

  static List<Button> buttons(Message message) {
    var found = new ArrayList<Button>();
    for (Block block : message.blocks()) {
      switch (block) {
        case Block.Buttons(List<Button> buttons) -> found.addAll(buttons);
        case Block.Row row -> found.add(row.button());
        case Block.Heading _, Block.Paragraph _, Block.Code _, Block.Context _ -> {
          // Nothing to press.
        }
      }
    }
    return found;
  }
}
