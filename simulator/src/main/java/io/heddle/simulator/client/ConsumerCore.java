package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a consumer and how they work together, without the interface around them. */
final class ConsumerCore<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerCore.class);

  final ClientLink link;
  final ConsumerSettings settings;
  final Subscriptions subscriptions = new Subscriptions();
  final ClusterView cluster;
  final Positions positions;
  private final Fetcher fetcher;
  private final RecordReader<K, V> reader;
  private final Optional<GroupParts> group;
  private long nextAutoCommitNanos;

  /** The parts that only a consumer with a group id has. */
  record GroupParts(CoordinatorLink coordinator, GroupMember member, OffsetStore offsets) {}

  ConsumerCore(ClientContext context, ConsumerSettings settings, RecordReader<K, V> reader) {
    this.settings = settings;
    this.reader = reader;
    this.link = new ClientLink(context, settings.clientId());
    this.cluster = new ClusterView(link, context.choices(), context.brokers(), settings.times());
    this.group = settings.groupId().map(groupId -> groupParts(context, groupId));
    this.positions =
        new Positions(
            link,
            subscriptions,
            cluster,
            settings,
            group.map(parts -> new Positions.GroupSide(parts.coordinator(), parts.offsets())));
    this.fetcher = new Fetcher(link, subscriptions, cluster, settings);
    this.nextAutoCommitNanos = link.now() + settings.autoCommit().intervalNanos();
  }

  private GroupParts groupParts(ClientContext context, String groupId) {
    CoordinatorLink coordinator =
        new CoordinatorLink(link, groupId, settings.times(), cluster::anyBroker);
    Map<String, Object> originals = settings.config().originals();
    List<ConsumerPartitionAssignor> assignors =
        ConsumerPartitionAssignor.getAssignorInstances(settings.group().assignors(), originals);
    Rebalancer rebalancer = new Rebalancer(subscriptions, assignors, context);
    GroupMember member = new GroupMember(link, coordinator, settings, groupId, rebalancer, cluster);
    return new GroupParts(
        coordinator, member, new OffsetStore(link, coordinator, member, settings, groupId));
  }

  GroupParts group() {
    return group.orElseThrow(
        () ->
            new InvalidGroupIdException(
                "To use the group management or offset commit APIs, you must provide a valid"
                    + " group.id in the consumer configuration."));
  }

  Optional<GroupParts> groupIfAny() {
    return group;
  }

  ConsumerGroupMetadata groupMetadata() {
    return group().member().metadata();
  }

  ConsumerRecords<K, V> poll(long deadlineNanos) {
    if (subscriptions.kind() == Subscriptions.Kind.NONE) {
      throw new IllegalStateException(
          "Consumer is not subscribed to any topics or assigned any partitions");
    }
    while (true) {
      link.throwIfWokenUp();
      advance();
      ConsumerRecords<K, V> records = collect();
      if (!records.nextOffsets().isEmpty()) {
        fetcher.sendFetches();
        return records;
      }
      if (link.now() >= deadlineNanos) {
        return ConsumerRecords.empty();
      }
      if (!hasWork()) {
        link.awaitProgress(Math.min(deadlineNanos, nextWorkNanos()));
      }
    }
  }

  /** Goes one step on with everything that a poll takes care of. */
  private void advance() {
    cluster.want(subscriptions.topics());
    cluster.update();
    subscriptions.topics().forEach(cluster::throwIfInvalid);
    group.ifPresent(
        parts -> {
          parts.offsets().runCompleted();
          if (subscriptions.kind() == Subscriptions.Kind.TOPICS
              && cluster.knows(subscriptions.topics())) {
            parts.member().poll(this::autoCommitBeforeRebalance);
          }
          autoCommit(parts);
        });
    positions.update();
    fetcher.sendFetches();
  }

  private boolean hasWork() {
    return group
        .map(
            parts ->
                parts.offsets().hasCompleted()
                    || (subscriptions.kind() == Subscriptions.Kind.TOPICS
                        && cluster.knows(subscriptions.topics())
                        && parts.member().hasWork()))
        .orElse(false);
  }

  private long nextWorkNanos() {
    return settings.autoCommit().enabled() ? nextAutoCommitNanos : Long.MAX_VALUE;
  }

  /** Before the assignment is replaced by hand, for no rebalance will follow. */
  void autoCommitIfDue() {
    group.ifPresent(this::autoCommit);
  }

  private void autoCommit(GroupParts parts) {
    if (settings.autoCommit().enabled() && link.now() >= nextAutoCommitNanos) {
      nextAutoCommitNanos = link.now() + settings.autoCommit().intervalNanos();
      parts.offsets().commitAsync(allConsumed(), null);
    }
  }

  private void autoCommitBeforeRebalance() {
    if (!settings.autoCommit().enabled()) {
      return;
    }
    subscriptions.states().forEach(PartitionState::revoking);
    commitQuietly(link.now() + settings.group().maxPollNanos());
  }

  /** A last commit before partitions go; what fails is left to the next owner, as in Kafka. */
  private void commitQuietly(long deadlineNanos) {
    try {
      group().offsets().commitSync(allConsumed(), deadlineNanos);
    } catch (WakeupException | InterruptException passedOn) {
      throw passedOn;
    } catch (KafkaException failed) {
      LOG.warn("The last automatic commit before partitions go has failed", failed);
    }
  }

  Map<TopicPartition, OffsetAndMetadata> allConsumed() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
    for (PartitionState state : subscriptions.states()) {
      if (state.positioned()) {
        offsets.put(state.partition(), state.next());
      }
    }
    return offsets;
  }

  private ConsumerRecords<K, V> collect() {
    int left = settings.fetching().maxPollRecords();
    Map<TopicPartition, List<ConsumerRecord<K, V>>> records = new LinkedHashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new LinkedHashMap<>();
    for (PartitionState state : fetcher.deliverable()) {
      List<ConsumerRecord<K, V>> taken = new ArrayList<>();
      long before = state.position();
      PartitionState.Taken each = state.peek();
      while (each != null && taken.size() < left) {
        if (taken.isEmpty() && records.isEmpty()) {
          // The first bad record is thrown at once; a later one ends this batch before it.
          taken.add(reader.read(state.partition(), each));
        } else {
          Optional<ConsumerRecord<K, V>> read = reader.tryRead(state.partition(), each);
          if (read.isEmpty()) {
            break;
          }
          taken.add(read.get());
        }
        state.advancePast(each);
        each = state.peek();
      }
      if (!taken.isEmpty()) {
        records.put(state.partition(), taken);
        left -= taken.size();
      }
      if (state.position() > before) {
        // Past what is not for the application, too: markers and aborted records.
        next.put(state.partition(), state.next());
      }
      if (left <= 0) {
        break;
      }
    }
    return next.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(records, next);
  }

  void close(long deadlineNanos, boolean leave) {
    link.disableWakeups();
    group.ifPresent(
        parts -> {
          if (settings.autoCommit().enabled()) {
            commitQuietly(deadlineNanos);
          }
          while (parts.offsets().pendingAsync() > 0 && link.now() < deadlineNanos) {
            link.awaitProgressWithoutWakeup(deadlineNanos);
          }
          if (leave && subscriptions.kind() == Subscriptions.Kind.TOPICS) {
            parts.member().giveUp("the consumer is being closed");
          }
        });
  }
}
