package io.heddle.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same for many, several at once. */
public final class Parallel {
  private Parallel() {}

  /** The results in the order of the items; on all cores. */
  public static <T, R> List<R> map(List<T> items, Function<T, R> work) {
    return map(items, Runtime.getRuntime().availableProcessors(), work);
  }

  /** The results in the order of the items; so many at once. */
  public static <T, R> List<R> map(List<T> items, int atOnce, Function<T, R> work) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            atOnce,
            task -> {
              Thread thread = new Thread(task, "campaign");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<R>> under = new ArrayList<>();
      items.forEach(item -> under.add(pool.submit(() -> work.apply(item))));
      List<R> results = new ArrayList<>();
      for (Future<R> each : under) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    } finally {
      pool.shutdownNow();
    }
  }
}
