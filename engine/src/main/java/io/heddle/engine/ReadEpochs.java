package io.heddle.engine;

import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * In which leader epochs what was polled of a partition was written, as far as one ownership knows.
 * A log that is cut off is the same below the cut, so that tells with which epoch to commit that
 * place: who reads on from it later asks the leader then whether the log still is the same, and
 * without an epoch cannot ask (KIP-320). Of the poll thread.
 */
final class ReadEpochs {
  /** A leader that changes so often within what can still be lost is not worth more. */
  private static final int MOST = 16;

  /** The first offset of each, of what was read. */
  private final TreeMap<Long, Optional<Integer>> starts = new TreeMap<>();

  /** Takes note of what was polled in the order of the offsets, which need not be next to it. */
  void read(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    records.forEach(record -> read(record.offset(), record.leaderEpoch()));
  }

  /** Takes note that what lies at the offset was written in this epoch, or that nobody knows. */
  void read(long offset, Optional<Integer> epoch) {
    if (starts.isEmpty() || !starts.lastEntry().getValue().equals(epoch)) {
      starts.put(offset, epoch);
      if (starts.size() > MOST) {
        starts.pollFirstEntry();
      }
    }
  }

  /** Forgets what lies at the offset or behind it. */
  void cutOff(long offset) {
    starts.tailMap(offset, true).clear();
  }

  /** The epoch of what was read last below the offset; empty if nothing was. */
  Optional<Integer> below(long offset) {
    var last = starts.lowerEntry(offset);
    return last == null ? Optional.empty() : last.getValue();
  }
}
