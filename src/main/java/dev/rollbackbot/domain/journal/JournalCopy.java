package dev.rollbackbot.domain.journal;

import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.Journal.Actors;
import dev.rollbackbot.domain.journal.Journal.Aim;
import dev.rollbackbot.domain.journal.Journal.Cards;
import dev.rollbackbot.domain.journal.Journal.Evidence;
import dev.rollbackbot.domain.journal.Journal.Times;
import dev.rollbackbot.domain.journal.Journal.Untold;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may differ from one write of a journal to the next. */
final class JournalCopy {
  private final Journal from;
  int seq;
  Actors actors;
  List<AcceptedOffer> accepted;
  LiveSplit live;
  Aim aim;
  JobState state;
  Ending ending;
  Instant since;
  Instant until;
  String driver;
  Times times;
  Evidence evidence;
  Optional<RevisionName> newest;
  Optional<Untold> untold;
  Cards cards;
  Optional<Canary> canary;

  JournalCopy(Journal from) {
    this.from = from;
    this.seq = from.seq();
    this.actors = from.actors();
    this.accepted = from.accepted();
    this.live = from.live();
    this.aim = from.aim();
    this.state = from.state();
    this.ending = from.ending();
    this.since = from.since();
    this.until = from.until();
    this.driver = from.driver();
    this.times = from.times();
    this.evidence = from.evidence();
    this.newest = from.newest();
    this.untold = from.untold();
    this.cards = from.cards();
    this.canary = from.canary();
  }

  Journal made() {
    return new Journal(
        from.bot(),
        from.jobId(),
        seq,
        from.serviceUid(),
        actors,
        accepted,
        from.before(),
        from.beforeLatest(),
        live,
        aim,
        state,
        ending,
        since,
        until,
        driver,
        times,
        evidence,
        newest,
        untold,
        cards,
        canary);
  }
}
