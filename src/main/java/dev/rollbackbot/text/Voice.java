package dev.rollbackbot.text;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** One language and zone, with the phrases that every card uses. */
record Voice(Sentences words, Moments clock) {
  /** As Slack limits a header. */
  static final int HEADING = 150;

  /** For the chat product. */
  static Voice of(Locale locale, Optional<ZoneId> zone) {
    return of(locale, zone, Typing.CHAT);
  }

  static Voice of(Locale locale, Optional<ZoneId> zone, Typing typing) {
    Texts texts = Texts.of(locale);
    return new Voice(new Sentences(texts, typing), new Moments(texts, zone));
  }

  /** The whole command for these words, as it is typed where this is read. */
  String command(String words) {
    return words().typing().command(words);
  }

  /** Whether something can be pressed where this is read. */
  boolean hasButtons() {
    return words.typing().hasButtons();
  }

  List<Part> say(String key, Slot... slots) {
    return words.say(key, slots);
  }

  String plain(String key, Slot... slots) {
    return words.plain(key, slots);
  }

  Block.Paragraph paragraph(String key, Slot... slots) {
    return words.paragraph(key, slots);
  }

  /** A card's first line; where names are very long, the place gives way and never the commits. */
  String heading(String word, ServiceId service, String from, String to) {
    Slot[] slots = {
      Slot.text("word", word),
      Slot.text("service", service.name()),
      Slot.text("place", place(service)),
      Slot.text("from", from),
      Slot.text("to", to)
    };
    String full = plain("heading.move", slots);
    return full.length() <= HEADING
        ? full
        : OneLine.within(plain("heading.move.short", slots), HEADING);
  }

  /** The first line of what concerns a whole service. */
  String heading(String word, ServiceId service) {
    return OneLine.within(
        plain(
            "heading.service",
            Slot.text("word", word),
            Slot.text("service", service.name()),
            Slot.text("place", place(service))),
        HEADING);
  }

  private static String place(ServiceId service) {
    return service.project() + " / " + service.region();
  }

  /** The commit as people call it, or the revision where no commit is known. */
  static String nameOf(Optional<CommitSha> commit, RevisionName revision) {
    return commit.map(CommitSha::abbreviated).orElse(revision.value());
  }

  /** A commit with its subject and author, as far as they are known. */
  List<Part> commit(Optional<CommitSha> sha, Optional<CommitInfo> text) {
    if (text.isPresent()) {
      return commit(text.get());
    }
    return sha.isPresent()
        ? say("commit.bare", Slot.mono("sha", sha.get().abbreviated()))
        : say("commit.unknown");
  }

  List<Part> commit(CommitInfo commit) {
    return say(
        "commit.full",
        Slot.mono("sha", commit.sha().abbreviated()),
        Slot.text("subject", OneLine.of(commit.subject(), OneLine.SUBJECT)),
        Slot.text("author", OneLine.of(commit.author(), OneLine.NAME)));
  }

  /** Who serves how much; {@code names} adds the commit of a revision where it is known. */
  List<Part> split(LiveSplit split, Function<RevisionName, Optional<CommitSha>> names) {
    if (split.percents().isEmpty()) {
      return say("split.nobody");
    }
    var parts = new ArrayList<Part>();
    split
        .percents()
        .forEach(
            (revision, percent) -> {
              if (!parts.isEmpty()) {
                parts.add(new Part.Literal(", "));
              }
              names
                  .apply(revision)
                  .ifPresent(
                      sha -> {
                        parts.add(new Part.Mono(sha.abbreviated()));
                        parts.add(new Part.Literal(" "));
                      });
              parts.add(new Part.Literal(revision.value() + " " + percent + " %"));
            });
    return parts;
  }

  /** The first {@code most} as bullets, and how many more there are. */
  <T> List<Part> bullets(List<T> items, int most, Function<T, List<Part>> line) {
    var lines = new ArrayList<List<Part>>();
    items.stream().limit(most).forEach(item -> lines.add(bullet(line.apply(item))));
    if (items.size() > most) {
      lines.add(say("more", Slot.number("n", items.size() - most)));
    }
    return Sentences.lines(lines);
  }

  private static List<Part> bullet(List<Part> parts) {
    var bulleted = new ArrayList<Part>();
    bulleted.add(new Part.Literal("• "));
    bulleted.addAll(parts);
    return bulleted;
  }

  /** A neighbour that gave no answer, by the name people know; see {@code Known.Unknown}. */
  List<Part> unknown(String source) {
    String key = "unknown." + source;
    return words.texts().has(key)
        ? say(key)
        : say("unknown.other", Slot.text("source", OneLine.of(source, OneLine.NAME)));
  }

  /** The same, with the permission that is missing for it. */
  List<Part> unknown(String source, Optional<Grant> missing) {
    List<Part> said = unknown(source);
    return missing
        .map(grant -> Stream.of(said, say("sentences.join"), missing(grant)))
        .map(sentences -> sentences.flatMap(List::stream).toList())
        .orElse(said);
  }

  /** A permission that the bot lacks, and the command that grants it. */
  List<Part> missing(Grant grant) {
    return say(
        "caution.PermissionMissing",
        Slot.mono("permission", OneLine.of(grant.permission(), OneLine.NAME)),
        Slot.mono("command", OneLine.of(grant.command(), OneLine.LIST)));
  }

  /** A reason of our own in this language; anybody else's words as they are, on one line. */
  String reason(String reason) {
    String key = "reason." + reason.toLowerCase(Locale.ROOT).replace(' ', '_');
    return words.texts().has(key) ? plain(key) : OneLine.of(reason, OneLine.REASON);
  }

  /** A command under the line that says what it is for. */
  List<Block> byHand(String key, String command) {
    return List.of(paragraph(key), new Block.Code(command));
  }
}
