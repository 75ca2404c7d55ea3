package dev.rollbackbot.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.util.function.Supplier;

/** What a refusal of a Google API means for us. */
final class Failures {
  private Failures() {}

  /** Makes the call and translates its failure. */
  static <T> T call(Access access, BotAccount account, Supplier<T> call) {
    try {
      return call.get();
    } catch (ApiException e) {
      throw of(e, access, account);
    }
  }

  static WorldException of(ApiException e, Access access, BotAccount account) {
    return of(e.getStatusCode().getCode(), text(e), e, access, account);
  }

  static WorldException of(
      StatusCode.Code code, String text, Throwable cause, Access access, BotAccount account) {
    return code == StatusCode.Code.PERMISSION_DENIED
        ? new WorldException(access.grant(text, account.member()), text, cause)
        : new WorldException(kind(code), text, cause);
  }

  static Kind kind(StatusCode.Code code) {
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> Kind.UNAVAILABLE;
      case ABORTED -> Kind.CONFLICT;
      case PERMISSION_DENIED, UNAUTHENTICATED -> Kind.DENIED;
      case NOT_FOUND -> Kind.NOT_FOUND;
      case RESOURCE_EXHAUSTED -> Kind.QUOTA;
      // A write whose fate is unknown must be read again: INTERNAL and UNKNOWN say nothing of it.
      case INTERNAL, UNKNOWN, DATA_LOSS -> Kind.UNAVAILABLE;
      case OK, INVALID_ARGUMENT, ALREADY_EXISTS, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED ->
          Kind.REFUSED;
    };
  }

  /** The API's own words, without the client's prefix. */
  private static String text(ApiException e) {
    Throwable cause = e.getCause();
    String text = String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    String code = e.getStatusCode().getCode().name();
    return text.startsWith(code + ": ") ? text.substring(code.length() + 2) : text;
  }
}
