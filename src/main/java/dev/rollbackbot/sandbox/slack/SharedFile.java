package dev.rollbackbot.sandbox.slack;

import static java.util.Objects.requireNonNull;

/**
 * A file in a message, without its bytes.
 *
 * @param altText for who does not see it; empty if none was given
 * @param size in bytes
 */
public record SharedFile(String id, String name, String title, String altText, int size) {
  public SharedFile {
    requireNonNull(id);
    requireNonNull(name);
    requireNonNull(title);
    requireNonNull(altText);
  }

  /** By its name's ending, for the few kinds that an app here sends. */
  public String mimeType() {
    return name.endsWith(".png")
        ? "image/png"
        : name.endsWith(".txt") ? "text/plain" : "application/octet-stream";
  }
}
