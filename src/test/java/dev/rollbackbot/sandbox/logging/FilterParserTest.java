package dev.rollbackbot.sandbox.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The query language against one request entry, one audit entry and one JSON entry. */
class FilterParserTest {
  private static final Instant WHEN = Instant.parse("2026-11-22T02:51:00Z");
  private static final Shapes SHAPES = new Shapes("demo", "asia-northeast1");

  private static final LogEntry REQUEST =
      SHAPES.request(
          WHEN,
          "k-back",
          "k-back-00042-abc",
          "GET",
          "https://k-back.example/api/plans",
          503,
          Duration.ofMillis(250),
          "curl/8",
          "192.0.2.7");
  private static final LogEntry AUDIT =
      SHAPES.activity(
          WHEN,
          "ben@k-back.example",
          "google.cloud.run.v1.Services.ReplaceService",
          "google-cloud-sdk gcloud/528.0.0 command/gcloud.run.deploy",
          "k-back",
          Struct.newBuilder()
              .putFields(
                  "latestReadyRevision", text("projects/p/locations/l/services/s/revisions/r7"))
              .build(),
          true);
  private static final LogEntry JSON =
      LogEntry.newBuilder()
          .setLogName("projects/demo/logs/rollback-bot")
          .setTimestamp(REQUEST.getTimestamp())
          .setSeverity(LogSeverity.INFO)
          .putLabels("k8s/app", "bot")
          .setJsonPayload(
              Struct.newBuilder()
                  .putFields("job", text("a1b2"))
                  .putFields("seq", Value.newBuilder().setNumberValue(7).build())
                  .putFields("done", Value.newBuilder().setBoolValue(true).build()))
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          resource.type="cloud_run_revision"                                  ; request audit
          resource.type=cloud_run_revision                                    ; request audit
          resource.labels.service_name="K-BACK"                               ; request audit
          resource.labels.revision_name="k-back-00042-abc"                    ; request
          resource.labels.revision_name!="k-back-00042-abc"                   ; audit
          resource.labels.service_name=("other" OR "k-back")                  ; request audit
          logName="projects/demo/logs/run.googleapis.com%2Frequests"          ; request
          logName:"cloudaudit"                                                ; audit
          log_id("run.googleapis.com/requests")                               ; request
          severity>=ERROR                                                     ; request
          severity=notice                                                     ; audit
          severity<ERROR                                                      ; audit json
          httpRequest.status>=500 httpRequest.status<600                      ; request
          http_request.status=503                                             ; request
          httpRequest.status!=503                                             ;
          httpRequest.latency>"0.2s"                                          ; request
          httpRequest.latency>300ms                                           ;
          httpRequest.requestUrl=~"/api/(plans|users)$"                       ; request
          httpRequest.requestUrl!~"/API/"                                     ; request
          timestamp>="2026-11-22T02:50:00Z" AND timestamp<"2026-11-22T03:00:00Z" ; request audit json
          timestamp>="2026-11-22T12:00:00+09:00"                              ;
          timestamp>"2026-11-22"                                              ; request audit json
          protoPayload.methodName=~"Services\\.(ReplaceService|UpdateService)$" ; audit
          protoPayload.authenticationInfo.principalEmail:"ben@"               ; audit
          protoPayload.serviceName="run.googleapis.com"                       ; audit
          protoPayload.request.service.metadata.name="k-back"                 ; audit
          protoPayload.response.status.latestCreatedRevisionName="r7"         ; audit
          protoPayload.@type:"AuditLog"                                       ; audit
          NOT protoPayload.status.code:*                                      ; request audit json
          protoPayload.methodName:*                                           ; audit
          jsonPayload.job="a1b2" jsonPayload.seq>6 jsonPayload.done=true      ; json
          jsonPayload.seq>a                                                   ;
          labels."k8s/app"="bot"                                              ; json
          -resource.type="cloud_run_revision"                                 ; json
          NOT (severity>=ERROR OR logName:"bot")                              ; audit
          severity=INFO OR severity=NOTICE resource.type:*                    ; audit
          severity=INFO OR (severity=NOTICE AND resource.type:*)              ; audit json
          resource.type=none OR severity>=ERROR AND logName:requests          ; request
          textPayload:"KeyError"                                              ;
          """)
  void whatAFilterFinds(String filter, @Nullable String found) {
    var parsed = FilterParser.parse(filter);
    StringBuilder matching = new StringBuilder();
    matching.append(parsed.test(REQUEST) ? " request" : "");
    matching.append(parsed.test(AUDIT) ? " audit" : "");
    matching.append(parsed.test(JSON) ? " json" : "");
    assertThat(matching.toString().strip()).isEqualTo(found == null ? "" : found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resource.type==\"x\"",
        "resource.type=",
        "resource.type=\"open",
        "(severity=ERROR",
        "severity=ERROR)",
        "severity=LOUD",
        "severity ERROR",
        "KeyError",
        "\"KeyError\"",
        "nothing.here=\"x\"",
        "timestamp>=yesterday",
        "timestamp>=2026-11-22T02:50:00Z",
        "textPayload=~\"(\"",
        "severity=~ERROR",
        "severity=ERROR OR",
        "AND severity=ERROR",
        "{severity=ERROR}",
      })
  void whatCannotBeReadIsInvalid(String filter) {
    assertThatThrownBy(() -> FilterParser.parse(filter))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("INVALID_ARGUMENT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n ",
        "-- only a comment",
        "severity=ERROR -- the rest\n--more\nhttpRequest.status=503",
      })
  void emptyFiltersAndCommentsMatchTheRequest(String filter) {
    assertThat(FilterParser.parse(filter).test(REQUEST)).isTrue();
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }
}
