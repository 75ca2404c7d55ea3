package dev.rollbackbot.sandbox.page;

import java.util.List;

/** Completion of a command that is being typed. */
public interface Hints {

  /** Whole lines that could be meant by what was typed so far, best first. */
  List<String> complete(String typed);
}
