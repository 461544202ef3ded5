package io.heddle.scenarios.run;

import io.heddle.engine.DeadlineExceededException;
import io.heddle.engine.InterjectionDroppedException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is promised to one member that asks for interjections: that each is answered, at the latest
 * when the member has closed, and that only what was done counts as done. Thread-safe.
 */
final class AskedPromises {
  private final Promises promises;
  private final boolean takesBack;
  private final Map<Long, Asked> open = new ConcurrentSkipListMap<>();
  private final AtomicLong made = new AtomicLong();

  /**
   * @param takesBack whether the engine may take an interjection back
   */
  AskedPromises(Promises promises, boolean takesBack) {
    this.promises = promises;
    this.takesBack = takesBack;
  }

  /** What was asked for, of one partition or of all. Thread-safe. */
  static final class Asked {
    private final String what;
    private final int least;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    /**
     * @param least how often it is done if it is done
     */
    Asked(String what, int least) {
      this.what = what;
      this.least = least;
    }

    void begun() {
      begun.incrementAndGet();
    }

    void ended() {
      ended.incrementAndGet();
    }

    boolean isDone() {
      return ended.get() >= least && ended.get() == begun.get();
    }

    @Override
    public String toString() {
      String story = Times.of("begun", begun.get());
      return begun.get() == 0
          ? what + " (" + story + ")"
          : what + " (" + story + ", " + Times.of("ended", ended.get()) + ")";
    }
  }

  /** Waits for the answer. */
  void await(Asked asked, CompletableFuture<Void> answer) {
    long number = made.getAndIncrement();
    open.put(number, asked);
    var unused =
        answer.whenComplete(
            (nothing, failure) -> {
              open.remove(number);
              answered(asked, failure);
            });
  }

  private void answered(Asked asked, @Nullable Throwable failure) {
    if (failure == null) {
      promises.check(
          asked.isDone(),
          "interjection-future",
          () -> "what was asked for counts as done: " + asked);
      return;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    promises.check(
        cause instanceof InterjectionDroppedException
            || (takesBack && cause instanceof DeadlineExceededException),
        "interjection-future",
        () -> "what was asked for failed: " + asked + ": " + cause);
  }

  /** The member has closed. */
  void closed() {
    open.values()
        .forEach(
            asked ->
                promises.check(
                    false,
                    "interjection-future",
                    () -> "what was asked for has no answer when its member has closed: " + asked));
  }
}
