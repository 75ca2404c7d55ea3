package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service: what is wanted, what runs, and how the one becomes the other.
 *
 * <p>Source of the contract: the comment on {@code Service.reconciling}. Routes are all or nothing,
 * as in Knative: if one target cannot serve, no target moves.
 */
final class ServiceRecord {
  private final World world;
  private final Map<String, RevisionRecord> revisions = new LinkedHashMap<>();
  private final Shown shown;
  private Service spec;
  private String latestReady = "";
  private String latestCreated = "";
  private List<TrafficTarget> routed = List.of();
  private Routing routing = new Routing(Map.of(), Map.of());
  private long version;
  private long lastRouting;

  private ServiceRecord(World world, Service spec, Instant since) {
    this.world = world;
    this.spec = spec;
    this.shown = new Shown(since);
  }

  /** A service with a past, its wanted split observed long ago. */
  static ServiceRecord seeded(
      World world, Service service, List<RevisionSeed> history, Instant now) {
    RevisionSeed oldest = history.getFirst();
    RevisionSeed newest = history.getLast();
    Service.Builder spec =
        service.toBuilder()
            .setUid(world.uuid())
            .setGeneration(history.size())
            .setCreateTime(Times.timestamp(oldest.created()))
            .setUpdateTime(Times.timestamp(newest.created()))
            .setCreator(oldest.creator());
    if (service.getLastModifier().isEmpty()) {
      spec.setLastModifier(newest.creator());
    }
    ServiceRecord record = new ServiceRecord(world, spec.build(), newest.created());
    for (RevisionSeed seed : history) {
      record.spec = record.spec.toBuilder().setTemplate(seed.template()).build();
      record.addSeed(seed);
    }
    record.spec =
        Change.sameTemplate(world, record, spec.setTemplate(newest.template()).build()).wanted();
    record.touch(now);
    record.routed = record.spec.getTrafficList();
    record.routing = TrafficRules.resolved(record.routed, record.latestReady);
    record.shown.served(record.observed());
    record.finish(newest.created());
    return record;
  }

  private void addSeed(RevisionSeed seed) {
    RevisionRecord revision =
        RevisionRecord.made(
            world, spec, seed.name(), seed.digest(), seed.created(), seed.creator());
    Optional<Failure> failure =
        seed.started()
            ? Optional.empty()
            : Optional.of(Failure.cannotStart(seed.name(), revision.port()));
    revision.settle(seed.created(), failure);
    revisions.put(seed.name(), revision);
    latestCreated = seed.name();
    latestReady = seed.started() ? seed.name() : latestReady;
  }

  String name() {
    return spec.getName();
  }

  /** The writable and the identifying fields, without what is observed. */
  Service spec() {
    return spec;
  }

  String etag() {
    return "\"" + version + "\"";
  }

  Routing routing() {
    return routing;
  }

  Optional<RevisionRecord> revision(String shortName) {
    return Optional.ofNullable(revisions.get(shortName));
  }

  List<RevisionRecord> revisions() {
    return List.copyOf(revisions.values());
  }

  Revision view(RevisionRecord revision) {
    return revision.view(routing.reaches(revision.shortName()));
  }

  /** Takes the wanted state; everything else follows from the agenda. */
  void commit(Change change, Instant now, String principal) {
    spec =
        change.wanted().toBuilder()
            .setGeneration(spec.getGeneration() + 1)
            .setUpdateTime(Times.timestamp(now))
            .setLastModifier(principal)
            .build();
    change.newRevision().ifPresent(revision -> make(revision, now, principal));
    shown.begin(now);
    touch(now);
    routeAfterLag(now);
  }

  private void make(String shortName, Instant now, String principal) {
    String image = RevisionRecord.image(spec.getTemplate());
    String digest = world.images.digestOf(image).orElse("");
    RevisionRecord revision = RevisionRecord.made(world, spec, shortName, digest, now, principal);
    revisions.put(shortName, revision);
    latestCreated = shortName;
    if (digest.isEmpty()) {
      settle(revision, now, Optional.of(Failure.imageMissing(shortName, image)));
    } else {
      world.agenda.add(now.plus(world.settings.startUp()), at -> started(revision, at));
    }
  }

