package dev.rollbackbot.gcp;

import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A client that is made when it is first asked for, once, and closed if it was made. */
final class Lazy<C extends AutoCloseable> {

  /** Makes the client; fails where there are no credentials. */
  interface Maker<C> {
    C make() throws IOException;
  }

  private final Maker<C> maker;
  private @Nullable C made;
  private boolean closed;

  Lazy(Maker<C> maker) {
    this.maker = maker;
  }

  synchronized C get() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    C client = made;
    if (client == null) {
      try {
        client = maker.make();
      } catch (IOException e) {
        throw new WorldException(Kind.DENIED, "no client could be made: " + e.getMessage(), e);
      }
      made = client;
    }
    return client;
  }

  /** Makes no client from now on, and gives away the one that was made. */
  synchronized @Nullable C end() {
    closed = true;
    C client = made;
    made = null;
    return client;
  }
}
