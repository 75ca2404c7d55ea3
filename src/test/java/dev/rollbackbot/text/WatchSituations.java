package dev.rollbackbot.text;

import static dev.rollbackbot.text.Fixtures.BAD;
import static dev.rollbackbot.text.Fixtures.BAD_COMMIT;
import static dev.rollbackbot.text.Fixtures.GOOD_COMMIT;
import static dev.rollbackbot.text.Fixtures.OLD;
import static dev.rollbackbot.text.Fixtures.SERVICE;
import static dev.rollbackbot.text.Fixtures.at;

import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.report.WatchReport;
import dev.rollbackbot.domain.report.WatchReport.Deed;
import dev.rollbackbot.domain.report.WatchReport.Named;
import dev.rollbackbot.domain.report.WatchReport.Standing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What others did, as people are told of it. */
final class WatchSituations {
  private static final Named GOOD = new Named(OLD, Optional.of(GOOD_COMMIT.sha()));
  private static final Deed BY_GCLOUD = new Deed("ken@example.com", "gcloud", at("03:12:05"));

  Map<String, WatchReport> all() {
    var all = new LinkedHashMap<String, WatchReport>();
    all.put("watch-rolled-back", rolledBack(true));
    all.put("watch-rolled-back-floats", rolledBack(false));
    all.put(
        "watch-pin-moved",
        new WatchReport.PinMoved(
            SERVICE,
            GOOD,
            new Named(BAD, Optional.of(BAD_COMMIT.sha())),
            new Standing(LiveSplit.all(BAD), false),
            new Deed("ci@kb-prod.iam.gserviceaccount.com", "", at("03:12:05"))));
    all.put("watch-tag", tag(0));
    all.put("watch-tag-users", tag(10));
    all.put(
        "watch-tag-gone",
        new WatchReport.OrphanGone(SERVICE, "rb-01234567", "U0BEN", LiveSplit.all(BAD)));
    all.put(
        "watch-record-foreign",
        new WatchReport.StrangeRecord(
            SERVICE, "of the bot staging-bot", false, LiveSplit.all(BAD)));
    all.put(
        "watch-record-damaged",
        new WatchReport.StrangeRecord(SERVICE, "not JSON at 17", true, LiveSplit.all(BAD)));
    return all;
  }

  static WatchReport rolledBack(boolean pinned) {
    return new WatchReport.RolledBack(
        SERVICE,
        new Named(BAD, Optional.of(BAD_COMMIT.sha())),
        GOOD,
        new Standing(LiveSplit.all(OLD), pinned),
        BY_GCLOUD);
  }

  private static WatchReport tag(int users) {
    return new WatchReport.Orphan(
        SERVICE, "rb-01234567", Optional.of(OLD), users, LiveSplit.all(BAD), "sealed");
  }
}
