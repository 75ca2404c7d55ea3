package dev.rollbackbot.sandbox.story;

/** A story did not end as it should; the message says what was expected and what was there. */
public final class StoryFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoryFailed(String message) {
    super(message);
  }
}
