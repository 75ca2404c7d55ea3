package dev.rollbackbot.sandbox.slack;

import static dev.rollbackbot.sandbox.slack.Person.Kind.BOT;
import static dev.rollbackbot.sandbox.slack.Person.Kind.DELETED;
import static dev.rollbackbot.sandbox.slack.Person.Kind.FOREIGN;
import static dev.rollbackbot.sandbox.slack.Person.Kind.GUEST;
import static dev.rollbackbot.sandbox.slack.Person.Kind.MEMBER;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The workspace that the sandbox and the tests start with. */
public final class DemoWorkspace {
  public static final String TEAM = "T0HANA00001";
  public static final String FOREIGN_TEAM = "T0OTHER0001";

  public static final String AIKO = "U0AIKO00001";
  public static final String BEN = "U0BEN000001";

  /** A guest. */
  public static final String CHIKA = "U0CHIKA0001";

  /** An account that has left. */
  public static final String DAN = "U0DAN000001";

  /** A person of another company, met in the shared channel. */
  public static final String EVE = "U0EVE000001";

  public static final String BOT_USER = "U0ROLLBACK1";

  /** Another app's bot. */
  public static final String OTHER_BOT = "U0DEPLOYBOT";

  public static final String K_BACK = "C0KBACK0001";
  public static final String INCIDENTS = "C0INCIDENT1";

  /** A Slack Connect channel. */
  public static final String WITH_PARTNER = "C0PARTNER01";

  /** The user group {@code @oncall}: Aiko and Ben. */
  public static final String ON_CALL = "S0ONCALL001";

  private static final SecureRandom RANDOM = new SecureRandom();

  private DemoWorkspace() {}

  public static Workspace create() {
    var workspace = new Workspace(new Workspace.Team(TEAM, "hana", "Hana"));
    workspace.add(new Person(AIKO, "aiko", "Aiko", "ja-JP", MEMBER, TEAM));
    workspace.add(new Person(BEN, "ben", "Ben", "en-US", MEMBER, TEAM));
    workspace.add(new Person(CHIKA, "chika", "Chika", "ja-JP", GUEST, TEAM));
    workspace.add(new Person(DAN, "dan", "Dan", "en-US", DELETED, TEAM));
    workspace.add(new Person(EVE, "eve", "Eve", "en-US", FOREIGN, FOREIGN_TEAM));
    workspace.add(new Person(BOT_USER, "rollback", "Rollback Bot", "en-US", BOT, TEAM));
    workspace.add(new Person(OTHER_BOT, "deploys", "Deploys", "en-US", BOT, TEAM));
    Set<String> team = Set.of(AIKO, BEN, CHIKA, BOT_USER, OTHER_BOT);
    workspace.add(new Channel(K_BACK, "k-back", Channel.Kind.PUBLIC, team, false));
    workspace.add(new Channel(INCIDENTS, "incidents", Channel.Kind.PUBLIC, team, false));
    workspace.add(
        new Channel(
            WITH_PARTNER,
            "with-partner",
            Channel.Kind.SHARED,
            Set.of(AIKO, BEN, EVE, BOT_USER),
            false));
    workspace.addGroup(ON_CALL, List.of(AIKO, BEN));
    return workspace;
  }

  /** An installation with a fresh token and secret and the scopes that the app's manifest asks. */
  public static SlackApp install() {
    return new SlackApp(
        "A0ROLLBACK1",
        "xoxb-sandbox-" + hex(12),
        hex(16),
        hex(12),
        BOT_USER,
        "B0ROLLBACK1",
        Set.of(
            "commands",
            "chat:write",
            "files:write",
            "users:read",
            "app_mentions:read",
            "channels:read",
            "groups:read",
            "im:write",
            "usergroups:read"),
        Set.of("/rollback"));
  }

  private static String hex(int bytes) {
    var raw = new byte[bytes];
    RANDOM.nextBytes(raw);
    return HexFormat.of().formatHex(raw);
  }
}
