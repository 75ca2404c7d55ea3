package dev.rollbackbot.sandbox.grpc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * One page of a list, and the token of the next page (empty at the end).
 *
 * <p>Tokens are opaque and belong to the question that made them: with another question they are
 * INVALID_ARGUMENT, as on the real services.
 */
public record Page<T>(List<T> items, String nextToken) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts a page.
   *
   * @param question what the request asked for, page size and token left out
   * @param size the asked size; 0 means {@code standard}; more than {@code most} is cut to it
   */
  public static <T> Page<T> of(
      List<T> all, String question, int size, String token, int standard, int most) {
    if (size < 0) {
      throw Refusals.invalid("page_size must not be negative, it was " + size);
    }
    int from = token.isEmpty() ? 0 : offset(token, question);
    int length = Math.min(size == 0 ? standard : size, most);
    int to = Math.min(all.size(), from + length);
    List<T> items = from >= to ? List.of() : all.subList(from, to);
    return new Page<>(items, to < all.size() ? token(to, question) : "");
  }

  private static String token(int offset, String question) {
    String plain = offset + ":" + Integer.toHexString(question.hashCode());
    return Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(String token, String question) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      if (colon > 0
          && plain.substring(colon + 1).equals(Integer.toHexString(question.hashCode()))) {
        return Integer.parseUnsignedInt(plain, 0, colon, 10);
      }
    } catch (IllegalArgumentException e) {
      throw Refusals.invalid("the page token cannot be read: " + token);
    }
    throw Refusals.invalid("the page token belongs to another question: " + token);
  }
}
