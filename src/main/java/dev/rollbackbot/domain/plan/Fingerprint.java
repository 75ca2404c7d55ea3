package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import java.nio.charset.StandardCharsets;

/**
 * What an offer means, in 16 hexadecimal digits: of a plan the route, the service, who serves now,
 * the target, and for a redeploy the template that it is made of.
 *
 * <p>Not generation and not etag: those move without meaning.
 */
public final class Fingerprint {
  private Fingerprint() {}

  static String ofShift(String serviceUid, LiveSplit live, RevisionName target, Digest digest) {
    return of("shift", serviceUid, live.asArgument(), target.value(), digest.value());
  }

  static String ofRedeploy(String serviceUid, LiveSplit live, String template, Digest digest) {
    return of("redeploy", serviceUid, live.asArgument(), template, digest.value());
  }

  /** Of all that must not change between what is shown and what is done. */
  public static String of(String... parts) {
    return Hashes.hex(String.join("\n", parts).getBytes(StandardCharsets.UTF_8), 8);
  }
}
