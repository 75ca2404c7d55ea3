/** Whole rollbacks in virtual time: seeded crashes, lost answers, second writers and people. */
@NullMarked
package dev.rollbackbot.simulation;

import org.jspecify.annotations.NullMarked;
