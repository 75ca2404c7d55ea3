package dev.rollbackbot.port;

/** A journal does not fit on the service, whatever is left out of it; nothing was written. */
public final class JournalFullException extends WorldException {
  private static final long serialVersionUID = 1L;

  public JournalFullException(String detail) {
    super(Kind.REFUSED, detail);
  }
}
