package dev.rollbackbot.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Struct;
import dev.rollbackbot.domain.report.LogDigest.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignaturesTest {
  private static final Instant AT = Instant.parse("2026-11-24T02:51:07Z");

  static List<LogCorpus.Sample> corpus() {
    return LogCorpus.samples();
  }

  static List<LogCorpus.Pair> pairs() {
    return LogCorpus.pairs();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void anErrorHasOneNameHoweverItWasLogged(LogCorpus.Sample sample) {
    assertThat(LoggedErrors.digest(sample.entries(), 1, false).signatures())
        .containsExactly(new Signature(sample.signature(), 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void noiseMakesNoOtherErrorAndHidesNone(LogCorpus.Pair pair) {
    Set<String> names =
        Stream.of(pair.one(), pair.other()).map(SignaturesTest::name).collect(Collectors.toSet());
    assertThat(names).as("%s", names).hasSize(pair.agree() ? 1 : 2);
  }

  @Test
  void theCorpusIsLargeAndEveryKindOfNoiseHasPairsOfBothSorts() {
    assertThat(corpus()).hasSizeGreaterThanOrEqualTo(60);
    Set<String> agreeing = noises(true);
    assertThat(agreeing).hasSizeGreaterThanOrEqualTo(10).isEqualTo(noises(false));
  }

  @Test
  void noNameHoldsAnybodysData() {
    assertThat(corpus())
        .extracting(LogCorpus.Sample::signature)
        .noneMatch(name -> name.matches("(?s).*(?:@|4711|[Aa]iko|佐藤|0312|1234|\\d{4}).*"));
  }

  @Test
  void tracesOfTwoInstancesThatAreMixedAreTwo() {
    List<String> one =
        List.of(PythonTrace.START, "  File \"/a/a.py\", line 1, in f", "KeyError: 1");
    List<String> two = List.of(PythonTrace.START, "  File \"/b/b.py\", line 1, in g", "OSError: 2");
    var entries = new ArrayList<LogEntry>();
    for (int i = 0; i < 3; i++) {
      entries.add(line(one.get(i), "instance-1", Duration.ofMillis(2L * i)));
      entries.add(line(two.get(i), "instance-2", Duration.ofMillis(2L * i + 1)));
    }

    assertThat(LoggedErrors.digest(entries, 1, false).signatures())
        .containsExactly(
            new Signature("KeyError a/a.py f", 1), new Signature("OSError b/b.py g", 1));
  }

  @Test
  void theSameTraceAgainIsCountedAgain() {
    var entries = new ArrayList<LogEntry>();
    for (int i = 0; i < 3; i++) {
      Duration at = Duration.ofMillis(5L * i);
      entries.add(line(PythonTrace.START, "instance-1", at));
      entries.add(line("  File \"/a/a.py\", line 1, in f", "instance-1", at.plusMillis(1)));
      entries.add(line("KeyError: 1", "instance-1", at.plusMillis(2)));
    }

    assertThat(LoggedErrors.digest(entries, 1, false).signatures())
        .containsExactly(new Signature("KeyError a/a.py f", 3));
  }

  @Test
  void framesWhoseBeginningWasNotReadAreNoErrorOfTheirOwn() {
    List<LogEntry> entries =
        List.of(
            line("\tat jp.example.plans.PlanReader.read(PlanReader.java:41)", "a", Duration.ZERO),
            line("\t... 12 more", "a", Duration.ofMillis(1)),
            line("  File \"/a/a.py\", line 1, in f", "b", Duration.ZERO));

    assertThat(LoggedErrors.digest(entries, 1, false).signatures()).isEmpty();
  }

  @Test
  void linesThatComeMuchLaterBelongToSomethingElse() {
    List<LogEntry> entries =
        List.of(
            line("java.lang.IllegalStateException: no plan", "a", Duration.ZERO),
            line("\tat jp.example.Plans.read(Plans.java:41)", "a", Duration.ofSeconds(5)));

    assertThat(LoggedErrors.digest(entries, 1, false).signatures())
        .containsExactly(new Signature("ERROR", 1));
  }

  @Test
  void theMostFrequentComesFirst() {
    LogEntry rare = LogEntry.newBuilder().setSeverity(LogSeverity.CRITICAL).build();
    LogEntry often =
        LogEntry.newBuilder()
            .setSeverity(LogSeverity.ERROR)
            .setJsonPayload(Struct.getDefaultInstance())
            .build();
    assertThat(LoggedErrors.digest(List.of(rare, often, often), 1, false).signatures())
        .containsExactly(new Signature("ERROR", 2), new Signature("CRITICAL", 1));
  }

  private static Set<String> noises(boolean agree) {
    return pairs().stream()
        .filter(pair -> pair.agree() == agree)
        .map(LogCorpus.Pair::noise)
        .collect(Collectors.toSet());
  }

  private static String name(String text) {
    LogEntry entry =
        LogEntry.newBuilder().setSeverity(LogSeverity.ERROR).setTextPayload(text).build();
    return LoggedErrors.digest(List.of(entry), 1, false).signatures().getFirst().name();
  }

  private static LogEntry line(String text, String instance, Duration after) {
    return LogEntry.newBuilder()
        .setSeverity(LogSeverity.ERROR)
        .setTextPayload(text)
        .putLabels("instanceId", instance)
        .setTimestamp(Protos.timestamp(AT.plus(after)))
        .build();
  }
}
