package dev.rollbackbot.sandbox.logging;

import com.google.api.MonitoredResource;
import com.google.cloud.audit.AuditLog;
import com.google.cloud.audit.AuthenticationInfo;
import com.google.cloud.audit.RequestMetadata;
import com.google.logging.type.HttpRequest;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.rpc.Code;
import com.google.rpc.Status;
import java.time.Instant;

/**
 * What Cloud Run's log entries look like.
 *
 * <p>Source: request and stderr logs, third-party dumps and http_request.proto; Admin Activity, a
 * posted payload and gcloud's own code: v1 names {@code namespaces/P/services/S} and carries {@code
 * request.service.spec}, v2 names {@code projects/P/locations/L/services/S}; a conflict has
 * status.code 10 and severity ERROR; resource.labels.revision_name is empty. (FACTS 4 and 6,
 * 2026-11-23.)
 */
final class Shapes {
  private final String project;
  private final String location;

  Shapes(String project, String location) {
    this.project = project;
    this.location = location;
  }

  LogEntry request(
      Instant when,
      String service,
      String revision,
      String method,
      String url,
      int status,
      java.time.Duration latency,
      String userAgent,
      String remoteIp) {
    LogSeverity severity =
        status >= 500 ? LogSeverity.ERROR : status >= 400 ? LogSeverity.WARNING : LogSeverity.INFO;
    return entry("run.googleapis.com%2Frequests", when, service, revision)
        .setSeverity(severity)
        .setHttpRequest(
            HttpRequest.newBuilder()
                .setRequestMethod(method)
                .setRequestUrl(url)
                .setStatus(status)
                .setLatency(
                    Duration.newBuilder()
                        .setSeconds(latency.getSeconds())
                        .setNanos(latency.getNano()))
                .setUserAgent(userAgent)
                .setRemoteIp(remoteIp)
                .setProtocol("HTTP/1.1"))
        .build();
  }

  LogEntry stderr(Instant when, String service, String revision, String text) {
    return entry("run.googleapis.com%2Fstderr", when, service, revision)
        .setSeverity(LogSeverity.ERROR)
        .setTextPayload(text)
        .build();
  }

  LogEntry activity(
      Instant when,
      String principal,
      String methodName,
      String userAgent,
      String service,
      Struct state,
      boolean landed) {
    boolean v1 = methodName.contains(".run.v1.");
    String resource =
        v1
            ? "namespaces/" + project + "/services/" + service
            : "projects/" + project + "/locations/" + location + "/services/" + service;
    Value shown =
        Value.newBuilder().setStructValue(v1 ? KnativeForm.of(service, state) : state).build();
    AuditLog.Builder audit =
        AuditLog.newBuilder()
            .setServiceName("run.googleapis.com")
            .setMethodName(methodName)
            .setResourceName(resource)
            .setAuthenticationInfo(AuthenticationInfo.newBuilder().setPrincipalEmail(principal))
            .setRequestMetadata(RequestMetadata.newBuilder().setCallerSuppliedUserAgent(userAgent))
            .setRequest(Struct.newBuilder().putFields("service", shown));
    if (landed) {
      audit.setResponse(shown.getStructValue());
    } else {
      audit.setStatus(
          Status.newBuilder()
              .setCode(Code.ABORTED_VALUE)
              .setMessage("Conflict for resource '" + service + "'"));
    }
    return entry("cloudaudit.googleapis.com%2Factivity", when, service, "")
        .setSeverity(landed ? LogSeverity.NOTICE : LogSeverity.ERROR)
        .setProtoPayload(Any.pack(audit.build()))
        .build();
  }

  private LogEntry.Builder entry(String log, Instant when, String service, String revision) {
    return LogEntry.newBuilder()
        .setLogName("projects/" + project + "/logs/" + log)
        .setTimestamp(
            Timestamp.newBuilder().setSeconds(when.getEpochSecond()).setNanos(when.getNano()))
        .setResource(
            MonitoredResource.newBuilder()
                .setType("cloud_run_revision")
                .putLabels("project_id", project)
                .putLabels("location", location)
                .putLabels("service_name", service)
                .putLabels("configuration_name", revision.isEmpty() ? "" : service)
                .putLabels("revision_name", revision));
  }
}
