package dev.rollbackbot.desk;

import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.engine.Problems;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.Incoming.Pressed;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.port.WorldException;
import java.time.InstantSource;
import java.util.Optional;

/** Answers to a click: one each, where it was made. */
final class Clicks {
  private final Answers answers;
  private final InstantSource clock;

  Clicks(Answers answers, InstantSource clock) {
    this.answers = answers;
    this.clock = clock;
  }

  Verdict not(Pressed click, Problem problem) {
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
