package dev.rollbackbot.simulation;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.LiveRate;
import dev.rollbackbot.domain.health.LoggedRequest;
import dev.rollbackbot.domain.health.LoggedRequest.Arm;
import dev.rollbackbot.domain.health.Share;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.plan.Migration;
import dev.rollbackbot.domain.plan.PastRollback;
import dev.rollbackbot.domain.report.Deed;
import dev.rollbackbot.domain.report.LogDigest;
import dev.rollbackbot.port.CommitHistory;
import dev.rollbackbot.port.HealthProbe;
import dev.rollbackbot.port.ImageRegistry;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.People;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Registry, git, logs, probes and people of one run, as its seed wants them. */
final class Neighbours {
  private static final long A_REQUEST = 500;

  /** In a window of whatever length. */
  private static final int REQUESTS = 300;

  private final KBack kBack;
  private final Scheduler scheduler;
  private final Fate fate;

  /** Revisions, and images by digest, that answer probes badly. */
  private final Set<String> sick = new HashSet<>();

  private final boolean users;
  private final double errorShare;
  private final double targetErrorShare;

  Neighbours(KBack kBack, Scheduler scheduler, Fate fate, Night night) {
    this.kBack = kBack;
    this.scheduler = scheduler;
    this.fate = fate;
    this.users = !night.wild() || fate.chance(0.7);
    this.errorShare = night.wild() && fate.chance(0.3) ? 0.4 : 0;
    this.targetErrorShare = fate.oneOf(0.0, 0.0, 0.02, 0.4, 0.7);
    for (KBack.Past past : kBack.past) {
      if (night.wild() && fate.chance(0.2)) {
        sick.add(past.revision().value());
      }
    }
    for (KBack.Built built : kBack.built) {
      if (night.wild() && fate.chance(0.2)) {
        sick.add(built.digest().value());
      }
    }
  }

  HealthProbe probe() {
    return url -> {
      scheduler.meanwhile(fate.seconds(0.5, 8));
      String host = url.substring("https://".length());
      int dashes = host.indexOf("---");
      String revision =
          dashes < 0
              ? mainRevision()
              : kBack.model.routing(KBack.ID.resourceName()).tags().get(host.substring(0, dashes));
      boolean good =
          revision != null
              && !sick.contains(revision)
              && kBack
                  .model
                  .runningDigest(KBack.ID.resourceName(), revision)
                  .filter(sick::contains)
                  .isEmpty();
      return good ? new ProbeResult(5, 5, 120, "") : new ProbeResult(1, 5, 900, "HTTP 500");
    };
  }

