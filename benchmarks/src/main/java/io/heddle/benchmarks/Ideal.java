package io.heddle.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** As many calls at once as there are keys, and nothing else: no engine can be faster. */
final class Ideal {
  private Ideal() {}

  /** Calls a second of {@code threads} threads, each doing {@code calls} of {@code millis}. */
  static double rate(int threads, int calls, long millis) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                  for (int call = 0; call < calls; call++) {
                    Thread.sleep(millis);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
      all.add(thread);
    }
    long from = System.nanoTime();
    start.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    return threads * (double) calls * 1e9 / (System.nanoTime() - from);
  }
}
