package dev.rollbackbot.port;

import java.time.Instant;

/** What a signed request turned out to be. */
public sealed interface Incoming {

  /** A typed command. {@code id} is the same when the request is delivered again. */
  record Typed(String id, String team, String channel, String user, String text, String responseUrl)
      implements Incoming {}

  /** A mention in a channel or thread; there is no response_url, answers are whispered. */
  record Mentioned(String id, String team, String channel, String user, String text)
      implements Incoming {}

  /** A pressed button. */
  record Pressed(
      String team,
      String userTeam,
      String channel,
      String user,
      String action,
      String value,
      String message,
      Instant at,
      String responseUrl)
      implements Incoming {}

  /** Nothing that we serve. */
  record Other(String kind) implements Incoming {}
}
