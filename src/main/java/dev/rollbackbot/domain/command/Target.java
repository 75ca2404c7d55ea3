package dev.rollbackbot.domain.command;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.RevisionName;

/** Where somebody wants to go back to. */
public sealed interface Target {
  /** By commit, whole or abbreviated. */
  record Commit(CommitSha sha) implements Target {}

  /** By the name of a git tag: {@code tag:v1.4.0}. */
  record GitTag(String name) implements Target {}

  /** By the tip of a branch: {@code branch:main}. */
  record Branch(String name) implements Target {}

  /** By a revision's own name. */
  record ByRevision(RevisionName name) implements Target {}

  /** The last one that served at least an hour or was verified. */
  record Previous() implements Target {}

  /** As a person would type it. */
  default String typed() {
    return switch (this) {
      case Commit(CommitSha sha) -> sha.value();
      case GitTag(String name) -> "tag:" + name;
      case Branch(String name) -> "branch:" + name;
      case ByRevision(RevisionName name) -> name.value();
      case Previous() -> "previous";
    };
  }
}
