package io.heddle.simulator.client;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks, and asks again after retriable failures, until there is an answer or time is up. */
final class BlockingLookup<T> {
  private final ClientLink link;
  private final Pause pause;
  private long failures;
  private @Nullable T answer;
  private @Nullable RuntimeException failure;
  private boolean asking;

  /** When to ask again. */
  @FunctionalInterface
  interface Pause {
    /** Runs that once it is time, after so many failures before this one. */
    void then(long failures, Runnable askAgain);
  }

  BlockingLookup(ClientLink link, Pause pause) {
    this.link = link;
    this.pause = pause;
  }

  /** One that waits longer after each failure. */
  static <T> BlockingLookup<T> patient(ClientLink link, ClientTimes times) {
    Backoff backoff = link.backoff(times);
    return new BlockingLookup<>(
        link,
        (failures, askAgain) -> {
          var unused = link.later(backoff.nanos(failures), askAgain);
        });
  }

  T await(
      long deadlineNanos,
      BooleanSupplier ready,
      BiConsumer<Consumer<T>, Consumer<RuntimeException>> ask,
      String timedOut) {
    while (true) {
      T found = answer;
      if (found != null) {
        return found;
      }
      RuntimeException failed = failure;
      if (failed != null && !retriable(failed)) {
        throw failed;
      }
      if (link.now() >= deadlineNanos) {
        throw new TimeoutException(timedOut, Optional.ofNullable(failed).orElse(null));
      }
      if (!asking && ready.getAsBoolean()) {
        asking = true;
        failure = null;
        ask.accept(value -> answer = value, this::again);
        continue;
      }
      link.awaitProgress(deadlineNanos);
    }
  }

  private static boolean retriable(RuntimeException failed) {
    return failed instanceof RetriableException || failed instanceof DisconnectException;
  }

  private void again(RuntimeException failed) {
    failure = failed;
    pause.then(failures++, () -> asking = false);
  }
}
