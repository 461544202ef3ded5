package io.heddle.simulator.broker;

import static io.heddle.simulator.protocol.ApiKey.CREATE_TOPICS;
import static io.heddle.simulator.protocol.ApiKey.DELETE_GROUPS;
import static io.heddle.simulator.protocol.ApiKey.DELETE_RECORDS;
import static io.heddle.simulator.protocol.ApiKey.DELETE_TOPICS;
import static io.heddle.simulator.protocol.ApiKey.DESCRIBE_GROUPS;
import static io.heddle.simulator.protocol.ApiKey.DESCRIBE_TRANSACTIONS;
import static io.heddle.simulator.protocol.ApiKey.END_TXN;
import static io.heddle.simulator.protocol.ApiKey.FETCH;
import static io.heddle.simulator.protocol.ApiKey.FIND_COORDINATOR;
import static io.heddle.simulator.protocol.ApiKey.HEARTBEAT;
import static io.heddle.simulator.protocol.ApiKey.INIT_PRODUCER_ID;
import static io.heddle.simulator.protocol.ApiKey.JOIN_GROUP;
import static io.heddle.simulator.protocol.ApiKey.LEAVE_GROUP;
import static io.heddle.simulator.protocol.ApiKey.LIST_GROUPS;
import static io.heddle.simulator.protocol.ApiKey.LIST_OFFSETS;
import static io.heddle.simulator.protocol.ApiKey.LIST_TRANSACTIONS;
import static io.heddle.simulator.protocol.ApiKey.METADATA;
import static io.heddle.simulator.protocol.ApiKey.OFFSET_COMMIT;
import static io.heddle.simulator.protocol.ApiKey.OFFSET_FETCH;
import static io.heddle.simulator.protocol.ApiKey.PRODUCE;
import static io.heddle.simulator.protocol.ApiKey.SYNC_GROUP;
import static io.heddle.simulator.protocol.ApiKey.TXN_OFFSET_COMMIT;

import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.CreateTopicsRequest;
import io.heddle.simulator.protocol.DeleteGroupsRequest;
import io.heddle.simulator.protocol.DeleteRecordsRequest;
import io.heddle.simulator.protocol.DeleteTopicsRequest;
import io.heddle.simulator.protocol.DescribeGroupsRequest;
import io.heddle.simulator.protocol.DescribeTransactionsRequest;
import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.FetchRequest;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.ListGroupsRequest;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListTransactionsRequest;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.SyncGroupRequest;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Kafka's brokers in memory: they answer requests as Kafka does. Whoever wants to know or change
 * something from outside, past the protocol, finds it here too.
 *
 * <p>One partition has one replica, at its leader, and what a broker has taken is never lost; what
 * each API models and what not is told by its handler. Not thread-safe: one event loop owns it.
 */
public final class SimCluster {
  private final ClusterSettings settings;
  private final Topics topics;
  private final OffsetStore offsets;
  private final TopicAdministration administration;
  private final Coordinators coordinators;
  private final GroupCoordinator groups;
  private final TransactionCoordinator transactions;
  private final RequestTable requests;

  /** A cluster without topics or groups. */
  public SimCluster(ClusterSettings settings, Surroundings surroundings) {
    this.settings = settings;
    this.topics = new Topics(settings.brokers());
    this.offsets = new OffsetStore();
    this.administration = new TopicAdministration(topics, offsets, surroundings);
    this.coordinators = new Coordinators(settings.brokers());
    this.groups = new GroupCoordinator(settings.groups(), surroundings);
    ProducerIds producerIds = new ProducerIds(settings.brokers());
    this.transactions =
        new TransactionCoordinator(
            settings.transactions(),
            coordinators,
            producerIds,
            new TransactionMarkers(topics, offsets, surroundings),
            surroundings);
    Enrolment enrolment = new Enrolment(transactions, settings.transactions(), surroundings);
    this.requests = new RequestTable();
    registerTopicRequests(surroundings, enrolment);
    registerGroupRequests(surroundings);
    registerTransactionRequests(producerIds, enrolment, surroundings);
  }

