package io.heddle.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * The offsets that changes of persistent stores got in their change logs, by transactions of one
 * ownership. The producer's thread notes them, the output thread reads them once the transaction is
 * committed; what an aborted one has noted is never read, since it ends the ownership.
 */
final class ChangeOffsets {
  /** Of a store of which nothing was noted. */
  static final long NONE = -1;

  private final List<String> topics;
  private final AtomicLongArray last;

  /**
   * On these.
   *
   * @param topics the change logs of the stores, in the order of the handles
   */
  ChangeOffsets(List<String> topics) {
    this.topics = topics;
    this.last = new AtomicLongArray(topics.size());
    for (int i = 0; i < topics.size(); i++) {
      last.set(i, NONE);
    }
  }

  void note(RecordMetadata sent) {
    int index = topics.indexOf(sent.topic());
    if (index >= 0) {
      last.set(index, sent.offset());
    }
  }

  /** The offset of the last change of each store. */
  long[] last() {
    long[] copy = new long[last.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = last.get(i);
    }
    return copy;
  }
}
