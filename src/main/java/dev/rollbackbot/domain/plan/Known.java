package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.Grant;
import java.util.Optional;
import java.util.function.Function;

/** A fact that was had, or the name of the neighbour that did not give it. */
public sealed interface Known<T> {
  record Value<T>(T value) implements Known<T> {}

  /**
   * No answer.
   *
   * @param source one of {@code git}, {@code registry}, {@code logs}, {@code revisions}, {@code
   *     builds}
   * @param missing the permission for want of which there is none
   */
  record Unknown<T>(String source, Optional<Grant> missing) implements Known<T> {}

  static <T> Known<T> of(T value) {
    return new Value<>(value);
  }

  static <T> Known<T> unknown(String source) {
    return new Unknown<>(source, Optional.empty());
  }

  static <T> Known<T> unknown(String source, Optional<Grant> missing) {
    return new Unknown<>(source, missing);
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
      case Unknown<T>(String source, Optional<Grant> missing) -> new Unknown<>(source, missing);
    };
  }
}