  private String mainRevision() {
    return kBack.model.routing(KBack.ID.resourceName()).percents().entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  ImageRegistry registry() {
    return new ImageRegistry() {
      @Override
      public Optional<TaggedImage> ofCommit(String repository, CommitSha commit) {
        return images().filter(i -> i.commit().agreesWith(commit)).findFirst();
      }

      @Override
      public boolean exists(String repository, Digest digest) {
        return true;
      }

      @Override
      public List<TaggedImage> recent(String repository, int most) {
        return images().limit(most).toList();
      }

      private Stream<TaggedImage> images() {
        return Stream.concat(
            kBack.past.reversed().stream().map(p -> image(p.commit(), p.digest(), p.created())),
            kBack.built.reversed().stream().map(b -> image(b.commit(), b.digest(), b.built())));
      }

      private TaggedImage image(CommitSha commit, Digest digest, Instant uploaded) {
        return new TaggedImage(commit.value(), commit, digest, Set.of(digest), uploaded);
      }
    };
  }

  CommitHistory history() {
    return new CommitHistory() {
      @Override
      public Resolution resolve(Target target) {
        return target instanceof Target.Commit(CommitSha sha)
            ? commits()
                .filter(c -> c.sha().agreesWith(sha))
                .findFirst()
                .<Resolution>map(c -> new Resolution.Found(c, true))
                .orElseGet(Resolution.Missing::new)
            : new Resolution.Missing();
      }

      @Override
      public List<CommitInfo> between(CommitSha older, CommitSha newer, int most) {
        return List.of();
      }

      @Override
      public List<Migration> migrationsBetween(CommitSha older, CommitSha newer) {
        return List.of();
      }

      @Override
      public Map<CommitSha, CommitInfo> texts(Collection<CommitSha> commits) {
        return commits()
            .filter(c -> commits.contains(c.sha()))
            .collect(Collectors.toMap(CommitInfo::sha, c -> c));
      }

      @Override
      public List<CommitInfo> recent(int most) {
        return commits().limit(most).toList();
      }

      private Stream<CommitInfo> commits() {
        return Stream.concat(
            kBack.past.reversed().stream()
                .map(p -> new CommitInfo(p.commit(), "Change the plan", "Aiko", p.created())),
            kBack.built.reversed().stream()
                .map(b -> new CommitInfo(b.commit(), "Mend the plan", "Ben", b.built())));
      }
    };
  }

  /** Two a second, as the service is split now; each second's are always the same. */
  private List<LoggedRequest> logged(RevisionName candidate, Instant from, Instant to) {
    int share = kBack.users(candidate);
    var all = new ArrayList<LoggedRequest>();
    long first = from.toEpochMilli() / A_REQUEST + 1;
    for (long i = first; users && i * A_REQUEST < to.toEpochMilli(); i++) {
      var chance = new Random(i * 31 + (long) (errorShare * 10));
      Arm arm = chance.nextInt(100) < share ? Arm.CANDIDATE : Arm.BASELINE;
      double errors = arm == Arm.CANDIDATE ? targetErrorShare : errorShare;
      all.add(
          new LoggedRequest(
              Instant.ofEpochMilli(i * A_REQUEST),
              arm,
              "198.18.0." + i,
              "Mozilla/5.0",
              "GET /plans/" + i,
              chance.nextDouble() < errors ? 500 : 200,
              Duration.ofMillis(80)));
    }
    return all;
  }

  LogReader logs() {
    return new LogReader() {
      @Override
      public Requests requests(ServiceId id, RevisionName revision, Instant from, Instant to) {
        // Nothing is logged of what has not happened yet, whatever the asker's clock says.
        Instant last = to.isBefore(scheduler.instant()) ? to : scheduler.instant();
        Duration logged = Duration.between(from, last);
        int requests =
            users && !logged.isNegative()
                ? (int) (REQUESTS * logged.toMillis() / Duration.between(from, to).toMillis())
                : 0;
        return new Requests(
            new Figures.Load(requests, (int) (requests * errorShare), 80, 400),
            1,
            requests > 0 ? Optional.of(last) : Optional.empty());
      }

      @Override
      public CanaryRequests canary(ServiceId id, RevisionName candidate, Instant from, Instant to) {
        return new CanaryRequests(logged(candidate, from, to), from, from);
      }

      @Override
      public LiveRate rate(ServiceId id, RevisionName live, Duration back) {
        return users
            ? new LiveRate(
                30, new Share((int) (300 * errorShare), 300), Optional.of(Duration.ofMillis(400)))
            : LiveRate.none();
      }

      @Override
      public LogDigest errors(ServiceId id, RevisionName revision, Instant from, Instant to) {
        return new LogDigest(
            errorShare == 0
                ? List.of()
                : List.of(new LogDigest.Signature("KeyError app/plans.py read_plan", 12)),
            1);
      }

      @Override
      public boolean servedSince(ServiceId id, RevisionName revision, Instant since) {
        return users && kBack.users(revision) > 0;
      }

      @Override
      public Past past(ServiceId id, Duration back) {
        return new Past(
            kBack.past.stream()
                .map(
                    p ->
                        new ServedSpell(
                            p.revision(),
                            p.created(),
                            p.created().plus(Duration.ofHours(23)),
                            "ken@example.com"))
                .toList(),
            List.of());
      }

      @Override
      public List<PastRollback> rollbacks(ServiceId id, Duration back) {
        return List.of();
      }

      @Override
      public List<Note> notes(ServiceId id, String announcement, Duration back) {
        return List.of();
      }

      @Override
      public List<Deed> history(ServiceId id, int most) {
        return List.of();
      }
    };
  }

  static People people() {
    return id -> new People.Person(id, id, "T1", People.Standing.MEMBER);
  }
}
