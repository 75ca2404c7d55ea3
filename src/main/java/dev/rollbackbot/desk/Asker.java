package dev.rollbackbot.desk;

import dev.rollbackbot.port.Incoming.Pressed;
import java.util.Optional;

/**
 * Who asks, and where an answer goes.
 *
 * @param id of the request, the same when it is delivered again
 */
record Asker(String id, String channel, String user, Optional<String> responseUrl) {

  static Asker of(String requestId, Pressed click) {
    return new Asker(requestId, click.channel(), click.user(), Optional.of(click.responseUrl()));
  }
}
