package dev.rollbackbot.chart;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/** How one side is drawn: told apart by stroke and mark, with colour only on top. */
enum Ink {
  /** Solid, with discs. */
  TARGET(new Color(0x0B5CAD), true) {
    @Override
    float[] dash() {
      return new float[0];
    }

    @Override
    Shape mark(double x, double y) {
      return new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
    }
  },
  /** Dashed, with open squares. */
  LIVE(new Color(0xA83C00), false) {
    @Override
    float[] dash() {
      return new float[] {14, 9};
    }

    @Override
    Shape mark(double x, double y) {
      return new Rectangle2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
    }
  };

  private static final double RADIUS = 7;

  private final Color colour;
  private final boolean filled;

  Ink(Color colour, boolean filled) {
    this.colour = colour;
    this.filled = filled;
  }

  Color colour() {
    return colour;
  }

  boolean filled() {
    return filled;
  }

  abstract float[] dash();

  abstract Shape mark(double x, double y);
}
