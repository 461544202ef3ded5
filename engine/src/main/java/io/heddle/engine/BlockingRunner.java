package io.heddle.engine;

/** Runs jobs on the calling thread. */
record BlockingRunner<K, V>(JobProcessor<K, V> processor) implements JobRunner<K, V> {

  @Override
  public boolean run(Job<K, V> job, Runnable later) {
    try {
      processor.process(job.key(), job.value());
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      job.setFailure(e);
    }
    return true;
  }
}