  /** The brokers as Metadata tells of them. */
  public List<Node> brokers() {
    return MetadataApi.nodes(settings);
  }

  /**
   * Serves a request that has reached a broker.
   *
   * @param reply called at most once, now or later; never for a Produce with acks=0
   */
  public void handle(int brokerId, Caller caller, Request request, Consumer<Response> reply) {
    if (brokerId < 0 || brokerId >= settings.brokers()) {
      throw new IllegalArgumentException("there is no broker " + brokerId);
    }
    requests.dispatch(new Call(brokerId, caller, reply), request);
  }

  /** Creates a topic and returns its id. */
  public Uuid createTopic(String name, int partitions) {
    TopicNames.faultOf(name)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
    return administration.create(name, partitions).id();
  }

  /** Deletes a topic, its records and the offsets committed for it. */
  public void deleteTopic(String name) {
    administration.delete(topic(name));
  }

  /** The names of all topics, in the order in which they were created. */
  public List<String> topics() {
    return topics.all().stream().map(Topic::name).toList();
  }

  /** How many partitions the topic has. */
  public int partitionsOf(String topic) {
    return topic(topic).partitions().size();
  }

  /** The broker that leads the partition. */
  public int leaderOf(TopicPartition partition) {
    return topics.partition(partition).leader();
  }

  /** The epoch of that leader. */
  public int leaderEpochOf(TopicPartition partition) {
    return topics.partition(partition).leaderEpoch();
  }

  /** Makes the broker the partition's leader, in a new epoch; no record is lost. */
  public void moveLeader(TopicPartition partition, int brokerId) {
    if (brokerId < 0 || brokerId >= settings.brokers()) {
      throw new IllegalArgumentException("there is no broker " + brokerId);
    }
    Partition moved = topics.partition(partition);
    moved.moveTo(brokerId);
    moved.wake();
  }

  /** The broker that coordinates the group. */
  public int coordinatorOf(String groupId) {
    return coordinators.of(groupId);
  }

  /** The offset that the next record will have. */
  public long endOffset(TopicPartition partition) {
    return topics.partition(partition).log().endOffset();
  }

  /** The first offset that is still there. */
  public long logStartOffset(TopicPartition partition) {
    return topics.partition(partition).log().startOffset();
  }

  /** The offset up to which no transaction is open; the end if none is. */
  public long lastStableOffset(TopicPartition partition) {
    return topics.partition(partition).log().lastStableOffset();
  }

  /** Kafka's name for the state of the transactional id, if it has been used. */
  public Optional<String> transactionState(String transactionalId) {
    return transactions.find(transactionalId).map(found -> found.state().title());
  }

  /** What the group has committed, ordered by topic and partition. */
  public Map<TopicPartition, OffsetToCommit> committedOffsets(String groupId) {
    return offsets.of(groupId);
  }

  /** The ids of all groups, in the order in which they came into being. */
  public List<String> groups() {
    return groups.groups().all().stream().map(ClassicGroup::groupId).toList();
  }

  /** The group as it is now, if there is one. */
  public Optional<GroupView> describeGroup(String groupId) {
    return groups.groups().find(groupId).map(GroupViews::of);
  }

  /**
   * Makes the group rebalance as if its membership had changed.
   *
   * @return false if there is no such group, or it is empty or rebalances already
   */
  public boolean forceRebalance(String groupId) {
    return groups.forceRebalance(groupId);
  }

  /**
   * Throws the process out of the group as if its session had timed out.
   *
   * @return false if it has no member there
   */
  public boolean expireMember(String groupId, Member member) {
    return groups.expireMember(groupId, member);
  }

