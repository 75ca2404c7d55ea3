package dev.rollbackbot.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.model.Conversation;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.People;
import dev.rollbackbot.port.Picture;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.text.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people in Slack.
 *
 * <p>Where Slack refuses the blocks of a message it is sent again with text and buttons alone, and
 * then as text. An edit that was not answered is tried once more, because the same edit twice is
 * harmless; a post is not.
 */
public final class SlackRoom implements ChatRoom, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlackRoom.class);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

  /** What Slack says when it is the looks that it does not like. */
  private static final Set<String> LOOKS =
      Set.of("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long");

  private final SlackApi api;
  private final ResponseUrl responseUrl;
  private final QuietNames names;
  private final SlackPictures pictures;

  /** Posts through this client; answers only addresses under the prefix. */
  public SlackRoom(SlackApi api, String responseUrlPrefix, People people) {
    this.api = api;
    this.pictures = new SlackPictures(api);
    this.names = new QuietNames(people);
    this.responseUrl = new ResponseUrl(responseUrlPrefix, ANSWER_PATIENCE);
  }

  @Override
  public boolean present() {
    return true;
  }

  @Override
  public Card post(String channel, Message message) {
    var posted =
        send(
            "chat.postMessage",
            names.in(message),
            (blocks, text) ->
                slack ->
                    slack.chatPostMessage(
                        r -> r.channel(channel).text(text).blocksAsString(blocks)));
    return new Card(posted.getChannel(), posted.getTs());
  }

  @Override
  public void edit(Card card, Message message) {
    try {
      update(card, message);
    } catch (WorldException e) {
      if (e.kind() != Kind.UNAVAILABLE) {
        throw e;
      }
      LOG.info("an edit is tried again: {}", e.detail());
      update(card, message);
    }
  }

  private void update(Card card, Message message) {
    send(
        "chat.update",
        message,
        (blocks, text) ->
            slack ->
                slack.chatUpdate(
                    r ->
                        r.channel(card.channel())
                            .ts(card.message())
                            .text(text)
                            .blocksAsString(blocks)));
  }

  @Override
  public void line(Card card, Message message, boolean broadcast) {
    send(
        "chat.postMessage",
        message,
        (blocks, text) ->
            slack ->
                slack.chatPostMessage(
                    r ->
                        r.channel(card.channel())
                            .threadTs(card.message())
                            .replyBroadcast(broadcast)
                            .text(text)
                            .blocksAsString(blocks)));
  }

  @Override
  public void picture(Card card, Picture picture, Message beside) {
    try {
      pictures.share(card, picture, Blocks.words(beside));
    } catch (WorldException e) {
      LOG.warn("a picture could not be shown, its words alone are: {}", e.detail());
      line(card, beside, false);
    }
  }

  @Override
  public void whisper(String channel, String user, Message message) {
    send(
        "chat.postEphemeral",
        message,
        (blocks, text) ->
            slack ->
                slack.chatPostEphemeral(
                    r -> r.channel(channel).user(user).text(text).blocksAsString(blocks)));
  }

  @Override
  public void answer(String url, Message message) {
    responseUrl.answer(url, message);
  }

  @Override
  public Optional<String> link(Card card) {
    try {
      return Optional.ofNullable(
          api.call(
                  "chat.getPermalink",
                  slack ->
                      slack.chatGetPermalink(
                          r -> r.channel(card.channel()).messageTs(card.message())))
              .getPermalink());
    } catch (WorldException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public boolean sharedWithOthers(String channel) {
    Conversation conversation =
        api.call("conversations.info", slack -> slack.conversationsInfo(r -> r.channel(channel)))
            .getChannel();
    return conversation.isExtShared() || conversation.isPendingExtShared();
  }

  @Override
  public void close() {
    responseUrl.close();
    pictures.close();
  }

  /** One way to send a message; without blocks they are null, as the client wants it. */
  @FunctionalInterface
  private interface Sending<R extends SlackApiTextResponse> {
    SlackApi.Call<R> with(@Nullable String blocks, String text);
  }

  private <R extends SlackApiTextResponse> R send(
      String method, Message message, Sending<R> sending) {
    String text = Blocks.text(message);
    for (ArrayNode blocks : List.of(Blocks.of(message), Blocks.plainest(message))) {
      R answer = api.answerOf(method, sending.with(blocks.toString(), text));
      if (answer.isOk()) {
        return answer;
      }
      if (!LOOKS.contains(answer.getError())) {
        throw SlackApi.refused(method, answer);
      }
      LOG.error("{} refused the blocks of a message: {}", method, answer);
    }
    return api.call(method, sending.with(null, text));
  }
}
