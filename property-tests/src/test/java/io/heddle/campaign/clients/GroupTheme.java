package io.heddle.campaign.clients;

import io.heddle.campaign.clients.ProducerSteps.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.common.TopicPartition;

/** Traces of consumers whose group assigns the partitions. */
final class GroupTheme {
  private static final List<String> TOPICS = List.of("t0", "t1");

  /** Nobody sends to it, and in some traces it comes and goes. */
  private static final String COMES_AND_GOES = "t2";

  private final Draw draw;
  private final Map<String, Integer> topics = new TreeMap<>();
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final List<String> consumers = new ArrayList<>();
  private final TreeSet<String> members = new TreeSet<>();
  private final TreeSet<String> statics = new TreeSet<>();
  // A group that changes would wait for them as long as their sessions last.
  private final TreeSet<String> lingering = new TreeSet<>();
  private final List<Step> steps = new ArrayList<>();
  private final boolean changes;
  private int values;

  private GroupTheme(Draw draw, boolean changes) {
    this.draw = draw;
    this.changes = changes;
    for (String topic : TOPICS) {
      topics.put(topic, 1 + draw.below(4));
      partitions.addAll(Draw.partitions(topic, topics.get(topic)));
    }
  }

  /**
   * A trace.
   *
   * @param changes whether a topic of the group comes and goes
   */
  static Trace trace(Draw draw, boolean changes) {
    return new GroupTheme(draw, changes).make();
  }

  private Trace make() {
    Map<String, String> protocol = protocol();
    int count = 1 + draw.below(3);
    for (int i = 0; i < count; i++) {
      String name = "c" + i;
      consumers.add(name);
      Map<String, String> settings = Settings.consumer(draw, List.of("g0"));
      settings.put("group.id", "g0");
      settings.putAll(protocol);
      if (changes) {
        // So soon it sees what has become of its topics, though it is not to read while a group
        // settles. It cannot commit by itself what is gone, and would try for long.
        settings.put("metadata.max.age.ms", "200");
        settings.put("enable.auto.commit", "false");
      }
      // The assignor range goes by the members' ids, which modern clients draw themselves; those of
      // instances come first.
      boolean ranged = "range".equals(protocol.get("group.remote.assignor"));
      if (draw.oneIn(4) || ranged) {
        settings.put("group.instance.id", "i" + i);
        statics.add(name);
      }
      steps.add(ConsumerSteps.create(name, settings));
    }
    steps.add(ProducerSteps.create("p0", Map.of()));
    steps.add(send());
    steps.add(subscribe(consumers.get(0)));
    int length = 6 + draw.below(16);
    while (steps.size() < length) {
      steps.add(next());
    }
    for (String each : consumers) {
      if (members.contains(each)) {
        steps.add(ConsumerSteps.poll(each));
        steps.add(ConsumerSteps.committed(each, partitions));
      }
    }
    for (String each : consumers) {
      steps.add(close(each, GroupMembershipOperation.DEFAULT));
    }
    return new Trace(topics, steps);
  }

  private Map<String, String> protocol() {
    if (draw.oneIn(3)) {
      return Map.of(
          "group.protocol", "consumer", "group.remote.assignor", draw.word("uniform", "range"));
    }
    String assignor =
        draw.word(
            "org.apache.kafka.clients.consumer.RangeAssignor",
            "org.apache.kafka.clients.consumer.RoundRobinAssignor",
            "org.apache.kafka.clients.consumer.StickyAssignor",
            "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    return Map.of("partition.assignment.strategy", assignor);
  }

  private Step send() {
    List<Message> messages = new ArrayList<>();
    for (int i = 1 + draw.below(8); i > 0; i--) {
      TopicPartition target = draw.of(partitions);
      messages.add(
          new Message(
              target.topic(),
              Optional.of(target.partition()),
              Optional.empty(),
              Optional.of("k" + draw.below(5)),
              "v" + values++,
              List.of()));
    }
    return ProducerSteps.send("p0", messages, true);
  }

  private Step subscribe(String consumer) {
    lingering.remove(consumer);
    removeLingering();
    members.add(consumer);
    return GroupSteps.subscribe(consumer, wanted());
  }

  /** Topics that there are, and now and then one that there is not, or not always. */
  private List<String> wanted() {
    List<String> wanted = new ArrayList<>(draw.some(TOPICS));
    if (changes && draw.oneIn(2)) {
      wanted.add(COMES_AND_GOES);
    }
    if (changes && draw.oneIn(8)) {
      wanted.add("missing");
    }
    return draw.oneIn(12) ? List.of(wanted.get(wanted.size() - 1)) : wanted;
  }

  private Step change() {
    removeLingering();
    return draw.oneIn(2)
        ? GroupSteps.createTopic("g0", COMES_AND_GOES, 1 + draw.below(3))
        : GroupSteps.deleteTopic("g0", COMES_AND_GOES);
  }

  private void removeLingering() {
    if (!lingering.isEmpty()) {
      steps.add(GroupSteps.removeLingering("g0"));
      lingering.clear();
    }
  }

  private Step unsubscribe(String consumer) {
    removeLingering();
    linger(consumer);
    return GroupSteps.unsubscribe(consumer);
  }

  private Step close(String consumer, GroupMembershipOperation operation) {
    removeLingering();
    if (operation != GroupMembershipOperation.LEAVE_GROUP) {
      linger(consumer);
    }
    members.remove(consumer);
    return GroupSteps.close(consumer, operation);
  }

  /** It goes, and if it is static, it does not leave. */
  private void linger(String consumer) {
    if (members.remove(consumer) && statics.contains(consumer)) {
      lingering.add(consumer);
    }
  }

  private Map<TopicPartition, Long> offsets() {
    Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
    draw.some(partitions).forEach(each -> offsets.put(each, (long) draw.below(6)));
    return offsets;
  }

  private Step next() {
    String consumer = draw.of(consumers);
    if (changes && draw.oneIn(4)) {
      return change();
    }
    return switch (draw.below(20)) {
      case 0, 1, 2 -> send();
      case 3, 4, 5 -> subscribe(consumer);
      case 6 -> unsubscribe(consumer);
      case 7 -> ConsumerSteps.subscription(consumer);
      case 8 -> ConsumerSteps.committed(consumer, draw.some(partitions));
      case 9, 10 -> ConsumerSteps.commitSync(consumer);
      case 11 -> ConsumerSteps.commitSync(consumer, offsets(), "note");
      case 12 -> ConsumerSteps.commitAsync(consumer, Map.of(), "");
      case 13 -> ConsumerSteps.commitAsync(consumer, offsets(), "");
      case 14 -> strange(consumer);
      default -> ConsumerSteps.poll(consumer);
    };
  }

  private Step strange(String consumer) {
    List<TopicPartition> some = draw.some(partitions);
    return switch (draw.below(7)) {
      case 0 -> ConsumerSteps.assign(consumer, some);
      case 1 -> ConsumerSteps.seek(consumer, some.get(0), draw.below(4));
      case 2 -> ConsumerSteps.pause(consumer, true, some);
      case 3 -> ConsumerSteps.pause(consumer, false, some);
      case 4 -> ConsumerSteps.position(consumer, some);
      case 5 -> ConsumerSteps.wakeup(consumer);
      default ->
          close(
              consumer,
              draw.of(
                  List.of(
                      GroupMembershipOperation.DEFAULT,
                      GroupMembershipOperation.LEAVE_GROUP,
                      GroupMembershipOperation.LEAVE_GROUP)));
    };
  }
}
