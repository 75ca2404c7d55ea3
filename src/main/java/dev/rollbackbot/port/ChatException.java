package dev.rollbackbot.port;

/** The chat product could not do what was asked; every other neighbour throws its parent. */
public final class ChatException extends WorldException {
  private static final long serialVersionUID = 1L;

  public ChatException(Kind kind, String detail, Throwable cause) {
    super(kind, detail, cause);
  }

  public ChatException(Kind kind, String detail) {
    super(kind, detail);
  }
}
