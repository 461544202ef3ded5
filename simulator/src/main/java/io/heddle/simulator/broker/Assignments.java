package io.heddle.simulator.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.simulator.protocol.GroupBytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Reads assignments in the consumer protocol's encoding. */
final class Assignments {
  private Assignments() {}

  /** The partitions that the assignment names; none if it is empty. */
  static List<TopicPartition> partitionsOf(GroupBytes assignment) {
    if (assignment.size() == 0) {
      return List.of();
    }
    try {
      return parse(ByteBuffer.wrap(assignment.toArray()));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("not a consumer assignment: " + assignment, e);
    }
  }

  private static List<TopicPartition> parse(ByteBuffer buffer) {
    // The version only says what may follow the part that we read.
    buffer.getShort();
    List<TopicPartition> partitions = new ArrayList<>();
    for (int topics = buffer.getInt(); topics > 0; topics--) {
      byte[] name = new byte[buffer.getShort()];
      buffer.get(name);
      String topic = new String(name, UTF_8);
      for (int count = buffer.getInt(); count > 0; count--) {
        partitions.add(new TopicPartition(topic, buffer.getInt()));
      }
    }
    return partitions;
  }
}
