package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.TrafficSplit;

/** One change of traffic; each is written together with the journal that records it. */
public sealed interface Step {

  /** What the traffic list becomes. */
  TrafficSplit apply(TrafficSplit now);

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

  /** One after the other, in one write. */
  record Both(Step first, Step second) implements Step {
    @Override
    public TrafficSplit apply(TrafficSplit now) {
      return second.apply(first.apply(now));
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
