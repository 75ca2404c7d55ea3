package dev.rollbackbot.domain.health;

/**
 * So many of so many.
 *
 * @param count from 0 to {@code of}
 */
public record Share(int count, int of) {
  static final Share NONE = new Share(0, 0);

  public Share {
    if (count < 0 || count > of) {
      throw new IllegalArgumentException(count + " of " + of);
    }
  }

  /** From 0 to 1; 0 of nothing. */
  public double value() {
    return of == 0 ? 0 : (double) count / of;
  }

  Share plus(Share other) {
    return new Share(count + other.count, of + other.of);
  }
}
