package io.heddle.simulator.choice;

/**
 * Where every random decision of a run comes from. Decisions are drawn from streams that are named
 * after their purpose, so that a new decision in one place does not reshuffle all others. Not
 * thread-safe: a simulation owns it.
 */
public interface Choices {
  /** The stream for one purpose; asking twice gives the same stream. */
  Stream stream(String purpose);

  /** Decisions for one purpose. */
  interface Stream {
    /**
     * A number from 0 up to, but not including, {@code bound}. Zero is always the plainest choice:
     * no delay, the first candidate; a shrinker prefers it.
     *
     * @param bound at least 1, at most 2^62
     */
    long below(long bound);

    /** A number from 0 up to, but not including, 1. */
    default double unit() {
      return below(1L << 53) * 0x1.0p-53;
    }

    /** True with this probability; draws nothing where there is nothing to decide. */
    default boolean chance(double probability) {
      return probability > 0 && (probability >= 1 || unit() >= 1 - probability);
    }
  }
}
