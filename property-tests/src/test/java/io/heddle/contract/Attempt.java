package io.heddle.contract;

/** A step that remembers what it has thrown. */
final class Attempt implements Runnable {
  private final KafkaArm.Step step;
  private volatile Throwable thrown;

  Attempt(KafkaArm.Step step) {
    this.step = step;
  }

  @Override
  public void run() {
    try {
      step.run();
    } catch (Exception | AssertionError failed) {
      thrown = failed;
    }
  }

  /** Throws what the step has thrown, or that it has not come to its end. */
  void end(boolean reached) throws Exception {
    if (!reached) {
      throw new AssertionError("a step on another thread has not ended");
    }
    if (thrown instanceof Exception exception) {
      throw exception;
    }
    if (thrown instanceof AssertionError error) {
      throw error;
    }
  }
}
