package dev.rollbackbot.text;

import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.text.Message.Part;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The three sentences of a problem. */
final class ProblemText {
  /** Details that name one person or several. */
  private static final Set<String> PEOPLE = Set.of("approver", "approvers", "requester");

  /** Details that name several things to choose from. */
  private static final Set<String> LISTS = Set.of("candidates", "known", "nearest", "services");

  private static final Pattern COMMA = Pattern.compile(",\\s*");

  private final Voice voice;

  ProblemText(Voice voice) {
    this.voice = voice;
  }

  /** "Failed: …" or "Not done: …"; names no words from outside. */
  String heading(Problem problem) {
    String word =
        switch (problem) {
          case Problem.Refusal _ -> "problem.refusal";
          case Problem.Failure _ -> "problem.failure";
        };
    return voice.plain(word, Slot.text("what", voice.plain(key(problem, "what"))));
  }

  List<Part> why(Problem problem) {
    return fill(problem, "why");
  }

  List<Part> next(Problem problem) {
    return fill(problem, "next");
  }

  private static String key(Problem problem, String part) {
    return "problem." + problem.code() + "." + part;
  }

  private List<Part> fill(Problem problem, String part) {
    return voice.words().fill(key(problem, part), name -> detail(problem, name));
  }

  /** A detail that was not given reads as unknown: a refusal must never fail over its own words. */
  private List<Part> detail(Problem problem, String name) {
    String value = problem.details().getOrDefault(name, "");
    if (value.isBlank() || value.equals("-")) {
      return voice.say("problem.none");
    }
    if (value.equals(ApprovalPolicy.ANYBODY)) {
      return voice.say("problem.anybody");
    }
    if (value.equals(ApprovalPolicy.NOBODY)) {
      return voice.say("problem.nobody");
    }
    if (PEOPLE.contains(name)) {
      return people(value);
    }
    int most = LISTS.contains(name) || name.equals("command") ? OneLine.LIST : OneLine.REASON;
    return List.of(new Part.Literal(OneLine.of(readable(name, value), most)));
  }

  /** Ids apart by commas, as {@code Problem.Code} documents them. */
  private static List<Part> people(String ids) {
    var people = new ArrayList<Part>();
    for (String id : COMMA.split(ids, -1)) {
      if (!people.isEmpty()) {
        people.add(new Part.Literal(", "));
      }
      people.add(new Part.Mention(id));
    }
    return people;
  }

  private String readable(String name, String value) {
    return switch (name) {
      case "at" -> moment(value);
      case "state" -> stateWord(value);
      case "kind" -> known("kind." + value.toLowerCase(Locale.ROOT), value);
      case "detail", "reason" -> voice.reason(value);
      default -> value;
    };
  }

  private String stateWord(String value) {
    return known("phase." + value.toUpperCase(Locale.ROOT) + ".word", value);
  }

  private String known(String key, String otherwise) {
    return voice.words().texts().has(key) ? voice.plain(key) : otherwise;
  }

  private String moment(String value) {
    try {
      return voice.clock().stamp(Instant.parse(value));
    } catch (DateTimeException e) {
      return value;
    }
  }
}
