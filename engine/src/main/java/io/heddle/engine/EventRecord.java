package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.codec.Codec;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record to be sent or forwarded, as it is put together. Its partition is what is said here, else
 * what the producer's partitioner makes of it. Immutable.
 */
public final class EventRecord {
  /** Leaves the partition to the producer's partitioner. */
  public static final int AUTO_ASSIGN = -1;

  private final String topic;
  private final int partition;
  private final @Nullable String type;
  private final byte @Nullable [] key;
  private final byte @Nullable [] value;

  private EventRecord(
      String topic,
      int partition,
      @Nullable String type,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    if (topic.isBlank()) {
      throw new IllegalArgumentException("topic must not be blank, was '%s'".formatted(topic));
    }
    Checks.atLeast(AUTO_ASSIGN, partition, "partition");
    if (type != null && type.isBlank()) {
      throw new IllegalArgumentException("type must not be blank, was '%s'".formatted(type));
    }
    this.topic = topic;
    this.partition = partition;
    this.type = type;
    this.key = key;
    this.value = value;
  }

  /** A record of this topic, empty as yet. */
  public static EventRecord to(String topic) {
    return new EventRecord(topic, AUTO_ASSIGN, null, null, null);
  }

  /** This, with this event type: its handler is found by it. */
  public EventRecord ofType(String value) {
    return new EventRecord(
        topic, partition, Objects.requireNonNull(value, "type"), key, this.value);
  }

  /** This, to this very partition; at least 0. */
  public EventRecord toPartition(int number) {
    Checks.atLeast(0, number, "partition");
    return new EventRecord(topic, number, type, key, value);
  }

  /** This, with a key. */
  public <K> EventRecord withKey(Codec<K> codec, K decoded) {
    return new EventRecord(topic, partition, type, codec.encode(decoded), value);
  }

  /** This, with a value. */
  public <V> EventRecord withValue(Codec<V> codec, V decoded) {
    return new EventRecord(topic, partition, type, key, codec.encode(decoded));
  }

  /** What a producer, or {@link EventContext#forward}, takes. The type is in {@code typeHeader}. */
  public ProducerRecord<byte[], byte[]> forProducer(String typeHeader) {
    Integer explicit = partition == AUTO_ASSIGN ? null : partition;
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, explicit, key, value);
    if (type != null) {
      record.headers().add(typeHeader, type.getBytes(UTF_8));
    }
    return record;
  }

  /** {@link #forProducer(String)} with the type header that sources expect by default. */
  public ProducerRecord<byte[], byte[]> forProducer() {
    return forProducer(EventSourceConfig.DEFAULT_TYPE_HEADER);
  }
}
