package dev.rollbackbot.sandbox.kback;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One request and its answer, with what Cloud Run's request log and the program's stderr tell.
 *
 * @param when the request came
 * @param service full resource name
 * @param revision short name of the revision that was asked
 * @param method of HTTP
 * @param url as the client asked for it: it tells a tag's URL from the service's
 * @param path of that URL
 * @param userAgent empty if none was sent
 * @param remoteIp address of the caller, as the front end saw it
 * @param status of the answer
 * @param latency until the answer was sent
 * @param exceptionText a Python traceback, if the program failed
 */
public record ServedRequest(
    Instant when,
    String service,
    String revision,
    String method,
    String url,
    String path,
    String userAgent,
    String remoteIp,
    int status,
    Duration latency,
    Optional<String> exceptionText) {}
