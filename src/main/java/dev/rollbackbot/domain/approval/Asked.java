package dev.rollbackbot.domain.approval;

import dev.rollbackbot.domain.command.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * Who wants something, and who says yes to it.
 *
 * @param id of the offer
 * @param by the one who says yes; while nobody has, the one who asked
 */
public record Asked(String id, String requester, Optional<Reason> reason, Instant at, ClickBy by) {

  /** As an offer was shown, with the click on it. */
  public static Asked of(ActionOffer offer, ClickBy by) {
    return new Asked(offer.id(), offer.requester(), offer.reason(), offer.issued(), by);
  }

  /** Before anybody has said yes. */
  public static Asked first(String id, String requester, Optional<Reason> reason, Instant now) {
    return new Asked(id, requester, reason, now, new ClickBy(requester, now));
  }
}
