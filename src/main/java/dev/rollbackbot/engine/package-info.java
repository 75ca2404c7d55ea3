/** What desk, driver and terminal share: facts, offers, cards, and the only hand that writes. */
@NullMarked
package dev.rollbackbot.engine;

import org.jspecify.annotations.NullMarked;
