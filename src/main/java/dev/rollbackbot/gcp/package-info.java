/** The ports to Google Cloud, through the real clients. */
@NullMarked
package dev.rollbackbot.gcp;

import org.jspecify.annotations.NullMarked;
