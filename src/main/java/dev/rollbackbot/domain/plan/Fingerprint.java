package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import java.nio.charset.StandardCharsets;

/**
 * What a plan means, in 16 hexadecimal digits: the route, the service, who serves now, the target,
 * and for a redeploy the template that it is made of.
 *
 * <p>Not generation and not etag: those move without meaning.
 */
final class Fingerprint {
  private Fingerprint() {}

  static String ofShift(String serviceUid, LiveSplit live, RevisionName target, Digest digest) {
    return of("shift", serviceUid, live.asArgument(), target.value(), digest.value());
  }

  static String ofRedeploy(String serviceUid, LiveSplit live, String template, Digest digest) {
    return of("redeploy", serviceUid, live.asArgument(), template, digest.value());
  }

  private static String of(String... meaning) {
    return Hashes.hex(String.join("\n", meaning).getBytes(StandardCharsets.UTF_8), 8);
  }
}
