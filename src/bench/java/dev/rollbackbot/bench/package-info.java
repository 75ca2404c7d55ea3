/** How long the stand-ins worked and how long people waited, for the benchmarks. */
@NullMarked
package dev.rollbackbot.bench;

import org.jspecify.annotations.NullMarked;
