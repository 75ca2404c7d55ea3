package dev.rollbackbot.sandbox.cloudrun;

/** The calls of the Admin API that the stand-in answers, for switching faults. */
public enum Call {
  GET_SERVICE,
  LIST_SERVICES,
  UPDATE_SERVICE,
  TEST_IAM_PERMISSIONS,
  GET_REVISION,
  LIST_REVISIONS,
  GET_OPERATION
}
