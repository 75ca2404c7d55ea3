package dev.rollbackbot.gcp;

import com.google.logging.type.HttpRequest;
import com.google.logging.v2.LogEntry;
import dev.rollbackbot.domain.health.LoggedRequest;
import dev.rollbackbot.domain.health.LoggedRequest.Arm;
import dev.rollbackbot.domain.model.RevisionName;
import java.time.Duration;

/** Reads what a canary needs out of an entry of Cloud Run's request log. */
final class RequestEntry {
  private RequestEntry() {}

  /** Of the candidate if it answered, of the baseline whoever else did. */
  static LoggedRequest of(LogEntry entry, RevisionName candidate) {
    HttpRequest request = entry.getHttpRequest();
    String revision = entry.getResource().getLabelsOrDefault("revision_name", "");
    return new LoggedRequest(
        Protos.instant(entry.getTimestamp()),
        revision.equals(candidate.value()) ? Arm.CANDIDATE : Arm.BASELINE,
        request.getRemoteIp(),
        request.getUserAgent(),
        request.getRequestMethod() + " " + request.getRequestUrl(),
        request.getStatus(),
        latency(request));
  }

  static Duration latency(HttpRequest request) {
    return Duration.ofSeconds(request.getLatency().getSeconds(), request.getLatency().getNanos());
  }
}
