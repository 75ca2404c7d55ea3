package dev.rollbackbot.domain.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The two ways back. */
public enum Route {
  /** Users move to the revision that is still there: seconds, and its own configuration returns. */
  SHIFT,
  /** A new revision is made of the old image and today's configuration. */
  REDEPLOY;

  /** As people type it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The route of this word, in any case. */
  public static Optional<Route> of(String word) {
    String low = word.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(route -> route.word().equals(low)).findFirst();
  }
}
