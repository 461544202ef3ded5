package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What a member tells in its heartbeats: everything at first, and then what has changed. */
final class HeartbeatFields {
  private final GroupPlace place;
  private final Subscriptions subscriptions;
  private final ConsumerSettings settings;
  private final int rebalanceTimeoutMs;
  private boolean sentTimeout;
  private boolean sentAssignor;
  private @Nullable Set<String> sentTopics;
  private Optional<String> sentRegex = Optional.empty();
  private @Nullable LocalAssignment sentAssignment;

  HeartbeatFields(GroupPlace place, Subscriptions subscriptions, ConsumerSettings settings) {
    this.place = place;
    this.subscriptions = subscriptions;
    this.settings = settings;
    this.rebalanceTimeoutMs = (int) (settings.group().maxPollNanos() / 1_000_000);
  }

  /** Nobody knows what has arrived: everything is told again. */
  void reset() {
    sentTimeout = false;
    sentAssignor = false;
    sentTopics = null;
    sentRegex = Optional.empty();
    sentAssignment = null;
  }

  ConsumerGroupHeartbeatRequest next(LocalAssignment owned) {
    boolean all = place.state() == MembershipState.JOINING;
    int timeout = all || !sentTimeout ? rebalanceTimeoutMs : -1;
    sentTimeout = true;
    return new ConsumerGroupHeartbeatRequest(
        place.groupId(),
        place.memberId(),
        place.epoch(),
        place.instanceId(),
        all ? settings.rack() : Optional.empty(),
        timeout,
        topics(all),
        regex(all),
        assignor(all),
        owned(all, owned));
  }

  private Optional<List<String>> topics(boolean all) {
    Set<String> topics = new TreeSet<>(subscriptions.topics());
    if (!all && topics.equals(sentTopics)) {
      return Optional.empty();
    }
    sentTopics = topics;
    return Optional.of(List.copyOf(topics));
  }

  private Optional<String> regex(boolean all) {
    Optional<String> regex = subscriptions.regex();
    boolean told = !regex.equals(sentRegex) || (all && regex.isPresent());
    sentRegex = regex;
    return told ? Optional.of(regex.orElse("")) : Optional.empty();
  }

  private Optional<String> assignor(boolean all) {
    boolean told = all || !sentAssignor;
    sentAssignor = true;
    return told ? settings.group().remoteAssignor() : Optional.empty();
  }

  private Optional<Map<Uuid, List<Integer>>> owned(boolean all, LocalAssignment owned) {
    if (!all && owned.equals(sentAssignment)) {
      return Optional.empty();
    }
    sentAssignment = owned;
    return Optional.of(owned.toRequest());
  }
}
