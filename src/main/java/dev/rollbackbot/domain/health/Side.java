package dev.rollbackbot.domain.health;

/**
 * What users got from one revision in the time between two looks.
 *
 * @param requests of users, as {@link UserTraffic} counts them
 * @param errors answers of 5xx
 * @param slow other answers that took longer than the canary's {@link SlowLine}; 0 without one
 */
public record Side(int requests, int errors, int slow) {
  /** Nobody came. */
  public static final Side NONE = new Side(0, 0, 0);

  public Side {
    if (errors < 0 || slow < 0 || errors + slow > requests) {
      throw new IllegalArgumentException(
          errors + " errors and " + slow + " slow of " + requests + " requests");
    }
  }

  /** Both together. */
  public Side plus(Side other) {
    return new Side(requests + other.requests, errors + other.errors, slow + other.slow);
  }

  Share failed() {
    return new Share(errors, requests);
  }

  /** Among what was answered: an error is never also slow, or one fault would count twice. */
  Share slowed() {
    return new Share(slow, requests - errors);
  }
}
