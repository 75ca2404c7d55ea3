package dev.rollbackbot.slack;

import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.Picture;
import dev.rollbackbot.port.WorldException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * Puts a picture into a thread, in Slack's three steps: ask where, send the bytes, share.
 *
 * <p>Not with the client's {@code filesUploadV2}: that asks {@code files.info} too and so for the
 * scope {@code files:read}, and it can be followed neither through a rate limit nor to the step
 * that failed.
 */
final class SlackPictures implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;

  /** Slack's limit, in characters; counted in UTF-16 units here, which is never less. */
  private static final int ALT_TEXT = 1_000;

  private final SlackApi api;
  private final LateHttp http = new LateHttp(PATIENCE);

  SlackPictures(SlackApi api) {
    this.api = api;
  }

  /**
   * Shares the picture with its text in one message of the card's thread.
   *
   * @param comment in Slack's markup
   * @throws ChatException where one of the steps failed; if it was the last one and was not
   *     answered, the message may be there
   */
  void share(Card card, Picture picture, String comment) {
    byte[] png = picture.png();
    FilesGetUploadURLExternalResponse place =
        api.call(
            "files.getUploadURLExternal",
            slack ->
                slack.filesGetUploadURLExternal(
                    r ->
                        r.filename(picture.fileName())
                            .length(png.length)
                            .altTxt(SlackText.cut(picture.altText(), ALT_TEXT))));
    send(place.getUploadUrl(), png);
    var file =
        FileDetails.builder()
            .id(place.getFileId())
            .title(SlackText.visible(picture.title()))
            .build();
    var _ =
        api.call(
            "files.completeUploadExternal",
            slack ->
                slack.filesCompleteUploadExternal(
                    r ->
                        r.files(List.of(file))
                            .channelId(card.channel())
                            .threadTs(card.message())
                            .initialComment(comment)));
  }

  /** The address is good for this one file and is given by Slack, so it is not logged. */
  private void send(String url, byte[] png) {
    int status;
    try {
      status =
          http.client()
              .send(
                  HttpRequest.newBuilder(URI.create(url))
                      .timeout(PATIENCE)
                      .header("Content-Type", "application/octet-stream")
                      .POST(BodyPublishers.ofByteArray(png))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
    } catch (IOException | IllegalArgumentException e) {
      throw new ChatException(
          Kind.UNAVAILABLE, "Slack did not take a picture: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChatException(Kind.UNAVAILABLE, "stopped while a picture was sent");
    }
    if (status != OK) {
      throw new ChatException(
          status == 429 ? Kind.QUOTA : Kind.UNAVAILABLE,
          "Slack answered " + status + " to the bytes of a picture");
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
