package io.heddle.simulator.client;

import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A member's place in its group, as the application and transactional producers see it. Overrides
 * the accessors rather than hands values to the superclass.
 *
 * <p>kafka-clients 4.3 deprecates both constructors, for it means to make an interface of the
 * class, and offers nothing else so far: hence the suppression.
 */
final class GroupMetadata extends ConsumerGroupMetadata {
  private final Generation generation;
  private final Optional<String> instanceId;

  @SuppressWarnings("removal")
  GroupMetadata(String groupId, Generation generation, Optional<String> instanceId) {
    super(groupId);
    this.generation = generation;
    this.instanceId = instanceId;
  }

  @Override
  public int generationId() {
    return generation.id();
  }

  @Override
  public String memberId() {
    return generation.memberId();
  }

  @Override
  public Optional<String> groupInstanceId() {
    return instanceId;
  }

  @Override
  public String toString() {
    return "GroupMetadata(groupId = "
        + groupId()
        + ", generationId = "
        + generationId()
        + ", memberId = "
        + memberId()
        + ", groupInstanceId = "
        + instanceId.orElse("")
        + ")";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GroupMetadata that
        && groupId().equals(that.groupId())
        && generation.equals(that.generation)
        && instanceId.equals(that.instanceId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(groupId(), generation, instanceId);
  }
}