  private void started(RevisionRecord revision, Instant at) {
    boolean broken = world.brokenDigests.contains(revision.digest());
    settle(
        revision,
        at,
        broken
            ? Optional.of(Failure.cannotStart(revision.shortName(), revision.port()))
            : Optional.empty());
    if (world.settings.statusMovesEtag()) {
      touch(at);
    }
    routeAfterLag(at);
  }

  private void settle(RevisionRecord revision, Instant at, Optional<Failure> failure) {
    revision.settle(at, failure);
    if (failure.isEmpty() && revision.shortName().equals(newestReady())) {
      latestReady = revision.shortName();
    }
  }

  private String newestReady() {
    return revisions().reversed().stream()
        .filter(RevisionRecord::isReady)
        .map(RevisionRecord::shortName)
        .findFirst()
        .orElse("");
  }

  /** Only the routing asked for last counts: it carries out whatever is wanted by then. */
  private void routeAfterLag(Instant now) {
    long routing = ++lastRouting;
    world.agenda.add(
        now.plus(world.settings.routeLag()),
        at -> {
          if (routing == lastRouting) {
            route(at);
          }
        });
  }

  private void route(Instant at) {
    List<RevisionRecord> named =
        spec.getTrafficList().stream()
            .map(target -> TrafficRules.revisionOf(target, latestReady))
            .flatMap(revision -> revision(revision).stream())
            .toList();
    boolean allSettled =
        named.stream().allMatch(RevisionRecord::isSettled)
            && revision(latestCreated).map(RevisionRecord::isSettled).orElse(true);
    Optional<Failure> problem = routeProblem();
    shown.routed(problem);
    if (problem.isEmpty() && named.stream().allMatch(RevisionRecord::isReady)) {
      routed = spec.getTrafficList();
      routing = TrafficRules.resolved(routed, latestReady);
    }
    if (allSettled) {
      finish(at);
    } else {
      shown.underWay(observed());
    }
    if (world.settings.statusMovesEtag()) {
      touch(at);
    }
    if (allSettled) {
      world.operations.finish(view(), shown.error());
    }
  }

  private Optional<Failure> routeProblem() {
    for (TrafficTarget target : spec.getTrafficList()) {
      String name = TrafficRules.revisionOf(target, latestReady);
      Optional<RevisionRecord> revision = revision(name);
      if (revision.isEmpty()) {
        return Optional.of(Failure.revisionGone(name));
      }
      if (revision.get().failure().isPresent()) {
        return revision.get().failure();
      }
    }
    return Optional.empty();
  }

  private void finish(Instant at) {
    shown.arrived(
        at,
        revision(latestCreated).flatMap(RevisionRecord::failure),
        observed(),
        world.settings.statusesAfterFailure());
  }

  private Shown.Observed observed() {
    return new Shown.Observed(
        spec.getGeneration(),
        latestReady,
        TrafficRules.statuses(
            routed, tag -> spec.getDefaultUriDisabled() ? "" : world.urls.tagUrl(name(), tag)));
  }

  void delete(String shortName, Instant now) {
    revisions.remove(shortName);
    touch(now);
  }

  boolean isInUse(String shortName) {
    return shortName.equals(latestCreated)
        || shortName.equals(latestReady)
        || routing.reaches(shortName)
        || spec.getTrafficList().stream().anyMatch(t -> t.getRevision().equals(shortName));
  }

  private void touch(Instant now) {
    version = Math.max(version + 1, Times.micros(now));
  }

  /** The service as GetService shows it. */
  Service view() {
    String revisions = name() + "/revisions/";
    Service.Builder service =
        spec.toBuilder().setLatestCreatedRevision(revisions + latestCreated).setEtag(etag());
    shown.in(service, revisions);
    if (!spec.getDefaultUriDisabled()) {
      String url = world.urls.serviceUrl(name());
      service.setUri(url).addUrls(url);
    }
    return service.build();
  }
}
