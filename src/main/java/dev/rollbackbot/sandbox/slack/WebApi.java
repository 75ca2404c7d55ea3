package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Slack's Web API methods, without HTTP: arguments in, answer or {@link Refused} out. */
final class WebApi {

  /**
   * One method.
   *
   * @param scope what the token must be allowed; empty for none
   */
  record Method(String scope, Call call) {}

  /** The work of a method. */
  interface Call {
    ObjectNode of(Args args);
  }

  private final Workspace workspace;
  private final SlackApp app;
  private final Map<String, Method> methods = new HashMap<>();

  WebApi(Workspace workspace, SlackApp app, Uploads uploads, Views views) {
    this.workspace = workspace;
    this.app = app;
    methods.putAll(new ChatMethods(workspace, app).methods());
    methods.putAll(uploads.methods());
    methods.putAll(views.methods());
    methods.put("auth.test", new Method("", this::authTest));
    methods.put("users.info", new Method("users:read", this::usersInfo));
    methods.put("conversations.info", new Method("channels:read", this::conversationsInfo));
    methods.put("conversations.open", new Method("im:write", this::conversationsOpen));
    methods.put("usergroups.users.list", new Method("usergroups:read", this::groupUsers));
  }

  ObjectNode call(String name, String token, Args args) {
    if (token.isEmpty()) {
      throw new Refused("not_authed");
    }
    if (!token.equals(app.botToken())) {
      throw new Refused("invalid_auth");
    }
    var method = methods.get(name);
    if (method == null) {
      throw new Refused("unknown_method");
    }
    if (!method.scope().isEmpty() && !app.scopes().contains(method.scope())) {
      throw new Refused("missing_scope");
    }
    return method.call().of(args);
  }

  private ObjectNode authTest(Args args) {
    var team = workspace.team();
    var name = workspace.person(app.botUser()).map(Person::name).orElse("");
    return Json.object()
        .put("url", "https://" + team.domain() + ".slack.example/")
        .put("team", team.name())
        .put("user", name)
        .put("team_id", team.id())
        .put("user_id", app.botUser())
        .put("bot_id", app.botId())
        .put("is_enterprise_install", false);
  }

  private ObjectNode usersInfo(Args args) {
    var person =
        workspace
            .person(args.need("user", "user_not_found"))
            .orElseThrow(() -> new Refused("user_not_found"));
    var answer = Json.object();
    answer.set("user", PayloadJson.user(person, args.flag("include_locale")));
    return answer;
  }

  private ObjectNode conversationsInfo(Args args) {
    var channel =
        workspace
            .channel(args.need("channel", "channel_not_found"))
            .filter(c -> c.kind() != Channel.Kind.PRIVATE || c.members().contains(app.botUser()))
            .orElseThrow(() -> new Refused("channel_not_found"));
    var answer = Json.object();
    answer.set("channel", PayloadJson.channel(channel, app));
    return answer;
  }

  private ObjectNode conversationsOpen(Args args) {
    var user = args.need("users", "users_list_not_supplied");
    var person = workspace.person(user).orElseThrow(() -> new Refused("user_not_found"));
    if (person.kind() == Person.Kind.DELETED) {
      throw new Refused("user_disabled");
    }
    if (person.kind() == Person.Kind.BOT) {
      throw new Refused("cannot_dm_bot");
    }
    var answer = Json.object();
    answer.set("channel", PayloadJson.channel(workspace.direct(app.botUser(), user), app));
    return answer;
  }

  private ObjectNode groupUsers(Args args) {
    var users =
        workspace
            .group(args.need("usergroup", "no_such_subteam"))
            .orElseThrow(() -> new Refused("no_such_subteam"));
    var answer = Json.object();
    users.forEach(answer.putArray("users")::add);
    return answer;
  }
}
