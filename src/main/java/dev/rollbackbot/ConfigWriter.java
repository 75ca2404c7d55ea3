package dev.rollbackbot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.rollbackbot.Config.Channel;
import dev.rollbackbot.Config.Endpoints;
import dev.rollbackbot.Config.Service;
import dev.rollbackbot.Config.Times;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** From {@link Config} to the YAML that {@link ConfigReader} reads as the same settings. */
final class ConfigWriter {
  private ConfigWriter() {}

  static String yaml(Config config) {
    var root = new LinkedHashMap<String, Object>();
    root.put("bot", config.bot());
    root.put("language", config.language().getLanguage());
    root.put("slack", slack(config.slack()));
    root.put("services", config.services().stream().map(ConfigWriter::service).toList());
    root.put("times", times(config.times()));
    root.put("pubsub", pubsub(config.pubsub()));
    root.put("endpoints", endpoints(config.endpoints()));
    root.put("front", front(config.front()));
    root.put("worker", Map.of("gitDirectory", config.worker().gitDirectory().toString()));
    try {
      return new YAMLMapper().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts and numbers can be written", e);
    }
  }

  private static Map<String, Object> slack(Config.Slack slack) {
    var map = new LinkedHashMap<String, Object>();
    map.put("teams", slack.teams());
    map.put("channels", slack.channels().stream().map(ConfigWriter::channel).toList());
    slack.incidentChannel().ifPresent(channel -> map.put("incidentChannel", channel));
    map.put("approvals", slack.approvals());
    map.put("requestsPerMinute", slack.requestsPerMinute());
    return map;
  }

  private static Map<String, Object> channel(Channel channel) {
    var map = new LinkedHashMap<String, Object>();
    map.put("id", channel.id());
    map.put("services", channel.services());
    map.put("language", channel.language().getLanguage());
    map.put("approvers", channel.approvers());
    return map;
  }

  private static Map<String, Object> service(Service service) {
    var map = new LinkedHashMap<String, Object>();
    map.put("name", service.id().name());
    map.put("project", service.id().project());
    map.put("region", service.id().region());
    map.put("image", service.image());
    map.put("git", git(service.git()));
    map.put("policy", service.policy().name().toLowerCase(Locale.ROOT));
    map.put("approvers", service.approvers());
    map.put("probe", probe(service.probe()));
    map.put("verify", verify(service.verify()));
    map.put("logs", Map.of("messages", service.logs().messages()));
    map.put("canary", canary(service.canary()));
    return map;
  }

  private static Map<String, Object> git(Config.Git git) {
    var map = new LinkedHashMap<String, Object>();
    map.put("url", git.url());
    map.put("branch", git.branch());
    git.migrations().ifPresent(directory -> map.put("migrations", directory));
    return map;
  }

  private static Map<String, Object> probe(Config.Probe probe) {
    var map = new LinkedHashMap<String, Object>();
    map.put("path", probe.path());
    map.put("attempts", probe.attempts());
    map.put("timeout", Durations.format(probe.timeout()));
    map.put("reachable", probe.reachable());
    return map;
  }

  private static Map<String, Object> verify(Config.Verify verify) {
    var map = new LinkedHashMap<String, Object>();
    map.put("grace", Durations.format(verify.grace()));
    map.put("window", Durations.format(verify.window()));
    map.put("minRequests", verify.minRequests());
    map.put("maxErrorShare", verify.maxErrorShare());
    return map;
  }

  private static Map<String, Object> canary(Config.Canary canary) {
    var map = new LinkedHashMap<String, Object>();
    map.put("steps", canary.ladder().typed());
    map.put("hold", Durations.format(canary.ladder().hold()));
    map.put("advance", canary.ladder().advance().name().toLowerCase(Locale.ROOT));
    map.put("minRequests", canary.minRequests());
    return map;
  }

  private static Map<String, Object> times(Times times) {
    var map = new LinkedHashMap<String, Object>();
    map.put("prepareLimit", Durations.format(times.prepareLimit()));
    map.put("probeHold", Durations.format(times.probeHold()));
    map.put("switchLimit", Durations.format(times.switchLimit()));
    map.put("verifyGrace", Durations.format(times.verifyGrace()));
    map.put("verifyWindow", Durations.format(times.verifyWindow()));
    map.put("offerTtl", Durations.format(times.offerTtl()));
    map.put("clickMaxAge", Durations.format(times.clickMaxAge()));
    map.put("takeOver", Durations.format(times.takeOver()));
    map.put("tick", Durations.format(times.tick()));
    map.put("logDelay", Durations.format(times.logDelay()));
    return map;
  }

  private static Map<String, Object> pubsub(Config.PubSub pubsub) {
    var map = new LinkedHashMap<String, Object>();
    map.put("project", pubsub.project());
    map.put("topic", pubsub.topic());
    map.put("subscription", pubsub.subscription());
    return map;
  }

  private static Map<String, Object> endpoints(Endpoints endpoints) {
    var map = new LinkedHashMap<String, Object>();
    map.put("slackApi", endpoints.slackApi());
    map.put("responseUrls", endpoints.responseUrls());
    map.put("probeUrls", endpoints.probeUrls());
    endpoints.google().ifPresent(standIns -> map.put("google", standIns(standIns)));
    return map;
  }

  private static Map<String, Object> standIns(Config.StandIns standIns) {
    var map = new LinkedHashMap<String, Object>();
    map.put("run", standIns.run());
    map.put("registry", standIns.registry());
    map.put("pubsub", standIns.pubsub());
    map.put("logging", standIns.logging());
    map.put("builds", standIns.builds());
    return map;
  }

  private static Map<String, Object> front(Config.Front front) {
    var map = new LinkedHashMap<String, Object>();
    map.put("host", front.host());
    map.put("port", front.port());
    return map;
  }
}
