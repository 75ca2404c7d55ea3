package dev.rollbackbot.port;

/** A PNG image with the words for those who do not see it. */
public final class Picture {
  private final byte[] png;
  private final String fileName;
  private final String title;
  private final String altText;

  /**
   * Copies the bytes.
   *
   * @param fileName ends in {@code .png}
   * @param altText says everything that the image shows
   */
  public Picture(byte[] png, String fileName, String title, String altText) {
    if (png.length == 0 || !fileName.endsWith(".png") || altText.isBlank()) {
      throw new IllegalArgumentException("a picture needs bytes, a .png name and an alt text");
    }
    this.png = png.clone();
    this.fileName = fileName;
    this.title = title;
    this.altText = altText;
  }

  /** A copy of the image. */
  public byte[] png() {
    return png.clone();
  }

  public String fileName() {
    return fileName;
  }

  public String title() {
    return title;
  }

  public String altText() {
    return altText;
  }
}
