package dev.rollbackbot;

import dev.rollbackbot.Config.Canary;
import dev.rollbackbot.Config.Channel;
import dev.rollbackbot.Config.Endpoints;
import dev.rollbackbot.Config.Front;
import dev.rollbackbot.Config.Git;
import dev.rollbackbot.Config.Logs;
import dev.rollbackbot.Config.Policy;
import dev.rollbackbot.Config.Probe;
import dev.rollbackbot.Config.PubSub;
import dev.rollbackbot.Config.Service;
import dev.rollbackbot.Config.Slack;
import dev.rollbackbot.Config.StandIns;
import dev.rollbackbot.Config.Times;
import dev.rollbackbot.Config.Verify;
import dev.rollbackbot.Config.Worker;
import dev.rollbackbot.ConfigException.Mistake;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.ServiceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From YAML to {@link Config}: which keys there are, what each may hold, and what goes with what.
 */
final class ConfigReader {
  private static final Pattern BOT = Pattern.compile("[a-z][a-z0-9-]{0,30}");
  private static final Pattern LANGUAGE = Pattern.compile("ja|en");
  private static final Pattern TEAM = Pattern.compile("[TE][A-Z0-9]{2,20}");
  private static final Pattern CHANNEL = Pattern.compile("[CGD][A-Z0-9]{2,20}");
  private static final Pattern APPROVER = Pattern.compile("[UWS][A-Z0-9]{2,20}");
  private static final Pattern SERVICE = Pattern.compile("[a-z](?:[a-z0-9-]{0,47}[a-z0-9])?");
  private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9.:-]{2,60}");
  private static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+[0-9]{1,2}");
  private static final Pattern IMAGE =
      Pattern.compile("[a-z0-9.-]+(?::[0-9]{1,5})?(?:/[a-z0-9._-]+)+");
  // Without user or password: a token in an address would show up in every message about it.
  private static final Pattern GIT_URL = Pattern.compile("https://[^\\s@?#]+|file:/[^\\s?#]+");
  private static final Pattern BRANCH = Pattern.compile("[^\\s~^:?*\\[\\\\]{1,200}");
  private static final Pattern DIRECTORY = Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9._-][^\\s:]*");
  private static final Pattern POLICY = Pattern.compile("confirm|four_eyes");
  private static final Pattern ADVANCE = Pattern.compile("ask|auto");
  private static final Pattern PATH = Pattern.compile("/(?!/)[A-Za-z0-9._~/?=&%-]*");
  private static final Pattern RESOURCE = Pattern.compile("[A-Za-z][A-Za-z0-9._~-]{2,254}");
  private static final String LOOPBACK = "(?:127\\.0\\.0\\.1|localhost|\\[::1])";
  private static final Pattern STAND_IN = Pattern.compile(LOOPBACK + ":[0-9]{1,5}");
  private static final Pattern WEB =
      Pattern.compile("https://[^\\s@]*|http://" + LOOPBACK + ":[^\\s@]*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,253}");
  private static final Pattern FILE = Pattern.compile("[^\\x00]+");

  private ConfigReader() {}

  static Config read(String yaml, String source) {
    var mistakes = new ArrayList<Mistake>();
    YamlNode node = YamlNode.parse(yaml, mistakes);
    if (!mistakes.isEmpty()) {
      throw new ConfigException(source, mistakes);
    }
    Config config = config(new YamlSection("", node, mistakes));
    if (!mistakes.isEmpty()) {
      throw new ConfigException(source, mistakes);
    }
    return config;
  }

  private static Config config(YamlSection root) {
    String bot = root.text("bot", BOT, "rollback-bot");
    Locale language = Locale.of(root.text("language", LANGUAGE, "ja"));
    Times times = times(root.optionalSection("times"));
    List<Service> services = services(root, times);
    var config =
        new Config(
            bot,
            language,
            slack(root.section("slack", "{teams: [T0123ABCD], channels: […]}"), language, services),
            services,
            times,
            pubsub(root.section("pubsub", "{project: p, topic: t, subscription: s}")),
            endpoints(root.optionalSection("endpoints")),
            front(root.optionalSection("front")),
            worker(root.section("worker", "{gitDirectory: /tmp/rollback-bot/git}")));
    root.done();
    return config;
  }

  private static Slack slack(YamlSection section, Locale language, List<Service> services) {
    List<String> known = services.stream().map(service -> service.id().name()).toList();
    var channels = new ArrayList<Channel>();
    var ids = new HashSet<String>();
    List<String> teams = section.someTexts("teams", TEAM, "T0123ABCD");
    for (YamlSection each : section.sections("channels", "[{id: C0123ABCD, services: [k-back]}]")) {
      Channel channel = channel(each, language);
      for (String service : channel.services()) {
        if (!known.contains(service)) {
          each.mistake("services", "no service is named '" + service + "'", known.toString());
        }
      }
      if (!ids.add(channel.id())) {
        each.mistake("id", "the channel " + channel.id() + " is listed twice", "");
      }
      channels.add(channel);
    }
    var slack =
        new Slack(
            teams,
            channels,
            section.optionalText("incidentChannel", CHANNEL, "C0INCIDENT"),
            section.on("approvals", true),
            section.number("requestsPerMinute", 1, 10_000, Slack.USUAL_REQUESTS));
    section.done();
    return slack;
  }

  private static Channel channel(YamlSection section, Locale otherwise) {
    var channel =
        new Channel(
            section.text("id", CHANNEL, "C0123ABCD"),
            section.someTexts("services", SERVICE, "k-back"),
            section.optionalText("language", LANGUAGE, "ja").map(Locale::of).orElse(otherwise),
            section.texts("approvers", APPROVER, "U0123ABCD"));
    section.done();
    return channel;
  }

  private static List<Service> services(YamlSection root, Times times) {
    var services = new ArrayList<Service>();
    var names = new HashSet<String>();
    for (YamlSection each : root.sections("services", "[{name: k-back, …}]")) {
      Service service = service(each, times);
      if (!names.add(service.id().name())) {
        each.mistake("name", "the service " + service.id().name() + " is listed twice", "");
      }
      services.add(service);
    }
    return services;
  }

  private static Service service(YamlSection section, Times times) {
    var id =
        new ServiceId(
            section.text("project", PROJECT, "my-project"),
            section.text("region", REGION, "asia-northeast1"),
            section.text("name", SERVICE, "k-back"));
    String image =
        section.text(
            "image", IMAGE, "asia-northeast1-docker.pkg.dev/my-project/k-back-repo/k-back");
    var service =
        new Service(
            id,
            image,
            git(section.section("git", "{url: https://github.com/o/r, branch: main}")),
            section
                .optionalText("policy", POLICY, "confirm")
                .map(ConfigReader::policy)
                .orElse(Policy.CONFIRM),
            section.texts("approvers", APPROVER, "U0123ABCD"),
            probe(section.section("probe", "{path: /health}")),
            verify(section.optionalSection("verify"), times),
            logs(section.optionalSection("logs")),
            canary(section.optionalSection("canary")));
    section.done();
    return service;
  }

  private static Policy policy(String word) {
    return Policy.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Git git(YamlSection section) {
    var git =
        new Git(
            section.text("url", GIT_URL, "https://github.com/owner/name.git"),
            section.text("branch", BRANCH, "main"),
            section.optionalText("migrations", DIRECTORY, "alembic/versions"));
    section.done();
    return git;
  }

  private static Probe probe(YamlSection section) {
    Duration standard = Duration.ofSeconds(3);
    var probe =
        new Probe(
            section.text("path", PATH, "/health"),
            section.number("attempts", 1, 20, 5),
            section.duration("timeout", standard),
            section.on("reachable", true));
    section.done();
    return probe;
  }

  private static Verify verify(YamlSection section, Times times) {
    var verify =
        new Verify(
            section.duration("grace", times.verifyGrace()),
            section.duration("window", times.verifyWindow()),
            section.number("minRequests", 1, 1_000_000, 20),
            section.share("maxErrorShare", 0.02));
    section.done();
    return verify;
  }

  private static Logs logs(YamlSection section) {
    var logs = new Logs(section.on("messages", false));
    section.done();
    return logs;
  }

  private static Canary canary(YamlSection section) {
    Ladder standard = Ladder.standard();
    Duration hold = section.duration("hold", standard.hold());
    if (hold.compareTo(Ladder.LONGEST_HOLD) > 0) {
      section.mistake("hold", "is longer than " + Durations.format(Ladder.LONGEST_HOLD), "5m");
      hold = standard.hold();
    }
    var canary =
        new Canary(
            new Ladder(
                section.steps("steps", standard.steps()),
                hold,
                section
                    .optionalText("advance", ADVANCE, "ask")
                    .map(word -> Ladder.Advance.valueOf(word.toUpperCase(Locale.ROOT)))
                    .orElse(standard.advance())),
            section.number("minRequests", 1, 1_000_000, 20));
    section.done();
    return canary;
  }

  private static Times times(YamlSection section) {
    Times standard = Times.standard();
    var times =
        new Times(
            section.duration("prepareLimit", standard.prepareLimit()),
            section.duration("probeHold", standard.probeHold()),
            section.duration("switchLimit", standard.switchLimit()),
            section.duration("verifyGrace", standard.verifyGrace()),
            section.duration("verifyWindow", standard.verifyWindow()),
            section.duration("offerTtl", standard.offerTtl()),
            section.duration("clickMaxAge", standard.clickMaxAge()),
            section.duration("takeOver", standard.takeOver()),
            section.duration("tick", standard.tick()),
            section.duration("logDelay", standard.logDelay()));
    section.done();
    return times;
  }

  private static PubSub pubsub(YamlSection section) {
    var pubsub =
        new PubSub(
            section.text("project", PROJECT, "my-project"),
            section.text("topic", RESOURCE, "rollback-bot"),
            section.text("subscription", RESOURCE, "rollback-bot-worker"));
    section.done();
    return pubsub;
  }

  private static Endpoints endpoints(YamlSection section) {
    Endpoints production = Endpoints.production();
    var endpoints =
        new Endpoints(
            web(section, "slackApi", production.slackApi()),
            web(section, "responseUrls", production.responseUrls()),
            web(section, "probeUrls", production.probeUrls()),
            section.has("google")
                ? Optional.of(standIns(section.optionalSection("google")))
                : Optional.empty());
    section.done();
    return endpoints;
  }

  private static String web(YamlSection section, String key, String otherwise) {
    return section.optionalText(key, WEB, otherwise).orElse(otherwise);
  }

  private static StandIns standIns(YamlSection section) {
    var standIns =
        new StandIns(
            section.text("run", STAND_IN, "127.0.0.1:9001"),
            section.text("registry", STAND_IN, "127.0.0.1:9002"),
            section.text("pubsub", STAND_IN, "127.0.0.1:9003"),
            section.text("logging", STAND_IN, "127.0.0.1:9004"),
            section.text("builds", STAND_IN, "127.0.0.1:9005"));
    section.done();
    return standIns;
  }

  private static Front front(YamlSection section) {
    var front =
        new Front(
            section.optionalText("host", HOST, "0.0.0.0").orElse("0.0.0.0"),
            section.number("port", 0, 65_535, 8080));
    section.done();
    return front;
  }

  private static Worker worker(YamlSection section) {
    var worker = new Worker(Path.of(section.text("gitDirectory", FILE, "/tmp/rollback-bot/git")));
    section.done();
    return worker;
  }
}
