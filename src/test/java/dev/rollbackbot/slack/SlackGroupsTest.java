package dev.rollbackbot.slack;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.ON_CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.sandbox.slack.DemoWorkspace;
import dev.rollbackbot.sandbox.slack.Faults.Fault;
import dev.rollbackbot.sandbox.slack.SlackServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The members of a user group, asked for with the real client. */
class SlackGroupsTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T03:00:00Z"));

  private SlackServer slack;
  private SlackApi api;
  private SlackGroups groups;

  @BeforeEach
  void start() throws IOException {
    slack = SlackServer.start(DemoWorkspace.create(), DemoWorkspace.install());
    api =
        new SlackApi(
            new SlackApi.Settings(slack.app().botToken(), slack.methodsEndpointUrlPrefix()));
    groups = new SlackGroups(api, now::get);
  }

  @AfterEach
  void stop() {
    api.close();
    slack.close();
  }

  @Test
  void keepsAnAnswerForAMinute() {
    assertThat(groups.members(ON_CALL)).containsExactlyInAnyOrder(AIKO, BEN);
    slack.workspace().addGroup(ON_CALL, List.of(BEN));

    now.set(Objects.requireNonNull(now.get()).plus(Duration.ofSeconds(59)));
    assertThat(groups.members(ON_CALL)).contains(AIKO);
    now.set(Objects.requireNonNull(now.get()).plus(Duration.ofSeconds(1)));
    assertThat(groups.members(ON_CALL)).containsExactly(BEN);
    assertThat(slack.calls("usergroups.users.list")).isEqualTo(2);
  }

  @Test
  void aGroupThatIsNotThereIsNotFoundAndNotKept() {
    assertThatThrownBy(() -> groups.members("S0NOBODY001"))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    slack.workspace().addGroup("S0NOBODY001", List.of(AIKO));

    assertThat(groups.members("S0NOBODY001")).containsExactly(AIKO);
  }

  @Test
  void anAnswerThatDidNotComeIsNoEmptyGroup() {
    slack.faults().next("usergroups.users.list", 1, new Fault.ServerError());

    assertThatThrownBy(() -> groups.members(ON_CALL))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }
}
