package dev.rollbackbot.bench;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import dev.rollbackbot.chart.PngPainter;
import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.health.HealthJudge;
import dev.rollbackbot.domain.job.Limits;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.driver.Driver;
import dev.rollbackbot.driver.DriverLoop;
import dev.rollbackbot.driver.Gauges;
import dev.rollbackbot.engine.CanaryTerms;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.Charts;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.StepRunner;
import dev.rollbackbot.engine.Together;
import dev.rollbackbot.engine.Verdicts;
import dev.rollbackbot.engine.Views;
import dev.rollbackbot.gcp.CloudLogReader;
import dev.rollbackbot.gcp.CloudRunAdapter;
import dev.rollbackbot.gcp.Deadlines;
import dev.rollbackbot.gcp.Endpoints;
import dev.rollbackbot.gcp.GcpClients;
import dev.rollbackbot.gcp.ServiceMapper;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.statistics.CommonsChances;
import dev.rollbackbot.text.ChartComposer;
import dev.rollbackbot.text.RollbackComposer;
import dev.rollbackbot.text.Typing;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The driver of a worker in a process of its own; says when its measured time begins, and at its
 * end what it measured, as {@code name=number}.
 */
public final class CanaryWorker {
  /** Between two looks at the services, as in production. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private static final Duration BETWEEN_COMMANDS = Duration.ofSeconds(6);
  private static final String NOWHERE = "127.0.0.1:1";
  private static final Pattern VIRTUAL = Pattern.compile("#\\d+ \".*\" virtual .*");

  private final InstantSource clock = InstantSource.system();
  private final GcpClients clients;
  private final CloudRunAdapter cloudRun;
  private final LogReader logs;
  private final List<ServiceSettings> services;
  private final Turns turns = new Turns();
  private final CountingRoom room = new CountingRoom();
  private final AtomicLong seen = new AtomicLong();

  private CanaryWorker(int canaries, String run, String logging) {
    clients =
        new GcpClients(
            new Endpoints.Sandbox(run, NOWHERE, NOWHERE, logging, NOWHERE), Deadlines.USUAL);
    cloudRun = new CloudRunAdapter(clients, new ServiceMapper("rollback-bot", "bench"));
    logs = new CloudLogReader(clients, cloudRun::revisions, Set.of(), clock, CanaryWorld.PROJECT);
    services = IntStream.range(0, canaries).mapToObj(i -> settings(CanaryWorld.id(i))).toList();
  }

  /** Canaries, seconds to warm up, seconds to measure, address of Cloud Run and of Logging. */
  public static void main(String[] args) throws IOException {
    var worker = new CanaryWorker(Integer.parseInt(args[0]), args[3], args[4]);
    Duration warm = Duration.ofSeconds(Integer.parseInt(args[1]));
    Duration measured = Duration.ofSeconds(Integer.parseInt(args[2]));
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService teller = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
        GcpClients _ = worker.clients;
        DriverLoop loop = worker.loop(readers, teller)) {
      loop.start();
      worker.measure(warm, measured, System.out);
    }
  }

  private DriverLoop loop(ExecutorService readers, ExecutorService teller) {
    Map<String, CanaryTerms> terms =
        services.stream().collect(Collectors.toMap(s -> s.id().name(), ServiceSettings::canary));
    var verdicts = new Verdicts(new CommonsChances(), terms);
    var views =
        new Views(
            new Seal("bench ".repeat(8).getBytes(StandardCharsets.UTF_8)), Map.of(), verdicts);
    var charts = new Charts(new PngPainter(), new ChartComposer(ZoneOffset.UTC));
    var cards =
        new Cards(
            room, new RollbackComposer(ZoneOffset.UTC, Typing.CHAT), views, charts, clock, teller);
    var gauges =
        new Gauges(
            Map.of(),
            turns.counting(logs),
            cards,
            new Together(readers, Duration.ofSeconds(5)),
            verdicts,
            clock);
    var runner =
        new StepRunner(
            cloudRun,
            CanaryWorld.BOT,
            clock,
            pause -> LockSupport.parkNanos(pause.toNanos()),
            _ -> {});
    var driver =
        new Driver(
            cloudRun,
            gauges,
            runner,
            cards,
            clock,
            new Driver.Identity(CanaryWorld.BOT, CanaryWorld.DRIVER));
    return new DriverLoop(
        cloudRun, driver, (_, _) -> seen.incrementAndGet(), services, TICK, clock);
  }

  private static ServiceSettings settings(ServiceId id) {
    return new ServiceSettings(
        id,
        "asia-northeast1-docker.pkg.dev/bench/repo/app",
        "main",
        false,
        new ApprovalPolicy(ApprovalPolicy.Rule.CONFIRM, Set.of(), Set.of(), Duration.ofMinutes(5)),
        new HealthJudge(20, 0.05),
        Limits.defaults(),
        new CanaryTerms(CanaryWorld.LADDER, 20, 0.05),
        Duration.ofMinutes(15),
        Optional.empty(),
        Optional.empty());
  }

  private void measure(Duration warm, Duration measured, PrintStream out) throws IOException {
    pause(warm);
    out.println("begin");
    turns.restart();
    long looksBefore = seen.get();
    int saidBefore = room.said();
    Duration cpu = cpu();
    Instant end = clock.instant().plus(measured);
    int asked = 0;
    int answered = 0;
    int threads = 0;
    while (clock.instant().isBefore(end)) {
      asked++;
      answered += aPersonReads() ? 1 : 0;
      threads = Math.max(threads, ManagementFactory.getThreadMXBean().getThreadCount());
      pause(BETWEEN_COMMANDS);
    }
    double minutes = measured.toMillis() / 60_000.0;
    String figures =
        "end cpu=%f looks=%d said=%d asked=%d answered=%d threads=%d"
            .formatted(
                cpu().minus(cpu).toMillis() / minutes,
                (seen.get() - looksBefore) / services.size(),
                room.said() - saidBefore,
                asked,
                answered,
                threads);
    String fairness =
        " looked=%d refused=%d contested=%d inTurn=%d"
            .formatted(turns.looked(), turns.refused(), turns.contested(), turns.inTurn());
    out.println(figures + fairness + " virtual=" + virtualThreads() + " heap=" + heap());
  }

  /** Whether somebody's command finds a read left. */
  private boolean aPersonReads() {
    ServiceId id = CanaryWorld.id(0);
    try {
      var _ = logs.servedSince(id, new RevisionName(id.name() + "-00042-new"), clock.instant());
      return true;
    } catch (WorldException e) {
      return false;
    }
  }

  private static Duration cpu() {
    return Duration.ofNanos(
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
  }

  /** In bytes, of what is reachable. */
  private static long heap() {
    System.gc();
    pause(Duration.ofMillis(500));
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Only a thread dump names them; the executors of this program all show theirs. */
  private static long virtualThreads() throws IOException {
    Path folder = Files.createTempDirectory("canaries");
    try {
      Path dump = folder.resolve("threads.txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
      return Files.readAllLines(dump).stream().filter(l -> VIRTUAL.matcher(l).matches()).count();
    } finally {
      Folders.delete(folder);
    }
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
