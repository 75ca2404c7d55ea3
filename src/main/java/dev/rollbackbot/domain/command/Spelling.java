package dev.rollbackbot.domain.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Guesses which known word a misspelt one was meant to be. */
final class Spelling {
  /** Two slips in a word; one in a word of three characters or less, or all would be alike. */
  private static final int MOST_SLIPS = 2;

  private final List<String> known;

  Spelling(Collection<String> known) {
    this.known = List.copyOf(known);
  }

  /** The nearest known word that is near enough; the earlier one of two. */
  Optional<String> nearest(String typed) {
    int most = typed.length() <= 3 ? 1 : MOST_SLIPS;
    return known.stream()
        .filter(word -> Math.abs(word.length() - typed.length()) <= most)
        .filter(word -> distance(word, typed) <= most)
        .min(Comparator.comparingInt(word -> distance(word, typed)));
  }

  /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
  private static int distance(String one, String other) {
    int[][] d = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[one.length()][other.length()];
  }
}
