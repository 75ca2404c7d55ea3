/**
 * The words of the trade: commits, services, images, revisions, traffic, and why something is not
 * possible.
 */
@NullMarked
package dev.rollbackbot.domain.model;

import org.jspecify.annotations.NullMarked;
