package io.heddle.simulator.client;

import io.heddle.simulator.core.SimClock;
import io.heddle.simulator.history.Fact;
import java.time.Duration;
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
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
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
  final ConsumerInterceptors<K, V> interceptors;
  final ConsumerMetrics metrics;
  private final ClientContext context;
  private final PollUpdates updates;
  private final Fetcher fetcher;
  private final RecordReader<K, V> reader;
  private final Optional<GroupParts> group;
  private final AutoCommitTimer autoCommits;
  private long matchedListings;

  /** The parts that only a consumer with a group id has. */
  record GroupParts(CoordinatorLink coordinator, Membership member, OffsetStore offsets) {}

  ConsumerCore(
      ClientContext context,
      ConsumerSettings settings,
      RecordReader<K, V> reader,
      ConsumerInterceptors<K, V> interceptors) {
    this.context = context;
    this.settings = settings;
    this.reader = reader;
    this.interceptors = interceptors;
    this.link = new ClientLink(context, settings.clientId());
    this.metrics =
        new ConsumerMetrics(
            new ClientMetrics(context, settings.clientId(), settings.config()), subscriptions);
    ClusterListeners listeners =
        interceptors.listeners().add(List.of(reader.keys(), reader.values()));
    this.cluster =
        new ClusterView(link, context, settings.times(), listeners, settings.createsTopics());
    link.alwaysDo(cluster::update);
    this.autoCommits = new AutoCommitTimer(link, settings);
    this.group = settings.groupId().map(groupId -> groupParts(context, groupId));
    this.positions =
        new Positions(
            link,
            subscriptions,
            cluster,
            settings,
            group.map(parts -> new Positions.GroupSide(parts.coordinator(), parts.offsets())),
            new SimClock(context.simulation(), context.process()::clockSkew));
    this.updates = new PollUpdates(link, positions, settings);
    this.fetcher = new Fetcher(link, subscriptions, cluster, settings, metrics.fetches());
  }

  private GroupParts groupParts(ClientContext context, String groupId) {
    GroupMetrics measured =
        new GroupMetrics(
            metrics.all(),
            settings.group().consumerProtocol(),
            () -> subscriptions.states().size());
    CoordinatorLink coordinator =
        new CoordinatorLink(link, groupId, settings, cluster::anyBroker, measured);
    Membership member =
        settings.group().consumerProtocol()
            ? new ConsumerMembership(
                context,
                link,
                coordinator,
                settings,
                subscriptions,
                cluster,
                groupId,
                measured,
                this::autoCommitThen,
                autoCommits::restart)
            : classicMember(context, coordinator, groupId, measured);
    return new GroupParts(
        coordinator,
        member,
        new OffsetStore(link, coordinator, member.commitRules(), settings, groupId, interceptors));
  }

  private Membership classicMember(
      ClientContext context, CoordinatorLink coordinator, String groupId, GroupMetrics measured) {
    Map<String, Object> originals = settings.config().originals();
    List<ConsumerPartitionAssignor> assignors =
        ConsumerPartitionAssignor.getAssignorInstances(settings.group().assignors(), originals);
    Rebalancer rebalancer = new Rebalancer(subscriptions, assignors, context, autoCommits::restart);
    ClassicCalls calls = new ClassicCalls(link, cluster, coordinator, settings, groupId, measured);
    return new ClassicMember(link, coordinator, settings, calls, rebalancer, cluster);
  }

  /**
   * The application calls the consumer: in the classic one, what a call has put off ends with it.
   */
  void called() {
    if (!settings.group().consumerProtocol()) {
      group.ifPresent(parts -> parts.coordinator().called());
      positions.called();
    }
  }

  /** The time by which a call with that time-out has to end. */
  long deadline(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("Timeout must not be negative");
    }
    long nanos =
        timeout.compareTo(Duration.ofDays(10_000)) > 0 ? Long.MAX_VALUE : timeout.toNanos();
    return ClientLink.deadline(link.now(), nanos);
  }

  Duration defaultTimeout() {
    return Duration.ofNanos(settings.times().defaultApiTimeoutNanos());
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

  /** The application goes elsewhere, and may be given records again that it has had. */
  void seek(TopicPartition partition, long offset, Optional<Integer> epoch) {
    subscriptions.require(partition).seek(offset, epoch);
    context
        .facts()
        .accept(new Fact.Sought(link.now(), context.process().member(), partition, offset));
  }

  ConsumerRecords<K, V> poll(long deadlineNanos) {
    metrics.polled();
    if (subscriptions.kind() == Subscriptions.Kind.NONE) {
      throw new IllegalStateException(
          "Consumer is not subscribed to any topics or assigned any partitions");
    }
    link.throwIfWokenUp();
    updates.begin();
    while (true) {
      link.throwIfWokenUp();
      boolean mayFetch = advance(deadlineNanos);
      ConsumerRecords<K, V> records = collect();
      if (!records.nextOffsets().isEmpty()) {
        fetcher.sendFetches();
        return interceptors.onConsume(records);
      }
      if (mayFetch) {
        // Looking at what was left of a partition may have shown that it is nothing.
        fetcher.sendFetches();
      }
      if (link.now() >= deadlineNanos) {
        return ConsumerRecords.empty();
      }
      if (!hasWork()) {
        long next = Math.min(autoCommits.nextNanos(), updates.nextNanos());
        link.awaitProgress(Math.min(deadlineNanos, next));
      }
    }
  }

  /** Goes one step on; tells whether what has a position may be fetched. */
  private boolean advance(long deadlineNanos) {
    lookForTopics();
    cluster.update();
    subscriptions.topics().forEach(cluster::throwIfInvalid);
    boolean joined;
    try {
      joined = pollGroup();
    } catch (RuntimeException thrown) {
      updates.drop();
      throw thrown;
    }
    boolean mayFetch = !joined || updates.advance(deadlineNanos);
    if (mayFetch) {
      fetcher.sendFetches();
    }
    return mayFetch;
  }

  /** Whether positions may be looked up: in kafka-clients, joining a group comes first. */
  private boolean pollGroup() {
    if (group.isEmpty()) {
      return true;
    }
    GroupParts parts = group.get();
    parts.offsets().runCompleted();
    boolean joined = parts.member().poll(this::autoCommitBeforeRebalance);
    if (link.closed()) {
      // A listener has closed the consumer: kafka-clients' poll goes on, and its network is gone.
      throw new DisconnectException("NetworkClient is no longer active, state is CLOSED");
    }
    autoCommit(parts);
    return joined || subscriptions.kind() == Subscriptions.Kind.MANUAL;
  }

  private void lookForTopics() {
    boolean pattern = subscriptions.kind() == Subscriptions.Kind.PATTERN;
    cluster.wantAll(pattern);
    if (!pattern) {
      cluster.want(subscriptions.topics());
      return;
    }
    if (cluster.listings() > matchedListings) {
      matchedListings = cluster.listings();
      if (subscriptions.matched(cluster.topicNames(), true)) {
        group().member().subscribed(true);
      }
    }
  }

  private boolean hasWork() {
    return group
        .map(parts -> parts.offsets().hasCompleted() || parts.member().hasWork())
        .orElse(false);
  }

  /** Before the assignment is replaced by hand, for no rebalance will follow. */
  void autoCommitIfDue() {
    group.ifPresent(this::autoCommit);
  }

  private void autoCommit(GroupParts parts) {
    if (!autoCommits.due()) {
      return;
    }
    autoCommits.restart();
    if (settings.group().consumerProtocol()) {
      autoCommits.underWay(true);
      parts.offsets().commitByItself(allConsumed(), () -> autoCommits.underWay(false));
      return;
    }
    parts
        .offsets()
        .commitAsync(
            allConsumed(),
            (offsets, failure) -> {
              if (failure instanceof RetriableCommitFailedException) {
                autoCommits.restart(settings.times().retryBackoffNanos());
              }
            });
  }

  private void autoCommitBeforeRebalance() {
    if (!settings.autoCommit().enabled()) {
      return;
    }
    if (group().member().eager()) {
      // Nothing is to be read behind what is committed; what stays is read on.
      subscriptions.states().forEach(PartitionState::revoking);
    }
    long deadline = link.now() + settings.group().maxPollNanos();
    commitQuietly(() -> group().offsets().commitBeforeJoin(allConsumed(), deadline));
  }

  private void autoCommitThen(Runnable then) {
    if (!settings.autoCommit().enabled()) {
      then.run();
      return;
    }
    autoCommits.underWay(true);
    group()
        .offsets()
        .commitThen(
            this::allConsumed,
            link.now() + settings.group().maxPollNanos(),
            () -> {
              autoCommits.underWay(false);
              then.run();
            });
  }

  /** A last commit before partitions go; what fails is left to the next owner, as in Kafka. */
  private void commitQuietly(Runnable commit) {
    try {
      commit.run();
    } catch (WakeupException | InterruptException passedOn) {
      throw passedOn;
    } catch (KafkaException failed) {
      LOG.warn("The last automatic commit before partitions go has failed", failed);
    }
  }

  Map<TopicPartition, OffsetAndMetadata> allConsumed() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
    for (PartitionState state : subscriptions.states()) {
      if (state.valid()) {
        offsets.put(state.partition(), state.next());
      }
    }
    return offsets;
  }

  private ConsumerRecords<K, V> collect() {
    FetchMetrics fetches = metrics.fetches();
    fetches.settle();
    fetcher.begin();
    int left = settings.fetching().maxPollRecords();
    Map<TopicPartition, List<ConsumerRecord<K, V>>> records = new LinkedHashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new LinkedHashMap<>();
    boolean unreadable = false;
    PartitionState state = fetcher.next();
    while (state != null) {
      List<ConsumerRecord<K, V>> taken = new ArrayList<>();
      long before = state.position();
      PartitionState.Taken each = state.peek();
      while (each != null) {
        if (taken.isEmpty() && records.isEmpty()) {
          // The first bad record is thrown at once; a later one ends this poll before it.
          taken.add(reader.read(state.partition(), each));
        } else {
          Optional<ConsumerRecord<K, V>> read = reader.tryRead(state.partition(), each);
          unreadable = read.isEmpty();
          if (unreadable) {
            break;
          }
          taken.add(read.get());
        }
        state.advancePast(each);
        // What comes behind the last record, as a transaction's marker, is for the next poll.
        each = taken.size() < left ? state.peek() : null;
      }
      if (!taken.isEmpty()) {
        records.put(state.partition(), taken);
        left -= taken.size();
      }
      if (state.position() > before) {
        // Past what is not for the application, too: markers and aborted records.
        next.put(state.partition(), state.next());
      }
      fetches.looked(state);
      state = left > 0 && !unreadable ? fetcher.next() : null;
    }
    fetcher.end();
    if (left <= 0) {
      fetches.settleSeen();
    } else {
      fetches.settle();
    }
    if (next.isEmpty()) {
      fetcher.throwFirstOutOfRange();
      return ConsumerRecords.empty();
    }
    return new ConsumerRecords<>(records, next);
  }

  void close(long deadlineNanos, Leaving operation) {
    link.disableWakeups();
    group.ifPresent(
        parts -> {
          try {
            if (settings.autoCommit().enabled()) {
              commitQuietly(() -> parts.offsets().commitSync(allConsumed(), deadlineNanos));
            }
            while (parts.offsets().pendingAsync() > 0 && link.now() < deadlineNanos) {
              link.awaitProgressWithoutWakeup(deadlineNanos);
            }
          } finally {
            parts.member().close(deadlineNanos, operation);
          }
          parts.offsets().closed();
        });
  }
}
