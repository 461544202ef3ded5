package io.heddle.simulator.client;

/**
 * How long whoever looks for a coordinator waits between two look-ups, which depends on the client.
 */
sealed interface LookUpPace {
  /** A look-up has found none. */
  void failed(long nowNanos);

  /** A look-up has found one. */
  default void found(long nowNanos) {}

  /** The application calls the client; returns whether it need not wait any more. */
  default boolean called() {
    return false;
  }

  /** When the next look-up may be sent; may be past. */
  long notBefore(long nowNanos);

  /** A producer's: the same time after each failure, as after those of its other requests. */
  final class Constant implements LookUpPace {
    private final long waitNanos;
    private long notBeforeNanos;

    Constant(ClientTimes times) {
      this.waitNanos = times.retryBackoffNanos();
    }

    @Override
    public void failed(long nowNanos) {
      notBeforeNanos = nowNanos + waitNanos;
    }

    @Override
    public long notBefore(long nowNanos) {
      return notBeforeNanos;
    }
  }

  /**
   * A classic consumer's: the thread that calls it sleeps, and for longer after each failure. It
   * sleeps no longer than its call takes, and the next call begins anew.
   */
  final class OfCalls implements LookUpPace {
    private final Backoff backoff;
    private long failures;
    private long notBeforeNanos;

    OfCalls(Backoff backoff) {
      this.backoff = backoff;
    }

    @Override
    public void failed(long nowNanos) {
      notBeforeNanos = nowNanos + backoff.nanos(failures++);
    }

    @Override
    public void found(long nowNanos) {
      failures = 0;
    }

    @Override
    public boolean called() {
      failures = 0;
      notBeforeNanos = 0;
      return true;
    }

    @Override
    public long notBefore(long nowNanos) {
      return notBeforeNanos;
    }
  }

  /** A newer consumer's: longer after each failure, whoever calls, and a while after a success. */
  final class OfRequests implements LookUpPace {
    private final RequestPace pace;

    OfRequests(Backoff backoff) {
      this.pace = new RequestPace(backoff);
    }

    @Override
    public void failed(long nowNanos) {
      pace.failed(nowNanos);
    }

    @Override
    public void found(long nowNanos) {
      pace.succeeded(nowNanos);
    }

    @Override
    public long notBefore(long nowNanos) {
      return pace.notBefore(nowNanos);
    }
  }
}
