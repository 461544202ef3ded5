package io.heddle.engine;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Starts jobs on the calling thread and holds their keys until their stages complete. */
record StageRunner<K, V>(AsyncJobProcessor<K, V> processor) implements JobRunner<K, V> {

  @Override
  public boolean run(Job<K, V> job, Runnable later) {
    CompletionStage<?> stage;
    try {
      stage = processor.process(job.key(), job.value());
      if (stage == null) {
        throw new NullPointerException("the processor returned null instead of a stage");
      }
    } catch (Exception e) {
      job.setFailure(e);
      return true;
    }
    // Whoever comes second, the completion or the look after subscribing, goes on with the lane.
    AtomicBoolean first = new AtomicBoolean(true);
    CompletionStage<?> unused =
        stage.whenComplete(
            (result, failure) -> {
              job.setFailure(unwrap(failure));
              if (!first.getAndSet(false)) {
                later.run();
              }
            });
    return !first.getAndSet(false);
  }

  static @Nullable Exception unwrap(@Nullable Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() instanceof Exception cause) {
      return cause;
    }
    if (failure == null || failure instanceof Exception) {
      return (Exception) failure;
    }
    // A stage that failed with an Error, on some thread that has dealt with it.
    return new CompletionException(failure);
  }
}
