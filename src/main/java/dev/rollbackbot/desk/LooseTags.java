package dev.rollbackbot.desk;

import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.report.WatchReport;
import dev.rollbackbot.engine.Interventions;
import dev.rollbackbot.engine.Interventions.Cleared;
import dev.rollbackbot.engine.Notices;
import dev.rollbackbot.engine.Problems;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.Seal.TagClick;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.Incoming.Pressed;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.port.WorldException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The button that takes a tag away which no rollback uses any more. */
public final class LooseTags {
  static final String REMOVE = "remove_tag";

  private final Interventions interventions;
  private final Notices notices;
  private final Answers answers;
  private final Seal seal;
  private final InstantSource clock;
  private final DeskSettings settings;

  public LooseTags(
      Interventions interventions,
      Notices notices,
      Answers answers,
      Seal seal,
      InstantSource clock,
      DeskSettings settings) {
    this.interventions = interventions;
    this.notices = notices;
    this.answers = answers;
    this.seal = seal;
    this.clock = clock;
    this.settings = settings;
  }

  /** Any approver may: no user is moved by it. */
  Verdict remove(Pressed click) {
    Optional<TagClick> bound = seal.openTagClick(click.value());
    Optional<ServiceSettings> service =
        bound
            .map(TagClick::service)
            .filter(
                name ->
                    settings
                        .channel(click.channel())
                        .filter(channel -> channel.services().contains(name))
                        .isPresent())
            .map(settings.services()::get);
    if (bound.isEmpty() || service.isEmpty()) {
      return not(click, Problem.refusal(Code.OFFER_FOREIGN));
    }
    if (!service.get().policy().permits(click.user())) {
      return not(
          click,
          Problem.refusal(
              Code.NOT_AN_APPROVER,
              Map.of("approvers", String.join(", ", service.get().policy().approvers()))));
    }
    if (click.at().plus(service.get().policy().lateness()).isBefore(clock.instant())) {
      return not(click, Problem.refusal(Code.CLICK_TOO_LATE));
    }
    return remove(click, bound.get(), service.get());
  }

  private Verdict remove(Pressed click, TagClick bound, ServiceSettings service) {
    try {
      return switch (interventions.clear(service, bound.serviceUid(), bound.tag(), click.user())) {
        case Cleared.Not(Problem problem) -> not(click, problem);
        case Cleared.Gone(var after) -> {
          notices.replace(
              new Card(click.channel(), click.message()),
              new WatchReport.OrphanGone(service.id(), bound.tag(), click.user(), after.live()),
              settings.language(click.channel()));
          yield Verdict.DONE;
        }
      };
    } catch (WorldException e) {
      // Taking a tag away twice is harmless, so the queue tries again while the click is young.
      boolean again =
          (e.kind() == WorldException.Kind.UNAVAILABLE || e.kind() == WorldException.Kind.QUOTA)
              && click.at().plus(service.policy().lateness()).isAfter(clock.instant());
      return again ? Verdict.AGAIN : not(click, Problems.ofCloudRun(e, service.id()));
    }
  }

  private Verdict not(Pressed click, Problem problem) {
    answers.not(click.channel(), click.user(), Optional.of(click.responseUrl()), problem);
    return Verdict.DONE;
  }
}
