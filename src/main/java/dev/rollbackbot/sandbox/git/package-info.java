/** The demo service's git repository, made on the spot and always with the same hashes. */
@NullMarked
package dev.rollbackbot.sandbox.git;

import org.jspecify.annotations.NullMarked;
