package io.heddle.simulator.broker;

/** Who writes: a producer in one of its epochs. */
record ProducerIdAndEpoch(long id, short epoch) {
  /** The last epoch that a producer may have: the one after it is kept for fencing. */
  static boolean isExhausted(short epoch) {
    return epoch >= Short.MAX_VALUE - 1;
  }
}
