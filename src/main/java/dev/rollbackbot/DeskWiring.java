package dev.rollbackbot;

import dev.rollbackbot.desk.Actions;
import dev.rollbackbot.desk.Answers;
import dev.rollbackbot.desk.Approvals;
import dev.rollbackbot.desk.Desk;
import dev.rollbackbot.desk.DeskSettings;
import dev.rollbackbot.desk.LooseTags;
import dev.rollbackbot.desk.PressedButtons;
import dev.rollbackbot.desk.TypedWords;
import dev.rollbackbot.engine.Notices;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.People;
import dev.rollbackbot.slack.SlackApi;
import dev.rollbackbot.slack.SlackGroups;
import dev.rollbackbot.slack.SlackRequestReader;
import dev.rollbackbot.slack.SlackSignature;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts together the desk of a worker. */
final class DeskWiring {
  private DeskWiring() {}

  /**
   * What takes deliveries.
   *
   * @param written called after a write, so that a driver looks at once
   */
  static Desk desk(
      Config config,
      Secrets.ForWorker secrets,
      Core core,
      SlackApi api,
      ChatRoom chat,
      People people,
      Neighbours neighbours,
      Notices notices,
      Runnable written,
      InstantSource clock) {
    var settings =
        new DeskSettings(
            Set.copyOf(config.slack().teams()),
            config.slack().channels().stream()
                .collect(
                    Collectors.toMap(
                        Config.Channel::id,
                        c -> new DeskSettings.Channel(c.services(), c.language()))),
            core.services(),
            config.slack().requestsPerMinute());
    var answers = new Answers(chat, core.deskComposer(), settings);
    var approvals = new Approvals(new SlackGroups(api, clock), config.slack().approvals());
    var work = new Actions.Work(core.bot(), core.driverId(), written);
    var actions =
        new Actions(
            core.cloudRun(),
            core.actionOffers(),
            core.interventions(),
            approvals,
            core.cards(),
            answers,
            core.seal(),
            neighbours.audit(),
            clock,
            settings,
            work);
    var words =
        new TypedWords(
            core.parser(),
            core.collector(),
            core.surveys(),
            actions,
            core.cards(),
            answers,
            core.seal(),
            clock,
            settings);
    var buttons =
        new PressedButtons(
            core.cloudRun(),
            core.collector(),
            core.runner(),
            actions,
            approvals,
            words,
            core.cards(),
            answers,
            core.seal(),
            neighbours.audit(),
            clock,
            settings,
            new LooseTags(core.interventions(), notices, answers, core.seal(), clock, settings),
            work);
    List<String> signing = secrets.signingSecrets().stream().map(Secret::value).toList();
    return new Desk(
        new SlackRequestReader(new SlackSignature(signing)),
        chat,
        people,
        words,
        buttons,
        answers,
        neighbours.audit(),
        clock,
        settings);
  }
}
