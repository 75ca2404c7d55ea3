/** Stories played through the same doors that people use. */
@NullMarked
package dev.rollbackbot.sandbox.story;

import org.jspecify.annotations.NullMarked;
