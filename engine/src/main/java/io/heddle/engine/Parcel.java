package io.heddle.engine;

import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's prefix grew by: what these events made, in making order, and how far the
 * prefix is now. It goes into one transaction, or into none.
 *
 * @param next the offset to commit, which is the same as before if only interjections completed
 * @param events how many events it is about
 * @param prefix the place in the tracker before which all is complete
 * @param changes what hears of the offsets of changes, or null if no store is persistent
 */
record Parcel(
    PartitionWorker worker,
    List<Made> outputs,
    OffsetAndMetadata next,
    int events,
    long prefix,
    @Nullable ChangeOffsets changes)
    implements TransactionWork {

  /** A record that an event made. */
  record Made(Event event, ProducerRecord<byte[], byte[]> record) {}

  /** What it counts towards the size of a transaction. */
  int size() {
    return events + outputs.size();
  }
}
