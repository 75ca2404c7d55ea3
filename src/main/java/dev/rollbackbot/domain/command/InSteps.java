package dev.rollbackbot.domain.command;

import static java.util.stream.Collectors.joining;

import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.Ladder.Advance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What somebody says of a canary's ladder; the service's own fills in the rest. */
public record InSteps(
    Optional<List<Integer>> steps, Optional<Duration> hold, Optional<Advance> advance) {
  public InSteps {
    steps = steps.map(List::copyOf);
  }

  /** As the service has it. */
  public static InSteps usual() {
    return new InSteps(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** All that a ladder says. */
  public static InSteps of(Ladder ladder) {
    return new InSteps(
        Optional.of(ladder.steps()), Optional.of(ladder.hold()), Optional.of(ladder.advance()));
  }

  /** As one types it after the target. */
  public String typed() {
    return steps
            .map(s -> " --steps " + s.stream().map(String::valueOf).collect(joining(",")))
            .orElse("")
        + hold.map(time -> " --hold " + typed(time)).orElse("")
        + advance.map(a -> a == Advance.AUTO ? " --auto" : " --ask").orElse("");
  }

  private static String typed(Duration time) {
    long seconds = time.toSeconds();
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** The ladder that is meant where {@code usual} is the service's own. */
  public Ladder on(Ladder usual) {
    return new Ladder(
        steps.orElse(usual.steps()), hold.orElse(usual.hold()), advance.orElse(usual.advance()));
  }
}
