package dev.rollbackbot.domain.command;

import dev.rollbackbot.domain.model.Route;
import java.util.Optional;

/** What somebody asks for. {@code service} is empty when the channel decides. */
public sealed interface Command {
  Optional<String> service();

  /** Which commits one can go back to. */
  record ListTargets(Optional<String> service) implements Command {}

  /**
   * Plan a way back and offer it.
   *
   * @param route empty where the planner may choose
   * @param steps for a canary; empty to move all users at once
   */
  record Rollback(
      Target target,
      Optional<String> service,
      Optional<Reason> reason,
      Optional<Route> route,
      Optional<InSteps> steps)
      implements Command {

    /** All at once, the planner may choose the way. */
    public static Rollback to(Target target) {
      return new Rollback(
          target, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

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

  /** Take a canary's next step; a reason is for going alone. */
  record GoOn(Optional<String> service, Optional<Reason> alone) implements Command {}

  /** Keep a canary's share where it is. */
  record Hold(Optional<String> service) implements Command {}

  /** Look at a canary's share for longer. */
  record Wait(Optional<String> service) implements Command {}

  /** How to use this. */
  record Help() implements Command {
    @Override
    public Optional<String> service() {
      return Optional.empty();
    }
  }
}
