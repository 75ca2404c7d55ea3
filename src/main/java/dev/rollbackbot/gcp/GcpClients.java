package dev.rollbackbot.gcp;

import com.google.api.gax.core.BackgroundResource;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.StatusCode;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloud.logging.v2.LoggingClient;
import com.google.cloud.logging.v2.LoggingSettings;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.RevisionsSettings;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.ArtifactRegistrySettings;
import dev.rollbackbot.port.WorldException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the Google clients, each when it is first needed, with a deadline on every call.
 *
 * <p>Reads are tried again while nobody answers; writes never, since a write whose answer was lost
 * may have landed. Pub/Sub's publisher and subscriber belong to {@link PubSubQueue} and {@link
 * PubSubWorkerInbox}.
 */
public final class GcpClients implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GcpClients.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration SLOWEST_RETRY = Duration.ofSeconds(2);
  private static final int CLOSE_SECONDS = 2;

  private final Endpoints endpoints;
  private final Deadlines deadlines;
  private final BotAccount account;
  private final Lazy<ServicesClient> services = new Lazy<>(this::makeServices);
  private final Lazy<RevisionsClient> revisions = new Lazy<>(this::makeRevisions);
  private final Lazy<ArtifactRegistryClient> registry = new Lazy<>(this::makeRegistry);
  private final Lazy<LoggingClient> logging = new Lazy<>(this::makeLogging);
  private final Lazy<CloudBuildClient> builds = new Lazy<>(this::makeBuilds);

  public GcpClients(Endpoints endpoints, Deadlines deadlines) {
    this.endpoints = endpoints;
    this.deadlines = deadlines;
    this.account = new BotAccount(endpoints);
  }

  /** Begins to make all clients side by side: the first one costs more than a second. */
  public void warmUp() {
    for (Lazy<?> client : List.of(services, revisions, registry, logging, builds)) {
      Thread.ofVirtual().name("warm-up").start(() -> make(client));
    }
  }

  private static void make(Lazy<?> client) {
    try {
      client.get();
    } catch (WorldException | IllegalStateException e) {
      // Whoever needs it will fail in the same way and say so.
      log.debug("not warmed up", e);
    }
  }

  /** Makes a call, which takes this permission, and translates its failure. */
  <T> T call(Access access, Supplier<T> call) {
    return Failures.call(access, account, call);
  }

  /** Makes calls, which take this permission, and translates their failure. */
  void run(Access access, Runnable calls) {
    call(
        access,
        () -> {
          calls.run();
          return true;
        });
  }

  /** As whom the calls are made. */
  BotAccount account() {
    return account;
  }

  ServicesClient services() {
    return services.get();
  }

  RevisionsClient revisions() {
    return revisions.get();
  }

  ArtifactRegistryClient registry() {
    return registry.get();
  }

  LoggingClient logging() {
    return logging.get();
  }

  CloudBuildClient builds() {
    return builds.get();
  }

  private ServicesClient makeServices() throws IOException {
    var settings = ServicesSettings.newBuilder();
    connect(settings, ServicesSettings.defaultGrpcTransportProviderBuilder(), e -> e.run());
    settings.applyToAllUnaryMethods(this::asRead);
    asWrite(settings.updateServiceSettings());
    return ServicesClient.create(settings.build());
  }

  private RevisionsClient makeRevisions() throws IOException {
    var settings = RevisionsSettings.newBuilder();
    connect(settings, RevisionsSettings.defaultGrpcTransportProviderBuilder(), e -> e.run());
    settings.applyToAllUnaryMethods(this::asRead);
    return RevisionsClient.create(settings.build());
  }

  private ArtifactRegistryClient makeRegistry() throws IOException {
    var settings = ArtifactRegistrySettings.newBuilder();
    connect(
        settings,
        ArtifactRegistrySettings.defaultGrpcTransportProviderBuilder(),
        e -> e.registry());
    settings.applyToAllUnaryMethods(this::asRead);
    return ArtifactRegistryClient.create(settings.build());
  }

  private LoggingClient makeLogging() throws IOException {
    var settings = LoggingSettings.newBuilder();
    connect(settings, LoggingSettings.defaultGrpcTransportProviderBuilder(), e -> e.logging());
    settings.applyToAllUnaryMethods(this::asRead);
    return LoggingClient.create(settings.build());
  }

  private CloudBuildClient makeBuilds() throws IOException {
    var settings = CloudBuildSettings.newBuilder();
    connect(settings, CloudBuildSettings.defaultGrpcTransportProviderBuilder(), e -> e.builds());
    settings.applyToAllUnaryMethods(this::asRead);
    return CloudBuildClient.create(settings.build());
  }

  private void connect(
      ClientSettings.Builder<?, ?> settings,
      InstantiatingGrpcChannelProvider.Builder channel,
      Function<Endpoints.Sandbox, String> address) {
    switch (endpoints) {
      case Endpoints.Google _ -> settings.setTransportChannelProvider(channel.build());
      case Endpoints.Sandbox sandbox -> {
        settings.setTransportChannelProvider(plaintext(channel, address.apply(sandbox)));
        settings.setCredentialsProvider(NoCredentialsProvider.create());
      }
    }
  }

  /** A connection to a stand-in. */
  static InstantiatingGrpcChannelProvider plaintext(
      InstantiatingGrpcChannelProvider.Builder channel, String address) {
    return channel
        .setEndpoint(address)
        .setChannelConfigurator(builder -> builder.usePlaintext())
        .build();
  }

  private Void asRead(UnaryCallSettings.Builder<?, ?> call) {
    call.setRetryableCodes(Set.of(StatusCode.Code.UNAVAILABLE));
    call.setRetrySettings(
        RetrySettings.newBuilder()
            .setInitialRetryDelayDuration(FIRST_RETRY)
            .setRetryDelayMultiplier(2)
            .setMaxRetryDelayDuration(SLOWEST_RETRY)
            .setInitialRpcTimeoutDuration(deadlines.read())
            .setRpcTimeoutMultiplier(1)
            .setMaxRpcTimeoutDuration(deadlines.read())
            .setTotalTimeoutDuration(deadlines.read())
            .build());
    return null;
  }

  private void asWrite(UnaryCallSettings.Builder<?, ?> call) {
    call.setRetryableCodes(Set.of());
    call.setSimpleTimeoutNoRetriesDuration(deadlines.write());
  }

  /** Ends all clients; waits at most two seconds for each. */
  @Override
  public void close() {
    var ended = new ArrayList<BackgroundResource>();
    for (Lazy<? extends BackgroundResource> client :
        List.of(services, revisions, registry, logging, builds)) {
      BackgroundResource made = client.end();
      if (made != null) {
        made.shutdownNow();
        ended.add(made);
      }
    }
    try {
      for (BackgroundResource client : ended) {
        client.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
