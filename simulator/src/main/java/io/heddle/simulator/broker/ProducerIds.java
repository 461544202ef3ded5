package io.heddle.simulator.broker;

/** Ids that no producer had before, in blocks of a thousand for each broker. */
final class ProducerIds {
  private static final int BLOCK = 1_000;

  private final long[] next;
  private long nextBlock;

  ProducerIds(int brokers) {
    this.next = new long[brokers];
  }

  long newId(int broker) {
    if (next[broker] % BLOCK == 0) {
      next[broker] = nextBlock;
      nextBlock += BLOCK;
    }
    return next[broker]++;
  }
}