  /**
   * Checks what must always hold inside the brokers.
   *
   * @throws AssertionError naming whatever does not
   */
  public void checkConsistency() {
    List<String> violations =
        new ArrayList<>(new ConsistencyCheck(topics, groups, offsets).violations());
    violations.addAll(new TransactionCheck(topics, offsets, transactions).violations());
    if (!violations.isEmpty()) {
      throw new AssertionError("inconsistent brokers: " + String.join("; ", violations));
    }
  }

  private Topic topic(String name) {
    return topics
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no topic " + name));
  }

  private void registerTopicRequests(Surroundings surroundings, Enrolment enrolment) {
    requests
        .with(
            PRODUCE,
            ProduceRequest.class,
            new ProduceApi(topics, surroundings, enrolment, settings.maxMessageBytes()))
        .with(FETCH, FetchRequest.class, new FetchApi(topics, surroundings))
        .with(LIST_OFFSETS, ListOffsetsRequest.class, new ListOffsetsApi(topics))
        .with(METADATA, MetadataRequest.class, new MetadataApi(topics, administration, settings))
        .with(
            CREATE_TOPICS,
            CreateTopicsRequest.class,
            new CreateTopicsApi(topics, administration, surroundings, settings))
        .with(DELETE_TOPICS, DeleteTopicsRequest.class, new DeleteTopicsApi(topics, administration))
        .with(DELETE_RECORDS, DeleteRecordsRequest.class, new DeleteRecordsApi(topics));
  }

  private void registerTransactionRequests(
      ProducerIds producerIds, Enrolment enrolment, Surroundings surroundings) {
    requests
        .with(
            INIT_PRODUCER_ID,
            InitProducerIdRequest.class,
            new InitProducerIdApi(producerIds, coordinators, transactions))
        .with(END_TXN, EndTxnRequest.class, new EndTxnApi(coordinators, transactions))
        .with(
            TXN_OFFSET_COMMIT,
            TxnOffsetCommitRequest.class,
            new TxnOffsetCommitApi(
                coordinators,
                groups.groups(),
                topics,
                offsets,
                enrolment,
                surroundings,
                settings.groups().offsetMetadataMaxBytes()))
        .with(
            DESCRIBE_TRANSACTIONS,
            DescribeTransactionsRequest.class,
            new DescribeTransactionsApi(coordinators, transactions))
        .with(
            LIST_TRANSACTIONS,
            ListTransactionsRequest.class,
            new ListTransactionsApi(coordinators, transactions));
  }

  private void registerGroupRequests(Surroundings surroundings) {
    requests
        .with(FIND_COORDINATOR, FindCoordinatorRequest.class, new FindCoordinatorApi(coordinators))
        .with(
            JOIN_GROUP,
            JoinGroupRequest.class,
            new JoinGroupApi(coordinators, groups, settings.groups(), surroundings))
        .with(SYNC_GROUP, SyncGroupRequest.class, new SyncGroupApi(coordinators, groups))
        .with(HEARTBEAT, HeartbeatRequest.class, new HeartbeatApi(coordinators, groups))
        .with(LEAVE_GROUP, LeaveGroupRequest.class, new LeaveGroupApi(coordinators, groups))
        .with(
            DESCRIBE_GROUPS,
            DescribeGroupsRequest.class,
            new DescribeGroupsApi(coordinators, groups.groups()))
        .with(
            LIST_GROUPS, ListGroupsRequest.class, new ListGroupsApi(coordinators, groups.groups()))
        .with(
            DELETE_GROUPS,
            DeleteGroupsRequest.class,
            new DeleteGroupsApi(coordinators, groups, offsets))
        .with(
            OFFSET_COMMIT,
            OffsetCommitRequest.class,
            new OffsetCommitApi(
                coordinators,
                groups,
                topics,
                offsets,
                surroundings,
                settings.groups().offsetMetadataMaxBytes()))
        .with(OFFSET_FETCH, OffsetFetchRequest.class, new OffsetFetchApi(coordinators, offsets));
  }
}
