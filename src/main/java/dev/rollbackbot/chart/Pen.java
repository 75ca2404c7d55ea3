package dev.rollbackbot.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/**
 * Colours, type and strokes: large, for a picture of 1,000 pixels is three inches wide on a phone.
 *
 * <p>Every word is plain ASCII, so that no font for Japanese is needed.
 */
record Pen(Graphics2D canvas) {
  static final Color PAPER = Color.WHITE;
  static final Color INK = new Color(0x1D1C1D);
  static final Color SOFT = new Color(0x5E5D60);
  static final Color GRID = new Color(0xDDDBDE);

  private static final int MOST_LETTERS = 18;
  private static final int SMALLEST = 16;

  Pen {
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** Where a word stands to its place. */
  enum Align {
    LEFT(0),
    MIDDLE(0.5),
    RIGHT(1);

    private final double before;

    Align(double before) {
      this.before = before;
    }
  }

  void clear(double width, double height) {
    canvas.setColor(PAPER);
    canvas.fill(new Rectangle2D.Double(0, 0, width, height));
  }

  void size(int pixels, boolean bold) {
    canvas.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, pixels));
  }

  /** The largest size up to this one at which the words are no wider. */
  void fit(String text, int pixels, boolean bold, double width) {
    int size = pixels;
    do {
      size(size, bold);
    } while (width(text) > width && --size > SMALLEST);
  }

  /** Writes on white, so that no line runs through the word. */
  void write(String text, double x, double baseline, Align align, Color colour) {
    Rectangle2D box = canvas.getFontMetrics().getStringBounds(text, canvas);
    double left = x - box.getWidth() * align.before;
    canvas.setColor(PAPER);
    canvas.fill(
        new Rectangle2D.Double(
            left - 3, baseline + box.getY(), box.getWidth() + 6, box.getHeight() - 4));
    canvas.setColor(colour);
    canvas.drawString(text, (float) left, (float) baseline);
  }

  double width(String text) {
    return canvas.getFontMetrics().getStringBounds(text, canvas).getWidth();
  }

  void line(double x1, double y1, double x2, double y2, Color colour, float... dash) {
    canvas.setColor(colour);
    canvas.setStroke(stroke(2, dash));
    canvas.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  void path(Path2D path, Ink ink) {
    canvas.setColor(ink.colour());
    canvas.setStroke(stroke(5, ink.dash()));
    canvas.draw(path);
  }

  void mark(double x, double y, Ink ink) {
    canvas.setColor(ink.filled() ? ink.colour() : PAPER);
    canvas.fill(ink.mark(x, y));
    canvas.setColor(ink.colour());
    canvas.setStroke(stroke(4));
    canvas.draw(ink.mark(x, y));
  }

  private static BasicStroke stroke(float width, float... dash) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash.length == 0 ? null : dash, 0);
  }

  /** A name from outside as the picture can hold it; the end of a revision's name tells most. */
  static String name(String name) {
    String plain = name.replaceAll("[^\\x21-\\x7e]", "?");
    return plain.length() <= MOST_LETTERS
        ? plain
        : ".." + plain.substring(plain.length() - MOST_LETTERS + 2);
  }

  /** {@code 3.7 %}; round numbers stay round. */
  static String percent(double share) {
    return number(share * 100) + " %";
  }

  /** With one digit after the point where it is not whole. */
  static String number(double number) {
    return Math.abs(number - Math.rint(number)) < 1e-6
        ? Long.toString(Math.round(number))
        : String.format(Locale.ROOT, "%.1f", number);
  }
}
