package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.Service;
import java.time.Instant;

/** Hears of each write, as the Admin Activity audit log would. */
@FunctionalInterface
public interface AuditListener {

  /**
   * A write was tried. Called while the model is locked: it must not block.
   *
   * @param when the time of the write
   * @param principal who wrote
   * @param methodName as in {@code protoPayload.methodName}
   * @param userAgent as in {@code protoPayload.requestMetadata.callerSuppliedUserAgent}
   * @param after the service after the write, or as it was if the write was refused
   * @param ok whether the write landed
   */
  void wrote(
      Instant when,
      String principal,
      String methodName,
      String userAgent,
      Service after,
      boolean ok);
}
