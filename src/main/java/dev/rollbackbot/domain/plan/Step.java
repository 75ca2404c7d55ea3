package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.TrafficSplit;
import java.util.Optional;

/** One change of a service; each is written together with the journal that records it. */
public sealed interface Step {

  /** What the traffic list becomes. */
  TrafficSplit apply(TrafficSplit now);

  /** The revision it makes, if it makes one. */
  default Optional<NewRevision> makes() {
    return Optional.empty();
  }

  /** Puts our tag on a revision at 0 %, so that it can be probed before anybody meets it. */
  record AddTag(String tag, RevisionName revision) implements Step {
    @Override
    public TrafficSplit apply(TrafficSplit now) {
      return now.withTag(tag, revision);
    }
  }

  /** Takes our tag away. */
  record DropTag(String tag) implements Step {
    @Override
    public TrafficSplit apply(TrafficSplit now) {
      return now.withoutTag(tag);
    }
  }

  /** Gives users to these revisions by name. */
  record Share(LiveSplit split) implements Step {
    @Override
    public TrafficSplit apply(TrafficSplit now) {
      return now.withShares(split);
    }
  }

  /** Lets users follow the newest revision. */
  record FollowLatest() implements Step {
    @Override
    public TrafficSplit apply(TrafficSplit now) {
      return now.withLatest100();
    }
  }

  /**
   * Makes a revision that no user meets: users stay by name, for from now on LATEST means the new
   * one, and our tag is put on it where its name is known.
   */
  record Make(NewRevision revision, String tag, LiveSplit live) implements Step {
    @Override
    public TrafficSplit apply(TrafficSplit now) {
      TrafficSplit pinned = now.withShares(live);
      return revision.named() ? pinned.withTag(tag, revision.name()) : pinned.withoutTag(tag);
    }

    @Override
    public Optional<NewRevision> makes() {
      return Optional.of(revision);
    }
  }

  /** One after the other, in one write. */
  record Both(Step first, Step second) implements Step {
    @Override
    public TrafficSplit apply(TrafficSplit now) {
      return second.apply(first.apply(now));
    }

    @Override
    public Optional<NewRevision> makes() {
      return first.makes().or(second::makes);
    }
  }

  /** Changes no traffic; only the journal says something new. */
  record Note() implements Step {
    @Override
    public TrafficSplit apply(TrafficSplit now) {
      return now;
    }
  }
}
