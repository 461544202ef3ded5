package io.heddle.simulator.client;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Makes of stored bytes what the application gets. */
record RecordReader<K, V>(Deserializer<K> keys, Deserializer<V> values) {
  /** Reads a record; throws what kafka-clients throws if it cannot be deserialized. */
  ConsumerRecord<K, V> read(TopicPartition partition, PartitionState.Taken taken) {
    byte[] key = taken.record().key();
    byte[] value = taken.record().value();
    Headers headers = headers(taken);
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        taken.offset(),
        taken.record().timestamp(),
        taken.timestampType(),
        key == null ? ConsumerRecord.NULL_SIZE : key.length,
        value == null ? ConsumerRecord.NULL_SIZE : value.length,
        deserialize(DeserializationExceptionOrigin.KEY, keys, key, partition, taken, headers),
        deserialize(DeserializationExceptionOrigin.VALUE, values, value, partition, taken, headers),
        headers,
        Optional.of(taken.leaderEpoch()));
  }

  /** A producer's record is the only public maker of headers. */
  private static Headers headers(PartitionState.Taken taken) {
    return new ProducerRecord<byte[], byte[]>(
            "headers", null, null, new byte[0], taken.record().headers())
        .headers();
  }

  /** Reads a record; empty if it cannot be deserialized. */
  Optional<ConsumerRecord<K, V>> tryRead(TopicPartition partition, PartitionState.Taken taken) {
    try {
      return Optional.of(read(partition, taken));
    } catch (RecordDeserializationException unreadable) {
      // The caller stops before it; it is thrown when it comes first.
      return Optional.empty();
    }
  }

  // Null stands for "no key" and "no value", as everywhere in kafka-clients.
  private static <T> @Nullable T deserialize(
      DeserializationExceptionOrigin origin,
      Deserializer<T> deserializer,
      byte @Nullable [] bytes,
      TopicPartition partition,
      PartitionState.Taken taken,
      Headers headers) {
    if (bytes == null) {
      return null;
    }
    try {
      return deserializer.deserialize(partition.topic(), headers, bytes);
    } catch (RuntimeException failed) {
      throw new RecordDeserializationException(
          origin,
          partition,
          taken.offset(),
          taken.record().timestamp(),
          taken.timestampType(),
          buffer(taken.record().key()),
          buffer(taken.record().value()),
          headers,
          "Error deserializing "
              + origin
              + " for partition "
              + partition
              + " at offset "
              + taken.offset()
              + ". If needed, please seek past the record to continue consumption.",
          failed);
    }
  }

  private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
