package io.heddle.campaign.clients;

import io.heddle.campaign.clients.ProducerSteps.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Traces of an administrator beside a producer and a consumer, which keep to the topic that stays.
 */
final class AdminTheme {
  private static final String STAYS = "t0";
  private static final List<String> COME_AND_GO = List.of("t1", "t2");
  private static final List<String> ALL = List.of("t0", "t1", "t2");
  private static final int MOST_PARTITIONS = 4;

  private final Draw draw;
  private final Map<String, Integer> topics = new TreeMap<>();
  private final List<TopicPartition> partitions;
  private final List<Step> steps = new ArrayList<>();
  private int values;

  private AdminTheme(Draw draw) {
    this.draw = draw;
    topics.put(STAYS, 1 + draw.below(3));
    topics.put("t1", 1 + draw.below(2));
    partitions = Draw.partitions(STAYS, topics.get(STAYS));
  }

  static Trace trace(Draw draw) {
    return new AdminTheme(draw).make();
  }

  private Trace make() {
    Map<String, String> settings = Settings.consumer(draw, List.of("g0"));
    settings.put("group.id", "g0");
    steps.add(ConsumerSteps.create("c0", settings));
    steps.add(ConsumerSteps.assign("c0", partitions));
    steps.add(ProducerSteps.create("p0", Map.of()));
    steps.add(send());
    int length = 10 + draw.below(20);
    while (steps.size() < length) {
      steps.add(next());
    }
    steps.add(ConsumerSteps.pollAndRest("c0"));
    steps.add(AdminSteps.groupOffsets("g0"));
    steps.add(ConsumerSteps.close("c0"));
    steps.add(AdminSteps.names());
    steps.add(AdminSteps.describe(ALL));
    return new Trace(topics, steps);
  }

  private Step next() {
    return switch (draw.below(18)) {
      case 0, 1, 2 -> send();
      case 3, 4 -> ConsumerSteps.pollAndRest("c0");
      case 5 -> ConsumerSteps.commitSync("c0");
      case 6 -> AdminSteps.create(draw.of(ALL), 1 + draw.below(3));
      case 7 -> AdminSteps.delete(draw.of(COME_AND_GO));
      case 8 -> AdminSteps.grow(draw.of(ALL), 1 + draw.below(MOST_PARTITIONS));
      case 9 -> AdminSteps.describe(draw.some(ALL));
      case 10, 11 -> AdminSteps.deleteRecords(offsets(-1, 8));
      case 12, 13 -> listOffsets();
      case 14 -> AdminSteps.alterGroupOffsets(group(), offsets(0, 8));
      case 15 -> AdminSteps.groupOffsets(group());
      case 16 -> AdminSteps.deleteGroupOffsets(group(), draw.some(any()));
      default -> draw.oneIn(2) ? AdminSteps.names() : AdminSteps.deleteGroup(group());
    };
  }

  private String group() {
    return draw.word("g0", "g0", "g1");
  }

  /** Mostly partitions that there are. */
  private List<TopicPartition> any() {
    List<TopicPartition> any = new ArrayList<>(partitions);
    if (draw.oneIn(4)) {
      any.add(new TopicPartition("t1", draw.below(2)));
    }
    if (draw.oneIn(10)) {
      any.add(new TopicPartition("missing", 0));
    }
    return any;
  }

  private Map<TopicPartition, Long> offsets(int least, int count) {
    Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
    draw.some(any()).forEach(each -> offsets.put(each, (long) least + draw.below(count)));
    return offsets;
  }

  private Step listOffsets() {
    Map<TopicPartition, String> specs = new LinkedHashMap<>();
    draw.some(any())
        .forEach(
            each ->
                specs.put(
                    each,
                    draw.oneIn(3)
                        ? String.valueOf(995 + draw.below(30))
                        : draw.word("earliest", "latest", "maxTimestamp")));
    return AdminSteps.listOffsets(
        specs, draw.oneIn(3) ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED);
  }

  private Step send() {
    List<Message> messages = new ArrayList<>();
    for (int i = 1 + draw.below(5); i > 0; i--) {
      TopicPartition target = draw.of(partitions);
      messages.add(
          new Message(
              target.topic(),
              Optional.of(target.partition()),
              Optional.of(1_000L + draw.below(20)),
              Optional.of("k"),
              "v" + values++,
              List.of()));
    }
    return ProducerSteps.send("p0", messages, true);
  }
}
