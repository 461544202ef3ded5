package io.heddle.simulator.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/**
 * A future that has failed. kafka-clients has a public way to a future that is complete, but none
 * to one that has failed with exactly this exception: {@code thenApply} wraps what it throws.
 */
final class FailedFuture<T> extends KafkaFuture<T> {
  private final CompletableFuture<T> failed;

  FailedFuture(Throwable failure) {
    this(CompletableFuture.failedFuture(failure));
  }

  private FailedFuture(CompletableFuture<T> failed) {
    this.failed = failed;
  }

  @Override
  public CompletionStage<T> toCompletionStage() {
    return failed;
  }

  @Override
  public <R> KafkaFuture<R> thenApply(BaseFunction<T, R> function) {
    return new FailedFuture<>(failed.thenApply(function::apply));
  }

  @Override
  public KafkaFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
    return new FailedFuture<>(failed.whenComplete(action::accept));
  }

  @Override
  protected boolean complete(T value) {
    return false;
  }

  @Override
  protected boolean completeExceptionally(Throwable failure) {
    return false;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return false;
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    return failed.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return failed.get(timeout, unit);
  }

  @Override
  public T getNow(T valueIfAbsent) throws InterruptedException, ExecutionException {
    return failed.get();
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public boolean isCompletedExceptionally() {
    return true;
  }

  @Override
  public boolean isDone() {
    return true;
  }
}
