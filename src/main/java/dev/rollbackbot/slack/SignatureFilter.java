package dev.rollbackbot.slack;

import dev.rollbackbot.domain.command.SignedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before Bolt and lets only requests through that Slack signed, once, a short while ago, and
 * that are of a sensible size.
 *
 * <p>Answers 405 to anything but POST, 413 to a body over {@value #MOST_BYTES} bytes, 401 to the
 * rest. Bolt's own check compares with {@code equals}, lets the future and replays pass and reads
 * any amount first (bolt 1.51.0, {@code RequestVerification}), so it stays off.
 */
final class SignatureFilter implements Filter {
  static final int MOST_BYTES = 256 * 1024;

  /** The request being served, with its bytes as they were signed. */
  static final ScopedValue<SignedRequest> REQUEST = ScopedValue.newInstance();

  private static final Logger LOG = LoggerFactory.getLogger(SignatureFilter.class);

  private final SlackSignature signature;
  private final InstantSource clock;
  private final ReplayGuard replays = new ReplayGuard();

  SignatureFilter(SlackSignature signature, InstantSource clock) {
    this.signature = signature;
    this.clock = clock;
  }

  @Override
  public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain)
      throws IOException, ServletException {
    var request = (HttpServletRequest) in;
    var response = (HttpServletResponse) out;
    if (!request.getMethod().equals("POST")) {
      refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "only POST is served here");
      return;
    }
    Optional<byte[]> body = body(request);
    if (body.isEmpty()) {
      refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "the body is too large");
      return;
    }
    var signed =
        new SignedRequest(
            body.get(),
            header(request, "X-Slack-Request-Timestamp"),
            header(request, "X-Slack-Signature"),
            header(request, "Content-Type"));
    if (!signature.verifies(signed, clock.instant())) {
      refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "not signed by Slack just now");
      return;
    }
    if (!replays.isNew(signed.signature(), clock.instant())) {
      refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "this request was here before");
      return;
    }
    try {
      ScopedValue.where(REQUEST, signed)
          .call(
              () -> {
                chain.doFilter(new RereadRequest(request, signed.body()), response);
                return signed;
              });
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    } finally {
      if (response.getStatus() >= 500) {
        replays.forget(signed.signature());
      }
    }
  }

  private static Optional<byte[]> body(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > MOST_BYTES) {
      return Optional.empty();
    }
    byte[] read = request.getInputStream().readNBytes(MOST_BYTES + 1);
    return read.length > MOST_BYTES ? Optional.empty() : Optional.of(read);
  }

  private static String header(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private static void refuse(HttpServletResponse response, int status, String why)
      throws IOException {
    LOG.warn("refused a request with {}: {}", status, why);
    response.setStatus(status);
    response.setContentType("text/plain; charset=utf-8");
    // What is left of a refused body is not worth reading.
    response.setHeader("Connection", "close");
    response.getOutputStream().write(why.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void init(FilterConfig config) {}

  @Override
  public void destroy() {}
}
