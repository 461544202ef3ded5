package io.heddle.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What an arm calls for each record: it takes its time, and tells the ledger. Thread-safe. */
final class UserCode implements AutoCloseable {
  private final Ledger ledger;
  private final long workMillis;
  private final ScheduledExecutorService timers =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "user-timer");
            thread.setDaemon(true);
            return thread;
          });

  UserCode(Ledger ledger, long workMillis) {
    this.ledger = ledger;
    this.workMillis = workMillis;
  }

  /** The whole call, on the calling thread. */
  void call(String key, int partition, long offset) throws InterruptedException {
    int call = ledger.started(key, partition, offset);
    if (workMillis > 0) {
      Thread.sleep(workMillis);
    }
    ledger.ended(call);
  }

  /** Begins the call, which ends on another thread. */
  CompletionStage<Void> begin(String key, int partition, long offset) {
    int call = ledger.started(key, partition, offset);
    CompletableFuture<Void> end = new CompletableFuture<>();
    var unused =
        timers.schedule(
            () -> {
              ledger.ended(call);
              end.complete(null);
            },
            workMillis,
            TimeUnit.MILLISECONDS);
    return end;
  }

  @Override
  public void close() {
    timers.shutdownNow();
  }
}
