package dev.rollbackbot;

import dev.rollbackbot.ConfigException.Mistake;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What only environment variables may hold.
 *
 * <p>Each process is given, and asks for, no more than it needs: the front never sees the bot token
 * or the worker's key. A blank value counts as missing; with an empty signing secret Bolt would
 * accept requests that anybody can sign.
 */
public record Secrets(
    Optional<Secret> signingSecret,
    Optional<Secret> previousSigningSecret,
    Optional<Secret> botToken,
    Optional<Secret> workerKey,
    Optional<Secret> gitToken) {

  public static final String SIGNING_SECRET = "SLACK_SIGNING_SECRET";
  public static final String PREVIOUS_SIGNING_SECRET = "SLACK_SIGNING_SECRET_PREVIOUS";
  public static final String BOT_TOKEN = "SLACK_BOT_TOKEN";
  public static final String WORKER_KEY = "ROLLBACK_BOT_KEY";
  public static final String GIT_TOKEN = "GIT_TOKEN";

  private static final int SIGNING_SECRET_LENGTH = 16;
  private static final int WORKER_KEY_BYTES = 32;

  /** What the front may know: newest signing secret first. */
  public record ForFront(List<Secret> signingSecrets) {
    public ForFront {
      signingSecrets = List.copyOf(signingSecrets);
    }
  }

  /** What the worker may know. */
  public record ForWorker(
      List<Secret> signingSecrets, Secret botToken, Secret workerKey, Optional<Secret> gitToken) {
    public ForWorker {
      signingSecrets = List.copyOf(signingSecrets);
    }
  }

  /** Reads the variables that are there; surrounding white space, as files leave it, is dropped. */
  public static Secrets from(Map<String, String> environment) {
    return new Secrets(
        read(environment, SIGNING_SECRET),
        read(environment, PREVIOUS_SIGNING_SECRET),
        read(environment, BOT_TOKEN),
        read(environment, WORKER_KEY),
        read(environment, GIT_TOKEN));
  }

  /**
   * The front's share.
   *
   * @throws ConfigException naming each variable that is missing or too weak
   */
  public ForFront requireForFront() {
    var mistakes = new ArrayList<Mistake>();
    checkSigning(mistakes);
    stopOn(mistakes);
    return new ForFront(signingSecrets());
  }

  /**
   * The worker's share.
   *
   * @throws ConfigException naming each variable that is missing or too weak
   */
  public ForWorker requireForWorker() {
    var mistakes = new ArrayList<Mistake>();
    checkSigning(mistakes);
    if (botToken.isEmpty()) {
      mistakes.add(missing(BOT_TOKEN, "xoxb-… from the app's OAuth page"));
    } else if (!botToken.get().value().startsWith("xoxb-")) {
      mistakes.add(new Mistake(BOT_TOKEN, 0, "is no bot token", "xoxb-…"));
    }
    String key = "the output of: openssl rand -hex 32";
    if (workerKey.isEmpty()) {
      mistakes.add(missing(WORKER_KEY, key));
    } else if (bytes(workerKey.get()) < WORKER_KEY_BYTES) {
      mistakes.add(
          new Mistake(WORKER_KEY, 0, "is shorter than " + WORKER_KEY_BYTES + " bytes", key));
    }
    stopOn(mistakes);
    return new ForWorker(
        signingSecrets(), botToken.orElseThrow(), workerKey.orElseThrow(), gitToken);
  }

  /** What is there and what is not, in the order in which people are told of it. */
  Map<String, Optional<Secret>> byName() {
    var byName = new LinkedHashMap<String, Optional<Secret>>();
    byName.put(SIGNING_SECRET, signingSecret);
    byName.put(PREVIOUS_SIGNING_SECRET, previousSigningSecret);
    byName.put(BOT_TOKEN, botToken);
    byName.put(WORKER_KEY, workerKey);
    byName.put(GIT_TOKEN, gitToken);
    return byName;
  }

  private void checkSigning(List<Mistake> mistakes) {
    String example = "the 32 digits under Basic Information, Signing Secret";
    if (signingSecret.isEmpty()) {
      mistakes.add(missing(SIGNING_SECRET, example));
    }
    checkLength(SIGNING_SECRET, signingSecret, example, mistakes);
    checkLength(PREVIOUS_SIGNING_SECRET, previousSigningSecret, example, mistakes);
  }

  private static void checkLength(
      String name, Optional<Secret> secret, String example, List<Mistake> mistakes) {
    if (secret.isPresent() && secret.get().value().length() < SIGNING_SECRET_LENGTH) {
      mistakes.add(
          new Mistake(
              name, 0, "is shorter than " + SIGNING_SECRET_LENGTH + " characters", example));
    }
  }

  private List<Secret> signingSecrets() {
    var secrets = new ArrayList<Secret>();
    signingSecret.ifPresent(secrets::add);
    previousSigningSecret.ifPresent(secrets::add);
    return secrets;
  }

  private static Mistake missing(String name, String example) {
    return new Mistake(name, 0, "is missing or empty", example);
  }

  private static void stopOn(List<Mistake> mistakes) {
    if (!mistakes.isEmpty()) {
      throw new ConfigException("The environment", mistakes);
    }
  }

  private static int bytes(Secret secret) {
    return secret.value().getBytes(StandardCharsets.UTF_8).length;
  }

  private static Optional<Secret> read(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .map(Secret::new);
  }
}
