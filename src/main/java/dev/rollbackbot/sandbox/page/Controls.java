package dev.rollbackbot.sandbox.page;

import java.util.List;
import java.util.Locale;

/** What a person can do to the sandbox's world; filled by who puts the sandbox together. */
public interface Controls {

  /** The buttons as they stand now, in reading order. Asked about once a second; answers fast. */
  List<Control> list(Locale locale);

  /**
   * Does what a button says; may take seconds.
   *
   * @return one sentence that says what happened
   * @throws IllegalArgumentException if no button has this id
   */
  String press(String id, Locale locale);

  /** The settings as they stand now, in reading order. Asked about once a second; answers fast. */
  List<Choice> choices(Locale locale);

  /**
   * Sets one.
   *
   * @return one sentence that says what holds now
   * @throws IllegalArgumentException if there is no such setting, or no such value of it
   */
  String choose(String id, String value, Locale locale);

  /** A few lines about the service: live split, health. Asked about once a second; answers fast. */
  String statusText(Locale locale);
}
