package dev.rollbackbot.text;

import static dev.rollbackbot.text.Fixtures.BETTER;
import static dev.rollbackbot.text.Fixtures.SERVICE;
import static dev.rollbackbot.text.Fixtures.WORSE;
import static dev.rollbackbot.text.Fixtures.at;

import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.text.Fixtures.JobMaker;
import dev.rollbackbot.text.Fixtures.PlanMaker;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a person at a prompt meets, where nothing can be pressed. */
final class TerminalSituations {
  private final Map<String, Function<Locale, Message>> all = new LinkedHashMap<>();

  TerminalSituations() {
    rollback(
        "offer",
        new RollbackReport.Offered(
            new PlanMaker().make(),
            "aiko@example.com",
            Optional.empty(),
            at("03:01:10"),
            at("03:16:10"),
            Optional.empty(),
            Optional.empty()));
    rollback("card-verified", JobSituations.open(Ending.VERIFIED).figures(BETTER));
    rollback("card-bad", JobSituations.open(Ending.BAD).figures(WORSE));
    rollback("card-failed", new JobMaker(JobState.CLOSED, Ending.FAILED).stillOnBad());
    rollback("card-undone", new JobMaker(JobState.CLOSED, Ending.UNDONE).stillOnBad());
    JobView open = JobSituations.open(Ending.VERIFIED).figures(BETTER).make();
    var none = new JournalReading.Absent();
    desk("status-newest", Situations.status(none, Optional.empty(), false, true));
    desk("status-pinned", Situations.status(none, Optional.empty(), true, true));
    desk(
        "status-open",
        Situations.status(new JournalReading.Found(open.journal()), Optional.of(open), true, true));
    desk("targets", Situations.targets());
    desk("history", new DeskReport.History(SERVICE, Known.of(List.of())));
    desk("help", new DeskReport.Help());
    not(Code.NO_OPEN_JOB, Map.of());
    not(Code.NO_IMAGE, Map.of("commit", "97bde75", "nearest", "6831359, 2e9f171"));
    not(Code.UNKNOWN_WORD, Map.of("word", "sttus", "suggestion", "status"));
    not(Code.MISSING_TARGET, Map.of("word", "--reason", "usage", "<commit> [service]"));
    desk("confirm-undo", new DeskReport.Confirm(open.only(JobAction.UNDO), JobAction.UNDO));
  }

  Map<String, Function<Locale, Message>> all() {
    return all;
  }

  private void rollback(String name, JobMaker job) {
    job.card = false;
    rollback(name, new RollbackReport.Card(job.make()));
  }

  private void rollback(String name, RollbackReport report) {
    all.put(
        name + "-terminal",
        locale -> new RollbackComposer(zone(locale), Typing.TERMINAL).compose(report, locale));
  }

  private void not(Code code, Map<String, String> details) {
    String name = "not-" + code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    desk(name, new DeskReport.Not(Problem.refusal(code, details)));
  }

  private void desk(String name, DeskReport report) {
    all.put(
        name + "-terminal",
        locale -> new DeskComposer(zone(locale), Typing.TERMINAL).compose(report, locale));
  }

  private static ZoneId zone(Locale locale) {
    return ZoneId.of(locale.equals(Locale.JAPANESE) ? "Asia/Tokyo" : "UTC");
  }
}
