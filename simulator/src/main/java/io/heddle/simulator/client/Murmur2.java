package io.heddle.simulator.client;

/** The hash with which kafka-clients chooses a key's partition. */
final class Murmur2 {
  private static final int SEED = 0x9747B28C;
  private static final int M = 0x5BD1E995;
  private static final int R = 24;

  private Murmur2() {}

  /** The partition of a key, as the default partitioner of kafka-clients chooses it. */
  static int partition(byte[] key, int partitions) {
    return (hash(key) & 0x7FFFFFFF) % partitions;
  }

  static int hash(byte[] data) {
    int length = data.length;
    int hash = SEED ^ length;
    int whole = length & ~3;
    for (int i = 0; i < whole; i += 4) {
      int k =
          (data[i] & 0xFF)
              | (data[i + 1] & 0xFF) << 8
              | (data[i + 2] & 0xFF) << 16
              | (data[i + 3] & 0xFF) << 24;
      k *= M;
      k ^= k >>> R;
      k *= M;
      hash = hash * M ^ k;
    }
    int rest = length - whole;
    if (rest > 0) {
      for (int i = rest - 1; i >= 0; i--) {
        hash ^= (data[whole + i] & 0xFF) << (8 * i);
      }
      hash *= M;
    }
    hash ^= hash >>> 13;
    hash *= M;
    return hash ^ hash >>> 15;
  }
}
