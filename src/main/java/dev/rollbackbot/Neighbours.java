package dev.rollbackbot;

import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.gcp.CloudAuditLog;
import dev.rollbackbot.gcp.CloudBuilds;
import dev.rollbackbot.gcp.CloudLogReader;
import dev.rollbackbot.gcp.CloudRunAdapter;
import dev.rollbackbot.gcp.Deadlines;
import dev.rollbackbot.gcp.Endpoints;
import dev.rollbackbot.gcp.GcpClients;
import dev.rollbackbot.gcp.GoogleIdTokens;
import dev.rollbackbot.gcp.HttpHealthProbe;
import dev.rollbackbot.gcp.RegistryAdapter;
import dev.rollbackbot.gcp.ServiceMapper;
import dev.rollbackbot.git.GitHistories;
import dev.rollbackbot.git.GitLimits;
import dev.rollbackbot.port.CommitHistory;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** The adapters to Google, to git and to the services' own addresses. */
record Neighbours(
    GcpClients clients,
    CloudRunAdapter cloudRun,
    RegistryAdapter registry,
    CloudLogReader logs,
    CloudBuilds builds,
    CloudAuditLog audit,
    GitHistories git,
    Map<String, CommitHistory> histories,
    Map<String, HttpHealthProbe> probes,
    ExecutorService readers)
    implements AutoCloseable {

  @Override
  public void close() {
    readers.shutdownNow();
    probes.values().forEach(HttpHealthProbe::close);
    git.close();
    audit.close();
    clients.close();
  }

  static Neighbours of(Config config, Optional<Secret> gitToken, InstantSource clock) {
    var clients = new GcpClients(endpoints(config), Deadlines.USUAL);
    clients.warmUp();
    var cloudRun =
        new CloudRunAdapter(clients, new ServiceMapper(ServiceState.OWN_CLIENT, version()));
    var git =
        new GitHistories(
            config.worker().gitDirectory(), gitToken.map(Secret::value), GitLimits.standard());
    HttpHealthProbe.IdTokens tokens =
        config.endpoints().google().isPresent() ? _ -> Optional.empty() : new GoogleIdTokens();
    Map<String, CommitHistory> histories = new HashMap<>();
    Map<String, HttpHealthProbe> probes = new HashMap<>();
    for (Config.Service service : config.services()) {
      histories.put(
          service.id().name(),
          git.of(service.git().url(), service.git().branch(), service.git().migrations()));
      probes.put(
          service.id().name(),
          new HttpHealthProbe(
              new HttpHealthProbe.Settings(
                  service.probe().path(),
                  List.of(config.endpoints().probeUrls()),
                  service.probe().attempts(),
                  service.probe().timeout(),
                  config.times().prepareLimit().dividedBy(4)),
              tokens));
    }
    return new Neighbours(
        clients,
        cloudRun,
        new RegistryAdapter(clients),
        new CloudLogReader(
            clients,
            cloudRun::revisions,
            config.services().stream()
                .filter(service -> service.logs().messages())
                .map(Config.Service::id)
                .collect(Collectors.toSet()),
            clock,
            config.pubsub().project()),
        new CloudBuilds(clients),
        new CloudAuditLog(clients, config.pubsub().project(), config.hash()),
        git,
        histories,
        probes,
        Executors.newVirtualThreadPerTaskExecutor());
  }

  /** Where the Google APIs are. */
  static Endpoints endpoints(Config config) {
    return config
        .endpoints()
        .google()
        .<Endpoints>map(
            s -> new Endpoints.Sandbox(s.run(), s.registry(), s.pubsub(), s.logging(), s.builds()))
        .orElseGet(Endpoints.Google::new);
  }

  static String version() {
    String version = Neighbours.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
