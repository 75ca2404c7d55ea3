package dev.rollbackbot.sandbox.page;

import com.sun.net.httpserver.HttpExchange;
import java.util.Optional;
import java.util.Set;

/**
 * Who may talk to the page: only a browser that was pointed at loopback (against DNS rebinding),
 * and, for anything that acts, only the page's own script (another site cannot set the header
 * without a preflight, which is never granted).
 */
final class Door {
  static final String SCRIPT_HEADER = "X-Sandbox-Page";

  private Door() {}

  /** The HTTP status of a refusal; empty if the request may pass. */
  static Optional<Integer> refusal(HttpExchange exchange, String method) {
    var port = exchange.getLocalAddress().getPort();
    var hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    var host = exchange.getRequestHeaders().getFirst("Host");
    if (host == null || !hosts.contains(host)) {
      return Optional.of(421);
    }
    if (!exchange.getRequestMethod().equals(method)) {
      return Optional.of(405);
    }
    if (method.equals("POST")
        && !"1".equals(exchange.getRequestHeaders().getFirst(SCRIPT_HEADER))) {
      return Optional.of(403);
    }
    return Optional.empty();
  }
}
