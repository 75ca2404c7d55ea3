package dev.rollbackbot.sandbox.cloudrun;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** One page of a list; the token names the last item given, so new items do not shift the next. */
record Page<T>(List<T> items, String nextToken) {

  private static final int MAX_SIZE = 1_000;
  private static final int DEFAULT_SIZE = 100;

  static <T> Page<T> of(List<T> all, int size, String token, Function<T, String> nameOf) {
    if (size < 0) {
      throw Problems.invalid("page_size: must not be negative");
    }
    int from = token.isEmpty() ? 0 : after(all, token, nameOf);
    int to = Math.min(all.size(), from + (size == 0 ? DEFAULT_SIZE : Math.min(size, MAX_SIZE)));
    List<T> items = List.copyOf(all.subList(from, to));
    return new Page<>(items, to < all.size() ? encoded(nameOf.apply(items.getLast())) : "");
  }

  private static <T> int after(List<T> all, String token, Function<T, String> nameOf) {
    for (int i = 0; i < all.size(); i++) {
      if (encoded(nameOf.apply(all.get(i))).equals(token)) {
        return i + 1;
      }
    }
    throw Problems.invalid("page_token: is not valid");
  }

  private static String encoded(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }
}
