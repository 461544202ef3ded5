package io.heddle.engine;

/**
 * How long events wait for their key in one scheduler or batcher, then for a slot, and how long
 * their work takes. A batcher does not tell the first two apart: all is in the second.
 */
record StageTimes(LatencyHistogram key, LatencyHistogram slot, LatencyHistogram work) {
  static StageTimes create() {
    return new StageTimes(new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
  }
}
