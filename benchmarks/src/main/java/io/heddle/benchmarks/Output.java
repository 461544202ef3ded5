package io.heddle.benchmarks;

import java.nio.ByteBuffer;

/**
 * What is made of an input record: as long as that, and it says of which.
 *
 * @param partition the partition of the input record
 * @param offset its offset
 */
record Output(int partition, long offset) {

  /** This, as a record's value. */
  byte[] bytes() {
    return ByteBuffer.allocate(RealCluster.VALUE_BYTES).putInt(partition).putLong(offset).array();
  }

  /** Of a record's value. */
  static Output of(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    return new Output(bytes.getInt(), bytes.getLong());
  }
}
