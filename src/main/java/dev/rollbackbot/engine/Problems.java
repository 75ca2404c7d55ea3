package dev.rollbackbot.engine;

import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.JournalFullException;
import dev.rollbackbot.port.WorldException;
import java.util.Map;

/** What a failure of a neighbour means to the person who asked. */
public final class Problems {
  private Problems() {}

  /** The chat product did not take what it was to show, or did not say who somebody is. */
  public static Problem ofChat(ChatException e) {
    Map<String, String> detail = Map.of("detail", e.detail());
    return switch (e.kind()) {
      case UNAVAILABLE, QUOTA -> Problem.failure(Code.CHAT_UNAVAILABLE, detail);
      case CONFLICT, DENIED, NOT_FOUND, REFUSED -> Problem.failure(Code.CHAT_REFUSED, detail);
    };
  }

  public static Problem ofCloudRun(WorldException e, ServiceId service) {
    if (e instanceof JournalFullException) {
      return Problem.refusal(Code.JOURNAL_FULL);
    }
    Map<String, String> detail = Map.of("detail", e.detail());
    return switch (e.kind()) {
      case UNAVAILABLE, QUOTA -> Problem.failure(Code.CLOUD_RUN_UNAVAILABLE, detail);
      case CONFLICT -> Problem.failure(Code.WRITE_CONFLICT, Map.of("by", "-"));
      case DENIED ->
          Problem.failure(
              Code.CLOUD_RUN_DENIED,
              Map.of(
                  "detail",
                  e.detail(),
                  "permission",
                  e.missing().map(Grant::permission).orElse("-"),
                  "command",
                  e.missing().map(Grant::command).orElse("-")));
      case NOT_FOUND -> Problem.failure(Code.SERVICE_MISSING, Map.of("service", service.name()));
      case REFUSED -> Problem.failure(Code.CLOUD_RUN_REFUSED, detail);
    };
  }
}
