package io.heddle.engine;

/**
 * How often an event has failed, and where last.
 *
 * @param stage the stage that failed last; {@link FailureStage#HANDLER} if none has
 * @param count how many attempts have failed at that stage since it last succeeded
 */
record Attempts(FailureStage stage, int count) {
  static final Attempts NONE = new Attempts(FailureStage.HANDLER, 0);

  Attempts andOne(FailureStage failed) {
    return new Attempts(failed, stage == failed ? count + 1 : 1);
  }
}
