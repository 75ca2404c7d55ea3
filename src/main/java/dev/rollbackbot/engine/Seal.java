package dev.rollbackbot.engine;

import dev.rollbackbot.domain.approval.ActionOffer;
import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts into a button what its click may do, with a MAC that only workers can make.
 *
 * <p>The form is base64url(fields, one a line) "." base64url(HMAC-SHA256). At the longest names an
 * offer takes about 1,400 of the 2,000 characters that a button may carry. Lines and not JSON: a
 * record of plain texts needs no parser that an attacker could feed.
 */
public final class Seal {
  private static final String OFFER = "offer4";
  private static final String ACTION = "action1";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST_KEY_BYTES = 32;
  private static final Pattern LINE = Pattern.compile("\n");
  private static final Pattern SPACE = Pattern.compile(" ");
  private static final Pattern COMMA = Pattern.compile(",");

  private final SecretKeySpec key;

  /**
   * @param key the workers' own, at least 32 bytes; the front never has it
   */
  public Seal(byte[] key) {
    if (key.length < LEAST_KEY_BYTES) {
      throw new IllegalArgumentException("ROLLBACK_BOT_KEY needs at least 32 bytes");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** A button of a rollback's card: bound to the job and the moment it was shown. */
  public record JobClick(JobAction action, String service, String jobId, int seq) {}

  /** The button of a tag that was left behind. */
  public record TagClick(String service, String serviceUid, String tag) {}

  /** The id of the offer that answers a request: the same when the request is delivered again. */
  public String offerId(String requestId) {
    return HexFormat.of().formatHex(mac(requestId.getBytes(StandardCharsets.UTF_8)), 0, 8);
  }

  /** What the button of an offer carries. */
  public String seal(Offer offer) {
    return seal(
        List.of(
            OFFER,
            offer.id(),
            offer.service(),
            offer.serviceUid(),
            offer.commit().map(CommitSha::value).orElse(""),
            offer.digest().value(),
            offer.route().word(),
            offer.revision().map(RevisionName::value).orElse(""),
            offer.requester(),
            String.valueOf(offer.issued().getEpochSecond()),
            String.valueOf(offer.expires().getEpochSecond()),
            offer.fingerprint(),
            alone(offer.reason()),
            text(offer.reason()),
            offer.ladder().map(Seal::text).orElse("")));
  }

  private static String text(Ladder ladder) {
    return String.join(" ", ladder.typed(), ladder.hold().toString(), ladder.advance().name());
  }

  private static Optional<Ladder> ladder(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = SPACE.split(text, -1);
    return Optional.of(
        new Ladder(
            COMMA.splitAsStream(parts[0]).map(Integer::valueOf).toList(),
            Duration.parse(parts[1]),
            Ladder.Advance.valueOf(parts[2])));
  }

  /** What a button of a job carries. */
  public String seal(JobClick click) {
    return seal(
        List.of(
            "job1",
            click.action().name(),
            click.service(),
            click.jobId(),
            String.valueOf(click.seq())));
  }

  /** What the button of a tag that was left behind carries. */
  public String seal(TagClick click) {
    return seal(List.of("tag1", click.service(), click.serviceUid(), click.tag()));
  }

  /** Reads a tag's button; empty when it is not one that this key made. */
  public Optional<TagClick> openTagClick(String value) {
    return open(value, "tag1", 4).map(f -> new TagClick(f[1], f[2], f[3]));
  }

  /** Reads an offer; empty when it is not one that this key made. */
  public Optional<Offer> openOffer(String value) {
    return open(value, OFFER, 15)
        .map(
            f ->
                new Offer(
                    f[1],
                    f[2],
                    f[3],
                    f[4].isEmpty() ? Optional.empty() : Optional.of(new CommitSha(f[4])),
                    new Digest(f[5]),
                    Route.of(f[6]).orElseThrow(),
                    f[7].isEmpty() ? Optional.empty() : Optional.of(new RevisionName(f[7])),
                    f[8],
                    Instant.ofEpochSecond(Long.parseLong(f[9])),
                    Instant.ofEpochSecond(Long.parseLong(f[10])),
                    f[11],
                    reason(f[12], f[13]),
                    ladder(f[14])));
  }

  /** What the button of an offered action carries. */
  public String seal(ActionOffer offer) {
    return seal(
        List.of(
            ACTION,
            offer.id(),
            offer.action().name(),
            offer.service(),
            offer.requester(),
            String.valueOf(offer.issued().getEpochSecond()),
            String.valueOf(offer.expires().getEpochSecond()),
            offer.fingerprint(),
            alone(offer.reason()),
            text(offer.reason())));
  }

  /** Reads an offered action; empty when it is not one that this key made. */
  public Optional<ActionOffer> openActionOffer(String value) {
    return open(value, ACTION, 10)
        .map(
            f ->
                new ActionOffer(
                    f[1],
                    JobAction.valueOf(f[2]),
                    f[3],
                    f[4],
                    Instant.ofEpochSecond(Long.parseLong(f[5])),
                    Instant.ofEpochSecond(Long.parseLong(f[6])),
                    f[7],
                    reason(f[8], f[9])));
  }

  private static String alone(Optional<Reason> reason) {
    return reason.filter(Reason::alone).isPresent() ? "alone" : "";
  }

  private static String text(Optional<Reason> reason) {
    return reason.map(Reason::text).orElse("").replace('\n', ' ');
  }

  private static Optional<Reason> reason(String alone, String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new Reason(text, !alone.isEmpty()));
  }

  /** Reads a job's button; empty when it is not one that this key made. */
  public Optional<JobClick> openJobClick(String value) {
    return open(value, "job1", 5)
        .map(f -> new JobClick(JobAction.valueOf(f[1]), f[2], f[3], Integer.parseInt(f[4])));
  }

  private String seal(List<String> fields) {
    return sealed(String.join("\n", fields).getBytes(StandardCharsets.UTF_8));
  }

  private String sealed(byte[] plain) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(plain) + "." + encoder.encodeToString(mac(plain));
  }

  private Optional<String[]> open(String value, String kind, int length) {
    int dot = value.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    try {
      byte[] plain = Base64.getUrlDecoder().decode(value.substring(0, dot));
      // The text and not its bytes: Base64 has several spellings of some bytes.
      if (!MessageDigest.isEqual(bytes(sealed(plain)), bytes(value))) {
        return Optional.empty();
      }
      String[] fields = LINE.split(new String(plain, StandardCharsets.UTF_8), -1);
      return fields.length == length && fields[0].equals(kind)
          ? Optional.of(fields)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] mac(byte[] plain) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
