package io.heddle.simulator.client;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.MetadataResponse;
import io.heddle.simulator.protocol.MetadataResponse.PartitionMetadata;
import io.heddle.simulator.protocol.MetadataResponse.TopicMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.jspecify.annotations.Nullable;

/** What a client knows of brokers, topics and leaders; asks again when it knows too little. */
final class ClusterView {
  /** A leader as of its epoch. */
  record Leader(int broker, int epoch, Uuid topicId) {}

  /** Something to do when these topics have been asked for. */
  private record Asked(Set<String> names, Runnable action) {}

  private final ClientLink link;
  private final IntSupplier anyBroker;
  private final ClientTimes times;
  private final RefreshTimes refreshes;
  private final Alarm allowed;
  private final ClusterListeners listeners;
  private final WantedTopics wanted;
  private final KnownTopics known = new KnownTopics();
  private final Map<String, ErrorCode> refused = new TreeMap<>();
  private List<Node> nodes = List.of();
  private boolean inFlight;
  private long version;
  private @Nullable Runnable background;
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
    this.refreshes = new RefreshTimes(link.backoff(times), times.metadataMaxAgeNanos());
    this.allowed = new Alarm(link, this::goOn);
    this.listeners = listeners;
    this.wanted = new WantedTopics(createsTopics);
  }

  /** Grows with every answer about the cluster. */
  long version() {
    return version;
  }

  /** How long ago the cluster was last heard of; empty if it never was. */
  OptionalLong ageNanos() {
    return refreshes.ageNanos(link.now());
  }

  /** Adds topics to those that are kept up to date. */
  void want(Iterable<String> names) {
    for (String name : names) {
      if (wanted.add(name)) {
        refreshes.widen();
      }
    }
  }

  /** Keeps exactly these topics up to date of which only the ids are known. */
  void wantIds(Collection<Uuid> ids) {
    if (wanted.ids(ids)) {
      refreshes.lack();
    }
  }

  /** Keeps all topics up to date, or just those that are wanted by name again. */
  void wantAll(boolean all) {
    if (wanted.all(all)) {
      refreshes.widen();
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

  /** What is known is no longer true: something is tried again with what is heard next. */
  void invalidate() {
    refreshes.retry();
  }

  /**
   * A broker has said that it does not lead a partition any more. Kafka's says with it who does
   * (KIP-951); instead of that, the cluster is asked about at once.
   */
  void leaderHasMoved() {
    refreshes.hurry();
  }

  /** Something is not known that may be heard next. */
  void lack() {
    refreshes.lack();
  }

  /** Asks anew, and at once: what is wanted has changed, whatever is known of it. */
  void renew() {
    refreshes.widen();
  }

  /** From now on asks without being called, as a thread of its own does; the rest that it does. */
  void inBackground(Runnable afterAnswers) {
    background = afterAnswers;
  }

  /**
   * Does something as soon as these topics are known, or it is known that they are not there; after
   * the next answer, if one is to come.
   */
  void whenFresh(Set<String> names, Runnable action) {
    want(names);
    if (!refreshes.due(link.now()) && !inFlight && knows(names)) {
      action.run();
      return;
    }
    asked.add(new Asked(names, action));
    if (!inFlight) {
      refreshes.retry();
    }
    update();
  }

  /**
   * Asks if there is something to ask, as soon as that is allowed; call it whenever the client does
   * something.
   */
  void update() {
    long now = link.now();
    if (inFlight || wanted.none() || !refreshes.due(now)) {
      return;
    }
    long at = refreshes.notBefore(now);
    if (at > now) {
      allowed.by(at);
      return;
    }
    inFlight = true;
    refreshes.ask();
    boolean everything = wanted.everything();
    link.send(
        anyBroker(),
        wanted.request(),
        MetadataResponse.class,
        times.requestTimeoutNanos(),
        response -> updated(response, everything),
        this::failed);
  }

  /** Whether {@link #update} would ask, and not only mean to. */
  boolean asksNow() {
    long now = link.now();
    return !inFlight && !wanted.none() && refreshes.due(now) && refreshes.notBefore(now) <= now;
  }

  /** A broker to ask something that each can answer. */
  int anyBroker() {
    return anyBroker.getAsInt();
  }

  private void updated(MetadataResponse response, boolean everything) {
    if (response.brokers().isEmpty()) {
      failed();
      return;
    }
    inFlight = false;
    version++;
    nodes = response.brokers();
    refreshes.answered(link.now(), known.tellsNews(response));
    refused.clear();
    known.leaders.clear();
    if (everything) {
      wanted.listed();
      known.topics.keySet().retainAll(response.topics().stream().map(TopicMetadata::name).toList());
    }
    for (TopicMetadata topic : response.topics()) {
      if (topic.error() == ErrorCode.NONE) {
        known.topics.put(topic.name(), topic);
        topic.partitions().forEach(partition -> retryAfter(partition.error()));
      } else {
        retryAfter(topic.error());
        if (!topic.name().isEmpty()) {
          refused.put(topic.name(), topic.error());
        }
        if (topic.error() == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
          known.topics.remove(topic.name());
        }
      }
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
    goOn();
    if (background != null) {
      background.run();
    }
  }

  /** Whoever waits in a call goes on by itself. */
  private void goOn() {
    if (background != null || !asked.isEmpty()) {
      update();
    }
  }

  /** What was refused for a reason that can pass is asked for again. */
  private void retryAfter(ErrorCode error) {
    if (error != ErrorCode.NONE && error.exception() instanceof InvalidMetadataException) {
      refreshes.retry();
    }
  }

  private void failed() {
    inFlight = false;
    refreshes.failed(link.now());
    goOn();
  }

  Optional<Leader> leader(TopicPartition partition) {
    return known.leader(partition);
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
