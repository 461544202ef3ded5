package io.heddle.simulator.broker;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What consumers of a classic group say that they subscribe to, in Kafka's encoding. */
final class ClassicSubscription {
  /** The protocol type of consumers. */
  static final String CONSUMER = "consumer";

  private ClassicSubscription() {}

  /** The topics of all members by the group's protocol; nothing if that does not say. */
  static Optional<Set<String>> of(ClassicGroup group) {
    if (!group.protocolType().equals(CONSUMER)) {
      return Optional.empty();
    }
    if (!group.members().isEmpty() && group.protocolName().isEmpty()) {
      return Optional.empty();
    }
    Set<String> topics = new TreeSet<>();
    try {
      for (GroupMember member : group.members()) {
        read(ByteBuffer.wrap(member.metadata(group.protocolName()).toArray()), topics);
      }
    } catch (BufferUnderflowException | NegativeArraySizeException notTheirs) {
      return Optional.empty();
    }
    return Optional.of(topics);
  }

  private static void read(ByteBuffer in, Set<String> topics) {
    var unusedVersion = in.getShort();
    for (int left = in.getInt(); left > 0; left--) {
      byte[] name = new byte[in.getShort()];
      in.get(name);
      topics.add(new String(name, StandardCharsets.UTF_8));
    }
  }
}
