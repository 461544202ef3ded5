package io.heddle.simulator.client;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.MetadataResponse;
import io.heddle.simulator.protocol.MetadataResponse.PartitionMetadata;
import io.heddle.simulator.protocol.MetadataResponse.TopicMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidTopicException;

/** What a client knows of brokers, topics and leaders; asks again when it knows too little. */
final class ClusterView {
  /** A leader as of its epoch. */
  record Leader(int broker, int epoch, Uuid topicId) {}

  /** What the answers so far have told. */
  private static final class Known {
    final Map<String, TopicMetadata> topics = new TreeMap<>();
    // Worked out when it is asked for, until the next answer; looked up only.
    final Map<TopicPartition, Optional<Leader>> leaders = new HashMap<>();
  }

  /** Something to do when these topics have been asked for. */
  private record Asked(Set<String> names, Runnable action) {}

  private final ClientLink link;
  private final IntSupplier anyBroker;
  private final ClientTimes times;
  private final ClusterListeners listeners;
  private final WantedTopics wanted;
  private final Known known = new Known();
  private final Map<String, ErrorCode> refused = new TreeMap<>();
  private List<Node> nodes = List.of();
  private boolean inFlight;
  private boolean stale = true;
  private long version;
  private long updatedNanos;
  private long notBeforeNanos;
  private final List<Asked> asked = new ArrayList<>();

  /**
   * Of a client that knows nothing yet.
   *
   * @param createsTopics whether a topic that it asks for may be made by that
   */
  ClusterView(
      ClientLink link,
      ClientContext context,
      ClientTimes times,
      ClusterListeners listeners,
      boolean createsTopics) {
    this.link = link;
    Choices.Stream choice = context.choices().stream("client.broker");
    int brokers = context.brokers();
    this.anyBroker = () -> (int) choice.below(brokers);
    this.times = times;
    this.listeners = listeners;
    this.wanted = new WantedTopics(createsTopics);
  }

  /** Grows with every answer about the cluster. */
  long version() {
    return version;
  }

  /** How long ago the cluster was last heard of; empty if it never was. */
  OptionalLong ageNanos() {
    return version == 0 ? OptionalLong.empty() : OptionalLong.of(link.now() - updatedNanos);
  }

  /** Adds topics to those that are kept up to date. */
  void want(Iterable<String> names) {
    for (String name : names) {
      if (wanted.add(name)) {
        stale = true;
      }
    }
  }

  /** Keeps exactly these topics up to date of which only the ids are known. */
  void wantIds(Collection<Uuid> ids) {
    if (wanted.ids(ids)) {
      stale = true;
    }
  }

  /** Keeps all topics up to date, or just those that are wanted by name again. */
  void wantAll(boolean all) {
    if (wanted.all(all)) {
      stale = true;
    }
  }

  /** The name of the topic that has this id, as far as it is known. */
  Optional<String> topicName(Uuid id) {
    return known.topics.values().stream()
        .filter(it -> it.topicId().equals(id))
        .map(TopicMetadata::name)
        .findFirst();
  }

  /** How often all topics have been listed. */
  long listings() {
    return wanted.listings();
  }

  /** Every topic that is known. */
  Set<String> topicNames() {
    return Collections.unmodifiableSet(known.topics.keySet());
  }

  /** What is known is no longer true. */
  void invalidate() {
    stale = true;
  }

  /** Asks anew, and at once: what is wanted has changed, whatever is known of it. */
  void renew() {
    stale = true;
    notBeforeNanos = 0;
  }

  /**
   * Does something as soon as these topics are known, or it is known that they are not there; after
   * the next answer, if one is to come.
   */
  void whenFresh(Set<String> names, Runnable action) {
    want(names);
    if (!due() && !inFlight && knows(names)) {
      action.run();
      return;
    }
    asked.add(new Asked(names, action));
    if (!inFlight) {
      stale = true;
    }
    update();
  }

  /** Asks if there is something to ask; call it whenever the client does something. */
  void update() {
    if (!due() || inFlight || link.now() < notBeforeNanos || wanted.none()) {
      return;
    }
    inFlight = true;
    stale = false;
    boolean everything = wanted.everything();
    link.send(
        anyBroker(),
        wanted.request(),
        MetadataResponse.class,
        times.requestTimeoutNanos(),
        response -> updated(response, everything),
        this::failed);
  }

  private boolean due() {
    return stale || link.now() - updatedNanos > times.metadataMaxAgeNanos();
  }

  /** A broker to ask something that each can answer. */
  int anyBroker() {
    return anyBroker.getAsInt();
  }

