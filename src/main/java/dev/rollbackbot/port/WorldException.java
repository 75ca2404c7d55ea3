package dev.rollbackbot.port;

import dev.rollbackbot.domain.model.Grant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A port could not do what was asked; {@link #kind} says what that means for the caller. */
public sealed class WorldException extends RuntimeException
    permits ChatException, JournalFullException {
  private static final long serialVersionUID = 1L;

  /** What a caller can do about it. */
  public enum Kind {
    /** Nobody answered, or asked to come back: try again later. For a write: it may have landed. */
    UNAVAILABLE,
    /** Somebody wrote in between (a stale etag). */
    CONFLICT,
    /** A permission is missing. */
    DENIED,
    /** The thing does not exist. */
    NOT_FOUND,
    /** A quota is spent. */
    QUOTA,
    /** The request itself was refused; repeating it does not help. */
    REFUSED
  }

  private final Kind kind;
  private final transient @Nullable Grant missing;

  public WorldException(Kind kind, String detail, Throwable cause) {
    super(detail, cause);
    this.kind = kind;
    this.missing = null;
  }

  /** A permission is missing, and this is how it is given. */
  public WorldException(Grant missing, String detail, Throwable cause) {
    super(detail, cause);
    this.kind = Kind.DENIED;
    this.missing = missing;
  }

  public WorldException(Kind kind, String detail) {
    super(detail);
    this.kind = kind;
    this.missing = null;
  }

  public Kind kind() {
    return kind;
  }

  /** Of a denial, the permission that is missing, where that is known. */
  public Optional<Grant> missing() {
    return Optional.ofNullable(missing);
  }

  /** What the world said, for people who run it; never shown as a stack trace. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
