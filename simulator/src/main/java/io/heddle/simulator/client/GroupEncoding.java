package io.heddle.simulator.client;

import io.heddle.simulator.protocol.GroupBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions and assignments in Kafka's encoding (ConsumerProtocolSubscription and
 * ConsumerProtocolAssignment, version 3), so that members of any client can share a group.
 */
final class GroupEncoding {
  private static final short VERSION = 3;

  private GroupEncoding() {}

  static GroupBytes subscription(Subscription subscription) {
    Writer out = new Writer();
    out.int16(VERSION);
    out.int32(subscription.topics().size());
    subscription.topics().forEach(out::text);
    out.bytes(subscription.userData());
    out.partitions(subscription.ownedPartitions());
    out.int32(subscription.generationId().orElse(-1));
    if (subscription.rackId().isPresent()) {
      out.text(subscription.rackId().get());
    } else {
      out.int16((short) -1);
    }
    return out.toBytes();
  }

  static Subscription subscription(GroupBytes encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded.toArray());
    short version = in.getShort();
    List<String> topics = new ArrayList<>();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      topics.add(text(in));
    }
    ByteBuffer userData = bytes(in);
    List<TopicPartition> owned = version >= 1 ? partitions(in) : List.of();
    int generation = version >= 2 ? in.getInt() : -1;
    Optional<String> rack = version >= 3 ? optionalText(in) : Optional.empty();
    return new Subscription(topics, userData, owned, generation, rack);
  }

  static GroupBytes assignment(Assignment assignment) {
    Writer out = new Writer();
    out.int16(VERSION);
    out.partitions(assignment.partitions());
    out.bytes(assignment.userData());
    return out.toBytes();
  }

  static Assignment assignment(GroupBytes encoded) {
    if (encoded.size() == 0) {
      return new Assignment(List.of());
    }
    ByteBuffer in = ByteBuffer.wrap(encoded.toArray());
    in.getShort();
    List<TopicPartition> partitions = partitions(in);
    return new Assignment(partitions, bytes(in));
  }

  private static List<TopicPartition> partitions(ByteBuffer in) {
    List<TopicPartition> partitions = new ArrayList<>();
    int topics = in.getInt();
    for (int i = 0; i < topics; i++) {
      String topic = text(in);
      int count = in.getInt();
      for (int j = 0; j < count; j++) {
        partitions.add(new TopicPartition(topic, in.getInt()));
      }
    }
    return partitions;
  }

  private static String text(ByteBuffer in) {
    return optionalText(in)
        .orElseThrow(() -> new IllegalArgumentException("a text is missing in group metadata"));
  }

  private static Optional<String> optionalText(ByteBuffer in) {
    short length = in.getShort();
    if (length < 0) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static @Nullable ByteBuffer bytes(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private static final class Writer {
    private final java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();

    void int16(short value) {
      out.write(value >>> 8);
      out.write(value);
    }

    void int32(int value) {
      int16((short) (value >>> 16));
      int16((short) value);
    }

    void text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int16((short) bytes.length);
      out.writeBytes(bytes);
    }

    void bytes(@Nullable ByteBuffer buffer) {
      if (buffer == null) {
        int32(-1);
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      int32(bytes.length);
      out.writeBytes(bytes);
    }

    void partitions(List<TopicPartition> partitions) {
      Map<String, List<Integer>> byTopic = new TreeMap<>();
      for (TopicPartition partition : partitions) {
        byTopic
            .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
            .add(partition.partition());
      }
      int32(byTopic.size());
      byTopic.forEach(
          (topic, numbers) -> {
            text(topic);
            int32(numbers.size());
            numbers.forEach(this::int32);
          });
    }

    GroupBytes toBytes() {
      return GroupBytes.of(out.toByteArray());
    }
  }
}
