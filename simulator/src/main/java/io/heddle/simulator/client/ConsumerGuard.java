package io.heddle.simulator.client;

import java.util.ConcurrentModificationException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets one thread at a time into a consumer, and none once it has been closed. */
final class ConsumerGuard {
  private @Nullable Thread user;
  private int entries;
  private boolean closed;
  private final Runnable called;

  /**
   * Of a consumer that is open.
   *
   * @param called told when a thread comes in
   */
  ConsumerGuard(Runnable called) {
    this.called = called;
  }

  <T> T entered(Supplier<T> action) {
    Thread caller = Thread.currentThread();
    if (entries > 0 && user != caller) {
      throw new ConcurrentModificationException(
          "KafkaConsumer is not safe for multi-threaded access. currentThread(name: "
              + caller.getName()
              + ") otherThread(name: "
              + Objects.requireNonNull(user).getName()
              + ")");
    }
    if (closed) {
      throw new IllegalStateException("This consumer has already been closed.");
    }
    if (entries == 0) {
      called.run();
    }
    user = caller;
    entries++;
    try {
      return action.get();
    } finally {
      entries--;
    }
  }

  void entering(Runnable action) {
    Boolean done =
        entered(
            () -> {
              action.run();
              return Boolean.TRUE;
            });
    Objects.requireNonNull(done);
  }

  boolean closed() {
    return closed;
  }

  void close() {
    closed = true;
  }
}
