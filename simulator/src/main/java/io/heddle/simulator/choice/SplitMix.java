package io.heddle.simulator.choice;

/**
 * Steele, Lea and Flood's SplitMix64 (OOPSLA 2014): small, fast, and the same on every JDK, which
 * {@code java.util.random} does not promise.
 */
final class SplitMix implements Choices.Stream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long MAX_BOUND = 1L << 62;

  private long state;

  SplitMix(long state) {
    this.state = state;
  }

  @Override
  public long below(long bound) {
    if (bound < 1 || bound > MAX_BOUND) {
      throw new IllegalArgumentException("bound must be from 1 to 2^62, was " + bound);
    }
    state += GOLDEN_GAMMA;
    // The upper 63 bits of a product map the draw to the range without a division.
    long draw = mix(state) >>> 1;
    return Math.multiplyHigh(draw, bound) << 1 | (draw * bound) >>> 63;
  }

  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** FNV-1a over the characters. */
  static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return mix(hash);
  }
}
