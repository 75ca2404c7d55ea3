package dev.rollbackbot.text;

import dev.rollbackbot.domain.report.RollbackReport;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Puts what there is to tell of one rollback into words, from the offer to its end. */
public final class RollbackComposer {
  private final Optional<ZoneId> zone;
  private final Typing typing;

  /** Times in Asia/Tokyo for Japanese, in UTC for English. */
  public RollbackComposer() {
    this.zone = Optional.empty();
    this.typing = Typing.CHAT;
  }

  /** Times in this zone, whatever the language; for the chat product. */
  public RollbackComposer(ZoneId zone) {
    this(zone, Typing.CHAT);
  }

  /** Times in this zone, whatever the language; commands as they are typed there. */
  public RollbackComposer(ZoneId zone, Typing typing) {
    this.zone = Optional.of(zone);
    this.typing = typing;
  }

  public Message compose(RollbackReport report, Locale locale) {
    Voice voice = Voice.of(locale, zone, typing);
    return switch (report) {
      case RollbackReport.Offered offered -> new OfferCard(voice).offered(offered);
      case RollbackReport.OfferOver over -> new OfferCard(voice).over(over);
      case RollbackReport.ActionOffered offered -> new ActionCard(voice).offered(offered);
      case RollbackReport.ActionTaken taken -> new ActionCard(voice).taken(taken);
      case RollbackReport.ActionOver over -> new ActionCard(voice).over(over);
      case RollbackReport.Card card -> new JobCard(voice, card.view()).compose();
      case RollbackReport.Line line -> new JobNews(voice, line.view()).line();
      case RollbackReport.Messages said -> new JobNews(voice, said.view()).messages(said);
      case RollbackReport.Incident incident -> new JobNews(voice, incident.view()).incident();
      case RollbackReport.DeployGotNothing nothing ->
          new JobNews(voice, nothing.view()).deployGotNothing(nothing);
      case RollbackReport.Superseded superseded ->
          new JobNews(voice, superseded.view()).superseded(superseded);
      case RollbackReport.Lost lost -> new JobNews(voice, lost.view()).lost(lost);
    };
  }
}
