package dev.rollbackbot.desk;

import dev.rollbackbot.domain.approval.ApprovalPolicy.Rule;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.text.DeskComposer;
import dev.rollbackbot.text.Message;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one person privately, where they asked. */
public final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private final ChatRoom chat;
  private final DeskComposer composer;
  private final DeskSettings settings;

  public Answers(ChatRoom chat, DeskComposer composer, DeskSettings settings) {
    this.chat = chat;
    this.composer = composer;
    this.settings = settings;
  }

  void not(String channel, String user, Optional<String> responseUrl, Problem problem) {
    tell(channel, user, responseUrl, new DeskReport.Not(problem));
  }

  /**
   * Says what was done; a failure is only logged, for it must not look as if the deed had failed.
   */
  void did(String channel, String user, Optional<String> responseUrl, DeskReport report) {
    try {
      tell(channel, user, responseUrl, report);
    } catch (WorldException e) {
      LOG.warn("done, but not told: {} {}", e.kind(), e.detail());
    }
  }

  /**
   * Tells an approver what was done in their name, so that a forged click does not stay unseen: by
   * name, never by the way back that came with the click, which whoever forges one brings along.
   * Where two people must agree it also waits for them as a direct message; a failure is only
   * logged.
   */
  void inTheirName(String channel, String user, JobView done, Rule rule) {
    Locale language = settings.language(channel);
    try {
      switch (rule) {
        case CONFIRM ->
            chat.whisper(
                channel, user, composer.compose(new DeskReport.YouApproved(done), language));
        case FOUR_EYES -> {
          // A button is of no use there: only the service's channels are listened to.
          var _ =
              chat.post(
                  user,
                  composer.compose(new DeskReport.YouApproved(done.withoutButtons()), language));
        }
      }
    } catch (ChatException e) {
      LOG.warn("done, but the approver was not told: {} {}", e.kind(), e.detail());
    }
  }

  /** By the request's own way back where there is one; that may be used up, then by name. */
  void tell(String channel, String user, Optional<String> responseUrl, DeskReport report) {
    Message message = composer.compose(report, settings.language(channel));
    try {
      if (responseUrl.isPresent()) {
        chat.answer(responseUrl.get(), message);
      } else {
        chat.whisper(channel, user, message);
      }
    } catch (WorldException e) {
      LOG.warn("the way back did not work: {} {}", e.kind(), e.detail());
      if (responseUrl.isPresent()) {
        chat.whisper(channel, user, message);
      }
    }
  }
}
