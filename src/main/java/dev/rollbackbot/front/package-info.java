/** Receives a request, answers what needs no facts, and hands the rest to the queue. */
@NullMarked
package dev.rollbackbot.front;

import org.jspecify.annotations.NullMarked;
