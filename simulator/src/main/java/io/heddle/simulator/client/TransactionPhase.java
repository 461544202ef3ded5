package io.heddle.simulator.client;

/** The states of a transactional producer, by the names that kafka-clients' messages tell. */
enum TransactionPhase {
  UNINITIALIZED,
  INITIALIZING,
  READY,
  IN_TRANSACTION,
  COMMITTING_TRANSACTION,
  ABORTING_TRANSACTION,
  ABORTABLE_ERROR,
  FATAL_ERROR;

  boolean canBecome(TransactionPhase next) {
    return switch (next) {
      case UNINITIALIZED -> this == READY || this == ABORTABLE_ERROR;
      case INITIALIZING -> this == UNINITIALIZED || isCompleting();
      case READY -> this == INITIALIZING || isCompleting();
      case IN_TRANSACTION -> this == READY;
      case COMMITTING_TRANSACTION -> this == IN_TRANSACTION;
      case ABORTING_TRANSACTION -> this == IN_TRANSACTION || this == ABORTABLE_ERROR;
      case ABORTABLE_ERROR ->
          this == IN_TRANSACTION
              || this == COMMITTING_TRANSACTION
              || this == ABORTABLE_ERROR
              || this == INITIALIZING;
      case FATAL_ERROR -> true;
    };
  }

  boolean isCompleting() {
    return this == COMMITTING_TRANSACTION || this == ABORTING_TRANSACTION;
  }

  boolean isError() {
    return this == ABORTABLE_ERROR || this == FATAL_ERROR;
  }
}
