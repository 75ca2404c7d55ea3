package dev.rollbackbot.domain.plan;

import java.util.Optional;
import java.util.function.Function;

/** A fact that was had, or the name of the neighbour that did not give it. */
public sealed interface Known<T> {
  record Value<T>(T value) implements Known<T> {}

  /**
   * {@code source} is one of {@code git}, {@code registry}, {@code logs}, {@code revisions}, {@code
   * builds}.
   */
  record Unknown<T>(String source) implements Known<T> {}

  static <T> Known<T> of(T value) {
    return new Value<>(value);
  }

  static <T> Known<T> unknown(String source) {
    return new Unknown<>(source);
  }

  default Optional<T> asOptional() {
    return switch (this) {
      case Value<T>(T value) -> Optional.of(value);
      case Unknown<T> _ -> Optional.empty();
    };
  }

  default <R> Known<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Value<T>(T value) -> new Value<>(change.apply(value));
      case Unknown<T>(String source) -> new Unknown<>(source);
    };
  }
}
