/** The git history of the services' code, by JGit, from clones that are only ever read. */
@NullMarked
package dev.rollbackbot.git;

import org.jspecify.annotations.NullMarked;