  private void updated(MetadataResponse response, boolean everything) {
    inFlight = false;
    version++;
    updatedNanos = link.now();
    if (!response.brokers().isEmpty()) {
      nodes = response.brokers();
    }
    boolean incomplete = false;
    refused.clear();
    known.leaders.clear();
    if (everything) {
      wanted.listed();
      known.topics.keySet().retainAll(response.topics().stream().map(TopicMetadata::name).toList());
    }
    for (TopicMetadata topic : response.topics()) {
      if (topic.error() == ErrorCode.NONE) {
        known.topics.put(topic.name(), topic);
        incomplete |= topic.partitions().stream().anyMatch(it -> it.error() != ErrorCode.NONE);
      } else {
        incomplete = true;
        if (!topic.name().isEmpty()) {
          refused.put(topic.name(), topic.error());
        }
        if (topic.error() == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
          known.topics.remove(topic.name());
        }
      }
    }
    if (incomplete) {
      failed();
    }
    listeners.onUpdate(response.clusterId());
    Set<String> answered = new TreeSet<>();
    response.topics().forEach(topic -> answered.add(topic.name()));
    tellAsked(it -> everything || answered.containsAll(it.names()));
  }

  private void tellAsked(Predicate<Asked> answered) {
    List<Asked> told = asked.stream().filter(answered).toList();
    asked.removeAll(told);
    told.forEach(each -> each.action().run());
    if (!asked.isEmpty()) {
      update();
    }
  }

  private void failed() {
    inFlight = false;
    stale = true;
    notBeforeNanos = link.now() + times.retryBackoffNanos();
    // Whoever waits for the answer looks again then.
    var unused =
        link.later(
            times.retryBackoffNanos(),
            () -> {
              if (!asked.isEmpty()) {
                update();
              }
            });
  }

  Optional<Leader> leader(TopicPartition partition) {
    Optional<Leader> leader = known.leaders.get(partition);
    if (leader == null) {
      leader = lookUpLeader(partition);
      known.leaders.put(partition, leader);
    }
    return leader;
  }

  private Optional<Leader> lookUpLeader(TopicPartition partition) {
    TopicMetadata topic = known.topics.get(partition.topic());
    if (topic == null) {
      return Optional.empty();
    }
    List<PartitionMetadata> partitions = topic.partitions();
    // Brokers answer in order, so of a thousand partitions the right one is met at once.
    int place = partition.partition();
    boolean inOrder = place < partitions.size() && partitions.get(place).partition() == place;
    for (PartitionMetadata metadata : inOrder ? partitions.subList(place, place + 1) : partitions) {
      if (metadata.partition() == partition.partition() && metadata.leaderId() >= 0) {
        return Optional.of(
            new Leader(metadata.leaderId(), metadata.leaderEpoch(), topic.topicId()));
      }
    }
    return Optional.empty();
  }

  /** The number of partitions of a topic; 0 if it is not known. */
  int partitions(String topic) {
    TopicMetadata metadata = known.topics.get(topic);
    return metadata == null ? 0 : metadata.partitions().size();
  }

  /** Whether the last answer said that there is no such topic. */
  boolean missing(String topic) {
    return refused.get(topic) == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  }

  /** Throws if the last answer said that no topic can have this name. */
  void throwIfInvalid(String topic) {
    if (refused.get(topic) == ErrorCode.INVALID_TOPIC_EXCEPTION) {
      throw new InvalidTopicException("Invalid topics: [" + topic + "]", Set.of(topic));
    }
  }

  boolean knows(Iterable<String> names) {
    for (String name : names) {
      if (!known.topics.containsKey(name)) {
        return false;
      }
    }
    return true;
  }

  List<PartitionInfo> partitionInfo(String topic) {
    TopicMetadata metadata = known.topics.get(topic);
    return metadata == null ? List.of() : partitionInfo(metadata, nodes);
  }

  /** The same of any topic. */
  static List<PartitionInfo> partitionInfo(TopicMetadata topic, List<Node> nodes) {
    List<PartitionInfo> infos = new ArrayList<>();
    for (PartitionMetadata partition : topic.partitions()) {
      Node leader = node(nodes, partition.leaderId());
      infos.add(
          new PartitionInfo(
              topic.name(),
              partition.partition(),
              leader.isEmpty() ? null : leader,
              named(nodes, partition.replicas()),
              named(nodes, partition.inSync()),
              named(nodes, partition.offline())));
    }
    return infos;
  }

  /** A broker that is away has an id, and nothing else is known of it. */
  private static Node[] named(List<Node> nodes, List<Integer> ids) {
    return ids.stream()
        .map(id -> node(nodes, id).isEmpty() ? new Node(id, "", -1) : node(nodes, id))
        .toArray(Node[]::new);
  }

  private static Node node(List<Node> nodes, int id) {
    return nodes.stream().filter(node -> node.id() == id).findFirst().orElse(Node.noNode());
  }

  /** Everything known, as kafka-clients' assignors and partitioners want it. */
  Cluster toCluster() {
    List<PartitionInfo> infos = new ArrayList<>();
    known.topics.keySet().forEach(topic -> infos.addAll(partitionInfo(topic)));
    return new Cluster("simulated", nodes, infos, new TreeSet<>(), new TreeSet<>());
  }

  /** What kafka-clients says of a record whose partition was not known in time. */
  String absent(ProducerRecord<?, ?> record, long waitedNanos) {
    int count = partitions(record.topic());
    String what =
        count == 0
            ? "Topic " + record.topic() + " not present"
            : "Partition "
                + record.partition()
                + " of topic "
                + record.topic()
                + " with partition count "
                + count
                + " is not present";
    return what + " in metadata after " + waitedNanos / 1_000_000 + " ms.";
  }
}
