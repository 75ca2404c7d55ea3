package dev.rollbackbot.domain.command;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.RevisionName;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what somebody typed after {@code /rollback}, after the bot's name, or at a terminal.
 *
 * <pre>
 * text    = [ "rollback" | "to" ] ( ""                             which commits one can go back to
 *                                 | word [ service ]
 *                                 | ( "undo" | "newest" | "go-on" ) [ service ]
 *                                     [ "--alone" text ]
 *                                 | target [ service ] [ "--route" route ]
 *                                     [ ( "--reason" | "--alone" ) text ]
 *                                 | "canary" target [ service ] [ "--steps" steps ]
 *                                     [ "--hold" time ] [ "--auto" | "--ask" ]
 *                                     [ "--route" route ] [ ( "--reason" | "--alone" ) text ]
 *                                 | "help" )
 * word    = "list" | "status" | "history" | "stop" | "undo" | "keep" | "newest" | "go-on"
 *         | "hold" | "wait"
 *           (一覧 | 状態 | 履歴 | 停止 | 取り消し | 維持 | 最新 | 続行 | 保留 | 待機; ヘルプ for help, カナリア for canary)
 * target  = 7 to 40 hexadecimal digits | "tag:" name | "branch:" name
 *         | revision, which is a known service's name, a hyphen and more
 *         | "previous" (前回)
 * route   = "shift" | "redeploy"
 * steps   = percents that rise to 100, with commas: 10,50,100
 * time    = number ( "s" | "m" | "h" ): 90s, 5m
 * service = the name of a configured service; it may also stand first
 * </pre>
 *
 * <p>Examples: {@code 6831359}; {@code 6831359 k-back --reason "KeyError in /plans"}; {@code
 * tag:v1.4.0}; {@code k-back-00042-abc}; {@code previous}; {@code status}; {@code k-back status};
 * {@code canary 6831359 --steps 5,25,100 --hold 5m}.
 *
 * <p>Forgiven: upper case, full-width characters, backticks, smart quotes and dashes, brackets,
 * trailing dots, any spaces, and links to a commit as git hosts give them, bare or as {@code
 * <url|label>}. A reason is kept as typed, in one line, at most {@value TypedText#LONGEST_REASON}
 * characters; {@code --alone} gives one too, and asks to go without a second person. Whoever names
 * steps means a canary, with or without the word. Everything else is a {@link Parsed.Wrong} that
 * names the word.
 */
public final class CommandParser {
  private static final Set<String> FILLERS = Set.of("/rollback", "rollback", "to");
  private static final String TARGET_USAGE = "<commit> [service]";

  private static final Pattern COMMIT_LINK =
      Pattern.compile("https?://\\S+/commits?/([0-9a-f]{7,40})(?:[^0-9a-z].*)?");
  private static final Pattern REF =
      Pattern.compile(
          "(tag|branch):([\\p{L}\\p{N}][\\p{L}\\p{N}._/+@#=-]{0,199})", Pattern.CASE_INSENSITIVE);
  private static final Pattern REVISION = Pattern.compile("[a-z][a-z0-9-]{0,61}[a-z0-9]");

  /** What was meant for a commit or a ref but is none: a few digits, a link, an empty tag. */
  private static final Pattern LIKE_A_TARGET =
      Pattern.compile("[0-9a-f]+|https?://.*|(tag|branch):.*");

  /** A commit with a slip in it, unless it is near a word. */
  private static final Pattern WITH_DIGITS = Pattern.compile("(?=.*[0-9])[0-9a-z]+");

  private static final Pattern VERSION = Pattern.compile("v?[0-9]+(\\.[0-9]+)+");
  private static final Set<String> USUAL_BRANCHES = Set.of("main", "master", "develop");

  /** In the order of their names, so that lists of them are stable. */
  private final Map<String, String> services = new TreeMap<>();

  private final Spelling spelling;

  /** Knows these services; everything else in a service's place is refused. */
  public CommandParser(Set<String> serviceNames) {
    serviceNames.forEach(name -> services.put(name.toLowerCase(Locale.ROOT), name));
    var known = new LinkedHashSet<String>(Word.spellings());
    known.addAll(services.values());
    this.spelling = new Spelling(known);
  }

  /** Understands a text or says which word is wrong; never throws. */
  public Parsed parse(String text) {
    return switch (TypedText.read(text)) {
      case TypedText.Wrong(Problem problem) -> new Parsed.Wrong(problem);
      case TypedText.Read(List<String> words, Optional<Reason> reason, Options options) ->
          parse(new ArrayDeque<>(words), new Given(reason, options));
    };
  }

  /** What only some commands may be given. */
  private record Given(Optional<Reason> reason, Options options) {
    /** One that was given, if any was. */
    Optional<String> any() {
      return reason.map(r -> r.alone() ? TypedText.ALONE : TypedText.REASON).or(options::any);
    }

    boolean onlyAlone() {
      return options.any().isEmpty() && reason.filter(r -> !r.alone()).isEmpty();
    }

    /** The same for a canary. */
    Given inSteps() {
      return new Given(
          reason,
          new Options(options.route(), Optional.of(options.steps().orElseGet(InSteps::usual))));
    }
  }

  private Parsed parse(Deque<String> words, Given given) {
    Optional<String> service = Optional.empty();
    String filler = "";
    while (!words.isEmpty()) {
      String first = lower(words.peekFirst());
      if (FILLERS.contains(first)) {
        filler = first;
      } else if (service.isEmpty() && services.containsKey(first) && Word.of(first).isEmpty()) {
        service = Optional.of(services.get(first));
      } else {
        break;
      }
      words.removeFirst();
    }
    if (words.isEmpty()) {
      return withoutTarget(service, filler, given);
    }
    return withHead(words.removeFirst(), words, service, given);
  }

  private static Parsed withoutTarget(Optional<String> service, String filler, Given given) {
    if (given.any().isPresent()) {
      return wrong(Code.MISSING_TARGET, Map.of("word", given.any().get(), "usage", TARGET_USAGE));
    }
    if (filler.isEmpty() || filler.startsWith("/")) {
      return new Parsed.Understood(new Command.ListTargets(service));
    }
    return wrong(Code.MISSING_TARGET, Map.of("word", filler, "usage", TARGET_USAGE));
  }

  private Parsed withHead(String head, Deque<String> tail, Optional<String> leading, Given given) {
    Optional<Word> word = Word.of(lower(head));
    if (word.equals(Optional.of(Word.HELP))) {
      return new Parsed.Understood(new Command.Help());
    }
    if (word.equals(Optional.of(Word.CANARY))) {
      return canary(tail, leading, given);
    }
    Optional<Target> target = word.isPresent() ? word.get().target() : target(head);
    if (word.isEmpty() && target.isEmpty()) {
      return unknown(head);
    }
    Optional<String> service = leading;
    for (String next : tail) {
      Optional<String> named = Optional.ofNullable(services.get(lower(next)));
      if (service.isPresent() && !service.equals(named)) {
        return wrong(Code.TOO_MANY_WORDS, Map.of("word", shown(next)));
      }
      if (named.isEmpty()) {
        return wrong(
            Code.SERVICE_NOT_CONFIGURED,
            Map.of("service", shown(next), "known", String.join(", ", services.values())));
      }
      service = named;
    }
    if (target.isPresent()) {
      Optional<String> meant = service.or(() -> serviceOf(target.get()));
      return new Parsed.Understood(
          new Command.Rollback(
              target.get(),
              meant,
              given.reason(),
              given.options().route(),
              given.options().steps()));
    }
    boolean allowed = given.onlyAlone() && word.orElseThrow().needsApproval();
    if (given.any().isPresent() && !allowed) {
      return wrong(Code.UNKNOWN_OPTION, Map.of("option", given.any().get()));
    }
    return new Parsed.Understood(word.orElseThrow().command(service, given.reason()));
  }

  /** The word alone says nothing; a target must follow, the service before or after it. */
  private Parsed canary(Deque<String> tail, Optional<String> leading, Given given) {
    Optional<String> service = leading;
    if (service.isEmpty() && !tail.isEmpty()) {
      service = Optional.ofNullable(services.get(lower(tail.peekFirst())));
      service.ifPresent(_ -> tail.removeFirst());
    }
    Optional<Word> next = tail.isEmpty() ? Optional.empty() : Word.of(lower(tail.peekFirst()));
    if (tail.isEmpty() || next.filter(word -> word.target().isEmpty()).isPresent()) {
      return wrong(
          Code.MISSING_TARGET, Map.of("word", "canary", "usage", "canary " + TARGET_USAGE));
    }
    return withHead(tail.removeFirst(), tail, service, given.inSteps());
  }

  private Optional<Target> target(String typed) {
    String low = lower(typed);
    Matcher link = COMMIT_LINK.matcher(low);
    if (link.matches()) {
      return Optional.of(new Target.Commit(new CommitSha(link.group(1))));
    }
    if (CommitSha.isSha(low)) {
      return Optional.of(new Target.Commit(new CommitSha(low)));
    }
    Matcher ref = REF.matcher(typed);
    if (ref.matches() && !typed.contains("..") && !typed.contains("@{")) {
      String name = ref.group(2);
      return Optional.of(low.startsWith("tag") ? new Target.GitTag(name) : new Target.Branch(name));
    }
    return serviceOfRevision(low).map(_ -> new Target.ByRevision(new RevisionName(low)));
  }

  private Optional<String> serviceOf(Target target) {
    return target instanceof Target.ByRevision(RevisionName name)
        ? serviceOfRevision(name.value())
        : Optional.empty();
  }

  /** The longest known name that begins it: a service's name may begin another's. */
  private Optional<String> serviceOfRevision(String name) {
    if (!REVISION.matcher(name).matches()) {
      return Optional.empty();
    }
    return services.keySet().stream()
        .filter(service -> name.startsWith(service + "-"))
        .max(Comparator.comparingInt(String::length))
        .map(services::get);
  }

  private Parsed unknown(String typed) {
    String low = lower(typed);
    if (VERSION.matcher(low).matches()) {
      return unknown(typed, "tag:" + typed);
    }
    if (USUAL_BRANCHES.contains(low)) {
      return unknown(typed, "branch:" + typed);
    }
    if (LIKE_A_TARGET.matcher(low).matches()) {
      return wrong(Code.NOT_A_TARGET, Map.of("word", shown(typed)));
    }
    Optional<String> nearest = spelling.nearest(low);
    if (nearest.isEmpty() && WITH_DIGITS.matcher(low).matches()) {
      return wrong(Code.NOT_A_TARGET, Map.of("word", shown(typed)));
    }
    return unknown(typed, nearest.orElse("help"));
  }

  private static Parsed unknown(String typed, String suggestion) {
    return wrong(Code.UNKNOWN_WORD, Map.of("word", shown(typed), "suggestion", suggestion));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  private static String shown(String word) {
    return TypedText.cut(word, TypedText.LONGEST_WORD_SHOWN);
  }

  private static Parsed wrong(Code code, Map<String, String> details) {
    return new Parsed.Wrong(Problem.refusal(code, details));
  }
}
