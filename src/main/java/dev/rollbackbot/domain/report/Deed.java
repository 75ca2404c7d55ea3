package dev.rollbackbot.domain.report;

import dev.rollbackbot.domain.journal.Ending;
import java.time.Instant;

/**
 * A rollback of the past, as the bot noted it.
 *
 * @param target short commit, or the revision where no commit was known
 * @param requester who asked for it
 * @param who whose word ended it, else who approved it
 */
public record Deed(Instant at, Ending ending, String target, String requester, String who) {}
