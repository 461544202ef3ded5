package io.heddle.simulator.client;

import io.heddle.simulator.core.WaitQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A result that is waited for in virtual time. */
final class SimFuture<T> implements Future<T> {
  private final WaitQueue end;
  private @Nullable T value;
  private @Nullable Exception failure;

  SimFuture(WaitQueue end) {
    this.end = end;
  }

  void complete(T result) {
    value = result;
    end.signalAll();
  }

  void fail(Exception cause) {
    failure = cause;
    end.signalAll();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return false;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public boolean isDone() {
    return value != null || failure != null;
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    while (!isDone()) {
      end.awaitInterruptibly(Long.MAX_VALUE);
    }
    return result();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!isDone() && !end.awaitInterruptibly(unit.toNanos(timeout)) && !isDone()) {
      throw new TimeoutException("Timeout after waiting for " + unit.toMillis(timeout) + " ms.");
    }
    return result();
  }

  private T result() throws ExecutionException {
    T result = value;
    if (result == null) {
      throw new ExecutionException(failure);
    }
    return result;
  }
}
