/** Messages in Japanese and English, free of any chat product. */
@NullMarked
package dev.rollbackbot.text;

import org.jspecify.annotations.NullMarked;
