package dev.rollbackbot.slack;

import com.slack.api.bolt.servlet.SlackAppServlet;
import dev.rollbackbot.port.Inbox;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import javax.servlet.DispatcherType;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one address that Slack calls: our filter, then Bolt, on Jetty. {@code GET /healthz} answers
 * {@code ok}.
 *
 * <p>Jetty is set up here and not by bolt-jetty's {@code SlackAppServer}, which binds every
 * interface, cannot take a free port, and cuts running requests off when it stops.
 */
public final class SlackFrontServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlackFrontServer.class);

  private static final int MOST_THREADS = 64;
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** Running requests may end; they are bounded by Slack's three seconds. */
  private static final Duration DRAIN = Duration.ofSeconds(4);

  /** What is left of Slack's three seconds when the queue took its two. */
  private static final Duration ANSWER_PATIENCE = Duration.ofMillis(800);

  private final Server server;
  private final ServerConnector connector;
  private final ResponseUrl responseUrl;
  private final Settings settings;

  /**
   * Where it listens and whom it believes.
   *
   * @param host the interface: {@code 0.0.0.0} in production, {@code 127.0.0.1} in the sandbox
   * @param port 0 takes a free one
   * @param path of Slack's request URL, such as {@code /slack/events}
   * @param signingSecrets one, or two while one replaces the other
   * @param responseUrlPrefix where clicks are answered: {@code https://hooks.slack.com/}
   */
  public record Settings(
      String host, int port, String path, List<String> signingSecrets, String responseUrlPrefix) {
    public Settings {
      signingSecrets = List.copyOf(signingSecrets);
      if (!path.startsWith("/") || path.equals("/")) {
        throw new IllegalArgumentException("the request path is such as /slack/events: " + path);
      }
    }

    /** The secrets stay out of logs. */
    @Override
    public String toString() {
      return "Settings[%s:%d%s]".formatted(host, port, path);
    }
  }

  private SlackFrontServer(Settings settings, Inbox inbox, InstantSource clock) {
    var signature = new SlackSignature(settings.signingSecrets());
    this.settings = settings;
    this.responseUrl = new ResponseUrl(settings.responseUrlPrefix(), ANSWER_PATIENCE);
    var threads = new QueuedThreadPool(MOST_THREADS, 4);
    threads.setName("front");
    this.server = new Server(threads);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);

    var routes = new BoltRoutes(inbox, new SlackRequestReader(signature), responseUrl);
    var context = new ServletContextHandler();
    context.addFilter(
        new FilterHolder(new SignatureFilter(signature, clock)),
        settings.path(),
        EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(new ServletHolder(new SlackAppServlet(routes.app())), settings.path());
    context.addServlet(new ServletHolder(new Healthz()), "/healthz");
    // Only with its statistics does Jetty know which requests still run when it stops.
    var statistics = new StatisticsHandler();
    statistics.setHandler(context);
    server.setHandler(statistics);
    server.setStopTimeout(DRAIN.toMillis());
  }

  /**
   * Opens the port and serves at once; what the inbox needs may still be in the making.
   *
   * @throws IllegalArgumentException naming the setting, when there is no signing secret
   * @throws IOException when the port cannot be opened
   */
  public static SlackFrontServer start(Settings settings, Inbox inbox, InstantSource clock)
      throws IOException {
    var front = new SlackFrontServer(settings, inbox, clock);
    try {
      front.server.start();
    } catch (IOException e) {
      front.close();
      throw e;
    } catch (Exception e) {
      front.close();
      throw new IOException("the front cannot open its port", e);
    }
    LOG.info("listening on {}:{}{}", settings.host(), front.port(), settings.path());
    return front;
  }

  /** The port that was opened. */
  public int port() {
    return connector.getLocalPort();
  }

  /** The path of Slack's request URL. */
  public String path() {
    return settings.path();
  }

  /** Takes no more requests, lets running ones end, and closes the port. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the front did not stop cleanly", e);
    } finally {
      responseUrl.close();
    }
  }

  /** Answers that the port is open. */
  private static final class Healthz extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain; charset=utf-8");
      response.getWriter().print("ok");
    }
  }
}
