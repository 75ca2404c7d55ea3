/** Draws the pictures of a thread with the JDK's own Java2D, without a screen. */
@NullMarked
package dev.rollbackbot.chart;

import org.jspecify.annotations.NullMarked;
