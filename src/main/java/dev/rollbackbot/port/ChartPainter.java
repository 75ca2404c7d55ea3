package dev.rollbackbot.port;

import dev.rollbackbot.domain.report.CanaryChart;
import java.util.Optional;

/** Draws what a thread shows beside its words. */
@FunctionalInterface
public interface ChartPainter {

  /** A PNG image; empty where this machine cannot draw, for then the words must do. */
  Optional<byte[]> png(CanaryChart chart);
}
