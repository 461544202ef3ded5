package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.FetchResponse.AbortedTransaction;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The transactions of a log: those that are open, and an index of those that were aborted. */
final class LogTransactions {
  /**
   * An aborted transaction.
   *
   * @param markerOffset the offset of its marker
   * @param lastStableOffset what the last stable offset became when the marker was written
   */
  private record Aborted(
      long producerId, long firstOffset, long markerOffset, long lastStableOffset) {}

  /** The producer of each open transaction, by the offset at which it began. */
  private final TreeMap<Long, Long> open = new TreeMap<>();

  /** In the order of their markers. */
  private final List<Aborted> aborted = new ArrayList<>();

  /** The offset at which the first open transaction began. */
  OptionalLong firstUnstable() {
    return open.isEmpty() ? OptionalLong.empty() : OptionalLong.of(open.firstKey());
  }

  /** The producers of the open transactions, in the order in which they began. */
  List<Long> openProducers() {
    return List.copyOf(open.values());
  }

  /** Whether the producer is in the midst of a transaction. */
  boolean isOpen(long producerId) {
    return open.containsValue(producerId);
  }

  Optional<Long> startOf(long producerId) {
    for (Map.Entry<Long, Long> entry : open.entrySet()) {
      if (entry.getValue() == producerId) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  /** A batch of the producer's transaction was appended there. */
  void appended(long producerId, long baseOffset) {
    if (startOf(producerId).isEmpty()) {
      open.put(baseOffset, producerId);
    }
  }

  /** The producer's transaction has ended; a marker without records before it changes nothing. */
  void ended(long producerId, long markerOffset, boolean commit) {
    Optional<Long> start = startOf(producerId);
    if (start.isEmpty()) {
      return;
    }
    open.remove(start.get());
    if (!commit) {
      long stable = firstUnstable().orElse(markerOffset + 1);
      aborted.add(new Aborted(producerId, start.get(), markerOffset, stable));
    }
  }

  /** The aborted transactions that have records or their marker from {@code from} on. */
  List<AbortedTransaction> abortedBetween(long from, long to) {
    List<AbortedTransaction> found = new ArrayList<>();
    for (int i = firstMarkedFrom(from); i < aborted.size(); i++) {
      Aborted each = aborted.get(i);
      if (each.firstOffset < to) {
        found.add(new AbortedTransaction(each.producerId, each.firstOffset));
      }
      if (each.lastStableOffset >= to) {
        // Whatever was aborted later began behind the range.
        break;
      }
    }
    return found;
  }

  private int firstMarkedFrom(long offset) {
    int low = 0;
    int high = aborted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (aborted.get(middle).markerOffset < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether the batch belongs to a transaction that was aborted. */
  boolean isAborted(RecordBatch batch) {
    return batch.kind() == RecordBatch.Kind.TRANSACTIONAL
        && aborted.stream()
            .anyMatch(
                each ->
                    each.producerId == batch.producerId()
                        && each.firstOffset <= batch.baseOffset()
                        && batch.baseOffset() < each.markerOffset);
  }

  /** Compaction has taken these markers out. */
  void forgetMarkers(List<Long> offsets) {
    aborted.removeIf(each -> offsets.contains(each.markerOffset));
  }

  /** Forgets everything: a replay of the log has to follow. */
  void clear() {
    aborted.clear();
    open.clear();
  }

  /** What lies before the new start of the log is forgotten. */
  void deleteBefore(long offset) {
    aborted.subList(0, firstMarkedFrom(offset)).clear();
  }
}
