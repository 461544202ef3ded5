package io.heddle.benchmarks;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A ledger that also notes how long each record was on its way to its user call. */
final class LatencyLedger implements Ledger {
  private final Histogram nanos = new ConcurrentHistogram(3);
  private final Ledger ledger;
  private final Load load;
  private final Pacer pacer;

  LatencyLedger(Ledger ledger, Load load, Pacer pacer) {
    this.ledger = ledger;
    this.load = load;
    this.pacer = pacer;
  }

  @Override
  public int started(String key, int partition, long offset) {
    long way = System.nanoTime() - pacer.intendedNanos(load.indexOf(partition, offset));
    nanos.recordValue(Math.max(0, way));
    return ledger.started(key, partition, offset);
  }

  @Override
  public void ended(int call) {
    ledger.ended(call);
  }

  @Override
  public boolean await(long seconds) throws InterruptedException {
    return ledger.await(seconds);
  }

  @Override
  public void check() {
    ledger.check();
  }

  double medianMicros() {
    return nanos.getValueAtPercentile(50) / 1e3;
  }
}
