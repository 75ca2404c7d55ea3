package dev.rollbackbot.sandbox.git;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One commit to make.
 *
 * @param label how other steps name it; empty when none does
 * @param parent the label it follows; empty for the step before it
 * @param merged the label of a second parent; empty for none
 * @param nonce eight hex digits that were searched for, so that the hash begins as the story wants;
 *     empty for most
 */
record Step(
    Author author,
    Instant time,
    String subject,
    List<Change> changes,
    String label,
    String parent,
    String merged,
    String nonce) {

  enum Author {
    AIKO("佐藤 愛子", "aiko@k-back.example"),
    BEN("Ben Carter", "ben@k-back.example"),
    REN("高橋 蓮", "ren@k-back.example"),
    MARIA("Maria Santos", "maria@k-back.example");

    final String fullName;
    final String email;

    Author(String fullName, String email) {
      this.fullName = fullName;
      this.email = email;
    }
  }

  /**
   * A change of one file.
   *
   * @param append whether the text goes to the end or is the whole file
   */
  record Change(String path, String text, boolean append) {}

  Step {
    changes = List.copyOf(changes);
  }

  /**
   * Begins a step.
   *
   * @param dayAndTime in November 2026, Japan time, such as {@code 10T09:12}
   */
  static Step by(Author author, String dayAndTime, String subject) {
    Instant time = Instant.parse("2026-11-" + dayAndTime + ":00+09:00");
    return new Step(author, time, subject, List.of(), "", "", "", "");
  }

  Step write(String path, String text) {
    return with(new Change(path, text, false));
  }

  Step append(String path, String text) {
    return with(new Change(path, text, true));
  }

  Step named(String name) {
    return new Step(author, time, subject, changes, name, parent, merged, nonce);
  }

  Step after(String name) {
    return new Step(author, time, subject, changes, label, name, merged, nonce);
  }

  Step merging(String name) {
    return new Step(author, time, subject, changes, label, parent, name, nonce);
  }

  Step nonce(String found) {
    return new Step(author, time, subject, changes, label, parent, merged, found);
  }

  /** The whole commit message. */
  String message() {
    return nonce.isEmpty() ? subject + "\n" : subject + "\n\nBuild-Nonce: " + nonce + "\n";
  }

  private Step with(Change change) {
    List<Change> more = new ArrayList<>(changes);
    more.add(change);
    return new Step(author, time, subject, more, label, parent, merged, nonce);
  }
}
