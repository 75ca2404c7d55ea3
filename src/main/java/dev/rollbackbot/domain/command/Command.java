package dev.rollbackbot.domain.command;

import dev.rollbackbot.domain.model.Route;
import java.util.Optional;

/** What somebody asks for. {@code service} is empty when the channel decides. */
public sealed interface Command {
  Optional<String> service();

  /** Which commits one can go back to. */
  record ListTargets(Optional<String> service) implements Command {}

  /** Plan a way back and offer it. {@code route} is empty where the planner may choose. */
  record Rollback(
      Target target, Optional<String> service, Optional<Reason> reason, Optional<Route> route)
      implements Command {}

  /** What is live, since when, and what is open. */
  record Status(Optional<String> service) implements Command {}

  /** What was done lately. */
  record History(Optional<String> service) implements Command {}

  /** End a moving rollback. */
  record Stop(Optional<String> service) implements Command {}

  /** Put the split back that was there before; a reason is for going alone. */
  record Undo(Optional<String> service, Optional<Reason> alone) implements Command {}

  /** Close the open rollback and stay. */
  record Keep(Optional<String> service) implements Command {}

  /** Let users follow the newest revision again; a reason is for going alone. */
  record Newest(Optional<String> service, Optional<Reason> alone) implements Command {}

  /** How to use this. */
  record Help() implements Command {
    @Override
    public Optional<String> service() {
      return Optional.empty();
    }
  }
}
