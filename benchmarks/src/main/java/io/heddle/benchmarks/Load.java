package io.heddle.benchmarks;

/**
 * The records of one round, which are computed and not stored. A key stays in one partition, as it
 * would in Kafka.
 *
 * @param topic where they are
 * @param partitions at least 1
 * @param keys different keys, at least one for each partition
 * @param records in all, spread evenly over the partitions
 * @param even whether all keys of a partition have as many records and take turns; otherwise they
 *     are drawn
 */
record Load(String topic, int partitions, int keys, int records, boolean even) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  Load {
    if (partitions < 1 || keys < partitions || records < 0) {
      throw new IllegalArgumentException(
          "not a load: %d records of %d keys in %d partitions"
              .formatted(records, keys, partitions));
    }
  }

  /** How many of the first {@code released} records are in this partition. */
  int end(int partition, int released) {
    return (released - partition + partitions - 1) / partitions;
  }

  int end(int partition) {
    return end(partition, records);
  }

  /** The place in the order of release of a record. */
  int indexOf(int partition, long offset) {
    return (int) offset * partitions + partition;
  }

  /** Which key a record has, from 0. */
  int keyAt(int partition, long offset) {
    int own = (keys - partition + partitions - 1) / partitions;
    long place = even ? offset % own : Long.remainderUnsigned(mixed(partition, offset), own);
    return (int) place * partitions + partition;
  }

  /** How many records each key has. */
  int[] recordsOfKeys() {
    int[] counts = new int[keys];
    for (int partition = 0; partition < partitions; partition++) {
      for (int offset = 0; offset < end(partition); offset++) {
        counts[keyAt(partition, offset)]++;
      }
    }
    return counts;
  }

  /** SplitMix64, of the place as the state. */
  private static long mixed(int partition, long offset) {
    long z = (offset << 8 | partition) * GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
