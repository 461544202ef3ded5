package io.heddle.simulator.broker;

import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Kafka's brokers in memory: they answer requests as Kafka does. Whoever wants to know or change
 * something from outside, past the protocol, finds it here too.
 *
 * <p>Replicas have what their leader has, at once, and what a broker has taken it still has after a
 * crash, flushed or not, as the page cache of a machine that goes on would; records are lost where
 * a replica leads that was away ({@code unclean.leader.election.enable}) or where a fault says so.
 * What each API models and what not is told by its handler. Not thread-safe: one event loop owns
 * it.
 */
public final class SimCluster {
  private final ClusterParts parts;
  private final RequestTable requests;
  private final BrokerOperations operations;

  /** A cluster without topics or groups. */
  public SimCluster(ClusterSettings settings, Surroundings surroundings) {
    this.parts = new ClusterParts(settings, surroundings);
    this.requests = Handlers.of(parts);
    this.operations = new BrokerOperations(parts);
  }

  /** What can be done to brokers, leaders, coordinators and logs from outside. */
  public BrokerOperations operations() {
    return operations;
  }

  /** All brokers, those that are away included. */
  public List<Node> brokers() {
    return MetadataApi.nodes(IntStream.range(0, parts.brokers.count()).boxed().toList());
  }

  /**
   * Serves a request that has reached a broker.
   *
   * @param reply called at most once, now or later; never for a Produce with acks=0
   */
  public void handle(int brokerId, Caller caller, Request request, Consumer<Response> reply) {
    if (!parts.brokers.isUp(brokerId)) {
      throw new IllegalStateException("broker " + brokerId + " is not there");
    }
    parts.maintenance.catchUp();
    requests.dispatch(new Call(brokerId, caller, reply), request);
  }

  /** Creates a topic with the cluster's defaults and returns its id. */
  public Uuid createTopic(String name, int partitions) {
    return createTopic(name, partitions, Map.of());
  }

  /** The same with these configs, and as many replicas as the cluster gives a topic. */
  public Uuid createTopic(String name, int partitions, Map<String, String> configs) {
    return createTopic(
        name, partitions, parts.settings.lives().defaultReplicationFactor(), configs);
  }

  /**
   * Creates a topic and returns its id.
   *
   * @param configs Kafka's names and values; what is not said is the cluster's default
   * @throws org.apache.kafka.common.config.ConfigException as Kafka has it
   */
  public Uuid createTopic(
      String name, int partitions, int replicationFactor, Map<String, String> configs) {
    if (replicationFactor < 1 || replicationFactor > parts.brokers.count()) {
      throw new IllegalArgumentException(
          "replicationFactor must be from 1 to the number of brokers, "
              + parts.brokers.count()
              + ", was "
              + replicationFactor);
    }
    TopicNames.faultOf(name)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
    return parts
        .administration
        .create(name, partitions, replicationFactor, TopicConfig.of(configs))
        .id();
  }

  /** Deletes a topic, its records and the offsets committed for it. */
  public void deleteTopic(String name) {
    parts.administration.delete(topic(name));
  }

  /** The id of the topic, if there is one of that name. */
  public Optional<Uuid> topicId(String name) {
    return parts.topics.find(name).map(Topic::id);
  }

  /** Adds partitions to the topic, up to so many. */
  public void addPartitions(String name, int total) {
    parts.administration.grow(topic(name), total);
  }

  /** What is set for the topic, other than the cluster's defaults. */
  public TopicConfig topicOverrides(String name) {
    return topic(name).overrides();
  }

  /** What holds for the topic. */
  public TopicConfig topicConfig(String name) {
    return topic(name).config();
  }

  /** Sets what is to be other than the cluster's defaults; what was set before is forgotten. */
  public void configureTopic(String name, TopicConfig overrides) {
    parts.maintenance.catchUp();
    parts.administration.configure(topic(name), overrides);
  }

  /** Deletes a topic and creates one of the same name, partitions, replicas and configs. */
  public Uuid recreateTopic(String name) {
    Topic before = topic(name);
    deleteTopic(name);
    return createTopic(
        name, before.partitionCount(), before.replicationFactor(), before.overrides().overrides());
  }

  /** The names of all topics, in the order in which they were created. */
  public List<String> topics() {
    return parts.topics.all().stream().map(Topic::name).toList();
  }

  /** How many partitions the topic has. */
  public int partitionsOf(String topic) {
    return topic(topic).partitionCount();
  }

  /** The broker that leads the partition, or -1 while none does. */
  public int leaderOf(TopicPartition partition) {
    return parts.topics.partition(partition).leader();
  }

  /** The epoch of that leader. */
  public int leaderEpochOf(TopicPartition partition) {
    return parts.topics.partition(partition).leaderEpoch();
  }

  /** Makes the broker the partition's leader, in a new epoch; no record is lost. */
  public void moveLeader(TopicPartition partition, int brokerId) {
    operations.moveLeader(partition, brokerId);
  }

  /** The broker that coordinates the group, or -1 while none does. */
  public int coordinatorOf(String groupId) {
    return parts.groupSeats().of(groupId);
  }

  /** The offset that the next record will have. */
  public long endOffset(TopicPartition partition) {
    return parts.topics.partition(partition).log().endOffset();
  }

  /** The first offset that is still there. */
  public long logStartOffset(TopicPartition partition) {
    parts.maintenance.catchUp();
    return parts.topics.partition(partition).log().startOffset();
  }

  /** The offset up to which no transaction is open; the end if none is. */
  public long lastStableOffset(TopicPartition partition) {
    return parts.topics.partition(partition).log().lastStableOffset();
  }

  /** Kafka's name for the state of the transactional id, if it has been used. */
  public Optional<String> transactionState(String transactionalId) {
    return parts.transactions.find(transactionalId).map(found -> found.state().title());
  }

  /** What the group has committed, ordered by topic and partition. */
  public Map<TopicPartition, OffsetToCommit> committedOffsets(String groupId) {
    return parts.offsets.of(groupId);
  }

  /** The ids of all groups, in the order in which they came into being. */
  public List<String> groups() {
    return parts.groups.groups().all().stream().map(Group::groupId).toList();
  }

  /** The group as it is now, if there is one. */
  public Optional<GroupView> describeGroup(String groupId) {
    return parts.groups.groups().find(groupId).map(group -> GroupViews.of(group, parts.topics));
  }

  /**
   * Makes the group rebalance as if its membership had changed.
   *
   * @return false if there is no such group, or it is empty or rebalances already
   */
  public boolean forceRebalance(String groupId) {
    return parts.groups.forceRebalance(groupId);
  }

  /**
   * Throws the process out of the group as if its session had timed out.
   *
   * @return false if it has no member there
   */
  public boolean expireMember(String groupId, Member member) {
    return parts.groups.expireMember(groupId, member);
  }

  /**
   * Checks what must always hold inside the brokers.
   *
   * @throws AssertionError naming whatever does not
   */
  public void checkConsistency() {
    parts.maintenance.catchUp();
    List<String> violations =
        new ArrayList<>(
            new ConsistencyCheck(parts.topics, parts.groups, parts.offsets).violations());
    violations.addAll(
        new TransactionCheck(
                parts.topics, parts.offsets, parts.transactions, parts.transactionSeats())
            .violations());
    if (!violations.isEmpty()) {
      throw new AssertionError("inconsistent brokers: " + String.join("; ", violations));
    }
  }

  private Topic topic(String name) {
    return parts
        .topics
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no topic " + name));
  }
}
