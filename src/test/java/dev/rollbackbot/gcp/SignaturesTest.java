package dev.rollbackbot.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignaturesTest {

  record Case(String what, String log, String signature) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Case> traces() {
    return Stream.of(
        new Case(
            "a plain traceback of Python",
            """
            Traceback (most recent call last):
              File "/app/app/main.py", line 12, in serve
                return read_plan(request)
              File "/app/app/plans.py", line 41, in read_plan
                return plans[body['plan_id']]
                             ~~~~^^^^^^^^^^^
            KeyError: 'plan_id'
            """,
            "KeyError app/plans.py:41 read_plan"),
        new Case(
            "the library's frames below ours do not count",
            """
            Traceback (most recent call last):
              File "/app/app/db.py", line 7, in load
                return session.execute(query)
              File "/usr/local/lib/python3.12/site-packages/sqlalchemy/orm/session.py", line 2351, in execute
                return self._execute_internal(
            sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) server closed: user=ken@example.com
            """,
            "OperationalError app/db.py:7 load"),
        new Case(
            "a logger's line stands before the traceback",
            """
            2026-11-24 02:51:07,123 ERROR uvicorn.error Exception in ASGI application
            Traceback (most recent call last):
              File "/usr/local/lib/python3.12/site-packages/starlette/routing.py", line 776, in app
                await route.handle(scope, receive, send)
              File "/workspace/api/plans.py", line 88, in get_plan
                raise ValueError("plan 4711 of Aiko Sato is broken")
            ValueError: plan 4711 of Aiko Sato is broken
            """,
            "ValueError api/plans.py:88 get_plan"),
        new Case(
            "of chained exceptions the last one tells",
            """
            Traceback (most recent call last):
              File "/app/app/cache.py", line 5, in get
                return store[key]
            KeyError: 'u-123'

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/app/app/cache.py", line 9, in get
                raise CacheMiss(key)
            app.errors.CacheMiss: u-123
            """,
            "CacheMiss app/cache.py:9 get"),
        new Case(
            "an exception without a message",
            """
            Traceback (most recent call last):
              File "/app/app/jobs.py", line 3, in <module>
                assert READY
            AssertionError
            """,
            "AssertionError app/jobs.py:3 <module>"),
        new Case(
            "a message of several lines",
            """
            Traceback (most recent call last):
              File "/app/app/plans.py", line 20, in save
                validate(plan)
            pydantic_core._pydantic_core.ValidationError: 2 validation errors for Plan
            name
              Field required [type=missing, input_value={'mail': 'a@example.com'}]
            """,
            "ValidationError app/plans.py:20 save"),
        new Case(
            "only frames of libraries",
            """
            Traceback (most recent call last):
              File "/usr/local/lib/python3.12/asyncio/runners.py", line 118, in run
                return self._loop.run_until_complete(task)
            asyncio.exceptions.CancelledError
            """,
            "CancelledError asyncio/runners.py:118 run"),
        new Case(
            "a group of exceptions",
            """
              + Exception Group Traceback (most recent call last):
              |   File "/app/app/fan.py", line 4, in fan_out
              |     async with TaskGroup() as group:
              | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)
              +-+---------------- 1 ----------------
                | Traceback (most recent call last):
                |   File "/app/app/fan.py", line 11, in one
                |     raise TimeoutError("after 5 s for user 99")
                | TimeoutError: after 5 s for user 99
                +------------------------------------
            """,
            "TimeoutError app/fan.py:11 one"),
        new Case(
            "a file at the root of the container",
            """
            Traceback (most recent call last):
              File "main.py", line 1, in handler
            ZeroDivisionError: division by zero
            """,
            "ZeroDivisionError main.py:1 handler"),
        new Case(
            "a plain trace of Java",
            """
            java.lang.IllegalStateException: no plan 4711 for aiko@example.com
            \tat jp.example.plans.PlanReader.read(PlanReader.java:41)
            \tat jp.example.plans.PlanController.get(PlanController.java:17)
            \tat java.base/java.lang.Thread.run(Thread.java:1583)
            """,
            "IllegalStateException PlanReader.java:41 read"),
        new Case(
            "Java's own frames above ours do not count",
            """
            Exception in thread "main" java.lang.NumberFormatException: For input string: "0312345678"
            \tat java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
            \tat java.base/java.lang.Integer.parseInt(Integer.java:661)
            \tat app//jp.example.Phone.parse(Phone.java:9)
            """,
            "NumberFormatException Phone.java:9 parse"),
        new Case(
            "the last cause tells",
            """
            org.springframework.web.util.NestedServletException: Request processing failed
            \tat org.springframework.web.servlet.FrameworkServlet.processRequest(FrameworkServlet.java:1022)
            \tat jp.example.web.Filter.doFilter(Filter.java:30)
            Caused by: java.sql.SQLException: duplicate key (mail)=(ken@example.com)
            \tat org.postgresql.core.v3.QueryExecutorImpl.receive(QueryExecutorImpl.java:2733)
            \tat jp.example.plans.PlanStore.save(PlanStore.java:55)
            \t... 48 common frames omitted
            """,
            "SQLException PlanStore.java:55 save"),
        new Case(
            "a cause that never came through our code is placed where ours called",
            """
            jp.example.StoreException: cannot save
            \tat jp.example.plans.PlanStore.save(PlanStore.java:60)
            Caused by: java.net.SocketTimeoutException: Read timed out
            \tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278)
            \t... 12 more
            """,
            "SocketTimeoutException PlanStore.java:60 save"),
        new Case(
            "numbers of lambdas do not count",
            """
            java.util.NoSuchElementException: No value present
            \tat java.base/java.util.Optional.orElseThrow(Optional.java:377)
            \tat jp.example.plans.Plans.lambda$find$17(Plans.java:23)
            """,
            "NoSuchElementException Plans.java:23 find"),
        new Case(
            "classes made by a proxy are passed over",
            """
            java.lang.NullPointerException: Cannot invoke "Plan.id()" because "plan" is null
            \tat jp.example.Plans$$SpringCGLIB$$0.get(<generated>)
            \tat jp.example.Web.show(Web.kt:12)
            """,
            "NullPointerException Web.kt:12 show"),
        new Case(
            "what was suppressed does not count",
            """
            java.io.UncheckedIOException: lost
            \tat jp.example.Export.run(Export.java:8)
            \tSuppressed: java.io.IOException: closed
            \t\tat jp.example.Export.close(Export.java:99)
            """,
            "UncheckedIOException Export.java:8 run"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traces")
  void namesTheErrorByTypeAndFrame(Case given) {
    assertThat(Signatures.of(given.log())).contains(given.signature());
  }

  static Stream<Case> noTraces() {
    return Stream.of(
        new Case("a message", "KeyError: 'plan_id' for aiko@example.com", ""),
        new Case("a line of a request", "GET /plans/4711 500", ""),
        new Case("a traceback that was cut", "Traceback (most recent call last):\n", ""),
        new Case(
            "frames without an exception", "\tat jp.example.plans.PlanReader.read(P.java:41)", ""),
        new Case("a word of Java", "java.lang.OutOfMemoryError: Java heap space", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noTraces")
  void givesNoNameWithoutATrace(Case given) {
    assertThat(Signatures.of(given.log())).isEmpty();
  }

  @Test
  void theSameErrorOfTwoPeopleIsOneSignature() {
    String log = traces().toList().get(0).log();
    assertThat(Signatures.of(log.replace("'plan_id'", "'0xdeadbeef 4711'")))
        .isEqualTo(Signatures.of(log));
  }

  @Test
  void withoutATraceSeverityAndLoggerAreAllThatIsTold() {
    LogEntry entry =
        json(
            Struct.newBuilder()
                .putFields("message", text("plan of aiko@example.com is broken"))
                .putFields("logger", text("app.plans"))
                .build());
    assertThat(LoggedErrors.signature(entry)).isEqualTo("ERROR app.plans");
  }

  @Test
  void aLoggerWithDataInItsNameIsNotTold() {
    LogEntry entry =
        json(Struct.newBuilder().putFields("logger", text("aiko@example.com")).build());
    assertThat(LoggedErrors.signature(entry)).isEqualTo("ERROR");
  }

  @Test
  void aTraceIsFoundInWhateverFieldItIs() {
    String log = traces().toList().get(0).log();
    Value nested =
        Value.newBuilder()
            .setStructValue(Struct.newBuilder().putFields("stack_trace", text(log)))
            .build();
    LogEntry entry = json(Struct.newBuilder().putFields("error", nested).build());
    assertThat(LoggedErrors.signature(entry)).isEqualTo("KeyError app/plans.py:41 read_plan");
  }

  @Test
  void aTraceMayBeAListOfLines() {
    ListValue.Builder lines = ListValue.newBuilder();
    traces().toList().get(9).log().lines().forEach(line -> lines.addValues(text(line)));
    LogEntry entry =
        json(
            Struct.newBuilder()
                .putFields("stack", Value.newBuilder().setListValue(lines).build())
                .build());
    assertThat(LoggedErrors.signature(entry))
        .isEqualTo("IllegalStateException PlanReader.java:41 read");
  }

  @Test
  void theMostFrequentComesFirst() {
    LogEntry rare = LogEntry.newBuilder().setSeverity(LogSeverity.CRITICAL).build();
    LogEntry often = json(Struct.getDefaultInstance());
    assertThat(LoggedErrors.digest(List.of(rare, often, often), true).signatures())
        .extracting(signature -> signature.name() + " " + signature.count())
        .containsExactly("ERROR 2", "CRITICAL 1");
  }

  private static LogEntry json(Struct payload) {
    return LogEntry.newBuilder().setSeverity(LogSeverity.ERROR).setJsonPayload(payload).build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
