package dev.rollbackbot.desk;

import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.engine.Problems;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.Incoming.Pressed;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.port.WorldException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers to a click: one each, where it was made. */
final class Clicks {
  /** What tells that somebody tried what they may not do. */
  private static final Set<Code> AUDITED =
      Set.of(
          Code.NOT_AN_APPROVER, Code.SECOND_PERSON_NEEDED, Code.OFFER_FOREIGN, Code.APPROVALS_OFF);

  private final Answers answers;
  private final AuditLog audit;
  private final InstantSource clock;

  Clicks(Answers answers, AuditLog audit, InstantSource clock) {
    this.answers = answers;
    this.audit = audit;
    this.clock = clock;
  }

  Verdict not(Pressed click, Problem problem) {
    if (AUDITED.contains(problem.code())) {
      audit.record(
          new AuditLog.Entry(
              clock.instant(),
              "-",
              "refused",
              click.user(),
              Map.of("code", problem.code().name(), "button", click.action())));
    }
    answers.not(click.channel(), click.user(), Optional.of(click.responseUrl()), problem);
    return Verdict.DONE;
  }

  Verdict did(Pressed click, DeskReport report) {
    answers.did(click.channel(), click.user(), Optional.of(click.responseUrl()), report);
    return Verdict.DONE;
  }

  /** Tried again by the queue while the click may still act; then the person is told. */
  Verdict unanswered(Pressed click, ServiceSettings service, WorldException e) {
    boolean again =
        (e.kind() == WorldException.Kind.UNAVAILABLE || e.kind() == WorldException.Kind.QUOTA)
            && !service.policy().late(click.at(), clock.instant());
    return again ? Verdict.AGAIN : not(click, Problems.ofCloudRun(e, service.id()));
  }
}
