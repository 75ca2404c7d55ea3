package dev.rollbackbot.domain.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The words of the grammar, with what Japanese speakers type for them. */
enum Word {
  LIST("list", "一覧"),
  STATUS("status", "状態"),
  HISTORY("history", "履歴"),
  STOP("stop", "停止"),
  UNDO("undo", "取り消し"),
  KEEP("keep", "維持"),
  NEWEST("newest", "最新"),
  GO_ON("go-on", "続行"),
  HOLD("hold", "保留"),
  WAIT("wait", "待機"),
  PREVIOUS("previous", "前回"),
  CANARY("canary", "カナリア"),
  HELP("help", "ヘルプ");

  private final String english;
  private final String japanese;

  Word(String english, String japanese) {
    this.english = english;
    this.japanese = japanese;
  }

  /** The word that reads so, in lower case. */
  static Optional<Word> of(String typed) {
    return Arrays.stream(values())
        .filter(word -> word.english.equals(typed) || word.japanese.equals(typed))
        .findFirst();
  }

  /** Every way to write one, English first. */
  static List<String> spellings() {
    var all = new ArrayList<String>();
    Arrays.stream(values()).forEach(word -> all.add(word.english));
    Arrays.stream(values()).forEach(word -> all.add(word.japanese));
    return all;
  }

  /** The place it names, if it names one. */
  Optional<Target> target() {
    return this == PREVIOUS ? Optional.of(new Target.Previous()) : Optional.empty();
  }

  /** Whether it changes what users get under the service's policy, so that one may go alone. */
  boolean needsApproval() {
    return this == UNDO || this == NEWEST || this == GO_ON;
  }

  /** What it asks for. */
  Command command(Optional<String> service, Optional<Reason> alone) {
    return switch (this) {
      case LIST -> new Command.ListTargets(service);
      case STATUS -> new Command.Status(service);
      case HISTORY -> new Command.History(service);
      case STOP -> new Command.Stop(service);
      case UNDO -> new Command.Undo(service, alone);
      case KEEP -> new Command.Keep(service);
      case NEWEST -> new Command.Newest(service, alone);
      case GO_ON -> new Command.GoOn(service, alone);
      case HOLD -> new Command.Hold(service);
      case WAIT -> new Command.Wait(service);
      // Their command needs what follows them.
      case PREVIOUS, CANARY, HELP -> new Command.Help();
    };
  }
}
