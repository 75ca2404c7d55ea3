package dev.rollbackbot;

import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.ServiceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting, from one YAML file; {@code manifests/example.yaml} shows and explains each.
 *
 * <p>Secrets are not among them, see {@link Secrets}. A missing or unknown key is a {@link
 * ConfigException}, which names all mistakes at once.
 *
 * @param bot whose journals are ours, where several bots share a project
 * @param language of channels that name none
 */
public record Config(
    String bot,
    Locale language,
    Slack slack,
    List<Service> services,
    Times times,
    PubSub pubsub,
    Endpoints endpoints,
    Front front,
    Worker worker) {

  private static final long LARGEST_FILE = 1 << 20;

  public Config {
    services = List.copyOf(services);
  }

  /**
   * Who is listened to.
   *
   * @param incidentChannel is told of every rollback once; empty for nobody
   * @param approvals off refuses every approval, for the day on which a secret has leaked
   * @param requestsPerMinute how many commands and clicks of one person are taken
   */
  public record Slack(
      List<String> teams,
      List<Channel> channels,
      Optional<String> incidentChannel,
      boolean approvals,
      int requestsPerMinute) {

    /** More than a person does on a bad night. */
    public static final int USUAL_REQUESTS = 30;

    public Slack {
      teams = List.copyOf(teams);
      channels = List.copyOf(channels);
    }
  }

  /**
   * A channel and the names of the services that it may roll back.
   *
   * @param approvers ids of people and user groups; empty where everybody in the channel may
   *     approve
   */
  public record Channel(String id, List<String> services, Locale language, List<String> approvers) {
    public Channel {
      services = List.copyOf(services);
      approvers = List.copyOf(approvers);
    }
  }

  /**
   * A service that can be rolled back.
   *
   * @param image the repository of its images, without tag
   * @param approvers ids of people and user groups; empty where the channel's rule is enough
   */
  public record Service(
      ServiceId id,
      String image,
      Git git,
      Policy policy,
      List<String> approvers,
      Probe probe,
      Verify verify,
      Logs logs,
      Canary canary) {
    public Service {
      approvers = List.copyOf(approvers);
    }

    /** The same service under another policy. */
    Service withPolicy(Policy other) {
      return new Service(id, image, git, other, approvers, probe, verify, logs, canary);
    }
  }

  /** What an approval takes. */
  public enum Policy {
    /** The one who asked may approve, in a confirm dialog. */
    CONFIRM,
    /** Somebody else must approve, or the one who asked goes alone and says why. */
    FOUR_EYES
  }

  /**
   * The repository of a service's code.
   *
   * @param migrations the directory of database migrations; empty where there are none
   */
  public record Git(String url, String branch, Optional<String> migrations) {}

  /**
   * How a revision is asked whether it is well.
   *
   * @param reachable false where the bot cannot reach the service's addresses
   * @param timeout of each attempt
   */
  public record Probe(String path, int attempts, Duration timeout, boolean reachable) {}

  /**
   * When a rollback counts as verified.
   *
   * @param grace after the switch, which is not looked at
   * @param window that is looked at
   * @param maxErrorShare share of 5xx, 0 to 1, above which it did not help
   */
  public record Verify(Duration grace, Duration window, int minRequests, double maxErrorShare) {}

  /**
   * How a service's canaries go.
   *
   * @param ladder where the command names none
   * @param minRequests on each side of a rung; with fewer nothing good is said
   */
  public record Canary(Ladder ladder, int minRequests) {}

  /**
   * What is shown of a service's logs.
   *
   * @param messages also what errors said, redacted; without it their type and place alone
   */
  public record Logs(boolean messages) {}

  /**
   * How long things may take; STATES of a rollback.
   *
   * @param prepareLimit until the target must have started
   * @param probeHold how long a failed probe waits for a person
   * @param switchLimit until the switch must be proved
   * @param verifyGrace for services that name none
   * @param verifyWindow for services that name none
   * @param offerTtl how long an offer can be accepted
   * @param clickMaxAge how old a click may be when it is judged
   * @param takeOver after how long another worker carries on what one has left
   * @param tick between two looks of the driver
   * @param logDelay how long request logs usually take to be readable
   */
  public record Times(
      Duration prepareLimit,
      Duration probeHold,
      Duration switchLimit,
      Duration verifyGrace,
      Duration verifyWindow,
      Duration offerTtl,
      Duration clickMaxAge,
      Duration takeOver,
      Duration tick,
      Duration logDelay) {

    /** What production uses. */
    public static Times standard() {
      return new Times(
          Duration.ofMinutes(4),
          Duration.ofMinutes(10),
          Duration.ofMinutes(3),
          Duration.ofSeconds(60),
          Duration.ofMinutes(2),
          Duration.ofMinutes(15),
          Duration.ofMinutes(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(1),
          Duration.ofSeconds(15));
    }
  }

  /** Between front and worker: short names, all in one project. */
  public record PubSub(String project, String topic, String subscription) {}

  /**
   * Where the world is.
   *
   * @param slackApi the Web API, with its last slash
   * @param responseUrls what every response_url must begin with
   * @param probeUrls what every address that is probed must begin with
   * @param google stand-ins for Google's services; empty for Google
   */
  public record Endpoints(
      String slackApi, String responseUrls, String probeUrls, Optional<StandIns> google) {

    /** Slack and Google themselves, by https only. */
    public static Endpoints production() {
      return new Endpoints(
          "https://slack.com/api/", "https://hooks.slack.com/", "https://", Optional.empty());
    }
  }

  /** Stand-ins on this machine, each {@code 127.0.0.1:port}, in plaintext. */
  public record StandIns(
      String run, String registry, String pubsub, String logging, String builds) {}

  /** Where the front listens; port 0 takes a free one. */
  public record Front(String host, int port) {}

  /** What the worker needs besides. */
  public record Worker(Path gitDirectory) {}

  /**
   * Reads and checks a file.
   *
   * @throws ConfigException naming every mistake with key, line and an example
   */
  public static Config load(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw unreadable(file, "is larger than 1 MiB");
      }
      return parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw unreadable(file, "does not exist");
    } catch (IOException e) {
      throw unreadable(file, "cannot be read: " + e.getMessage());
    }
  }

  /** Reads and checks a text; {@code source} names it in mistakes. */
  static Config parse(String yaml, String source) {
    return ConfigReader.read(yaml, source);
  }

  /** The same settings for these services. */
  Config withServices(List<Service> others) {
    return new Config(bot, language, slack, others, times, pubsub, endpoints, front, worker);
  }

  /** The same settings as YAML, for a process that is started with them. */
  public String toYaml() {
    return ConfigWriter.yaml(this);
  }

  /** Eight hex digits that change when any setting does; stand in status and in audit entries. */
  public String hash() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(toYaml().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static ConfigException unreadable(Path file, String what) {
    return new ConfigException(
        "The configuration",
        List.of(
            new ConfigException.Mistake(
                file.toString(), 0, what, "--config manifests/example.yaml")));
  }
}
