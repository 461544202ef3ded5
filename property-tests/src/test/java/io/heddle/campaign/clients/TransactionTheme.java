package io.heddle.campaign.clients;

import io.heddle.campaign.clients.ProducerSteps.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** Traces of transactional producers, and of consumers that read what they write. */
final class TransactionTheme {
  private static final List<String> TOPICS = List.of("t0", "t1");

  /** So many bytes fill a batch. */
  private static final int FULL = 17_000;

  private final Draw draw;
  private final Map<String, Integer> topics = new TreeMap<>();
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final List<String> consumers = new ArrayList<>();
  private final List<String> producers = new ArrayList<>();
  private final Map<String, Integer> stages = new TreeMap<>();
  private final TreeSet<String> lingering = new TreeSet<>();
  private final Map<String, Map<String, String>> settings = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();
  private int values;

  private TransactionTheme(Draw draw) {
    this.draw = draw;
    for (String topic : TOPICS) {
      topics.put(topic, 1 + draw.below(2));
      partitions.addAll(Draw.partitions(topic, topics.get(topic)));
    }
  }

  static Trace trace(Draw draw) {
    return new TransactionTheme(draw).make();
  }

  private Trace make() {
    int consumerCount = 1 + draw.below(2);
    for (int i = 0; i < consumerCount; i++) {
      Map<String, String> settings = Settings.consumer(draw, List.of("g0", "g1"));
      settings.put("group.id", "g" + draw.below(2));
      if (i == 0) {
        settings.put("isolation.level", "read_committed");
      }
      consumers.add("c" + i);
      steps.add(ConsumerSteps.create("c" + i, settings));
      steps.add(ConsumerSteps.assign("c" + i, draw.some(partitions)));
    }
    int producerCount = 1 + draw.below(3);
    for (int i = 0; i < producerCount; i++) {
      producers.add("p" + i);
      steps.add(ProducerSteps.create("p" + i, producer("p" + i)));
      steps.add(TransactionSteps.init("p" + i));
      stages.put("p" + i, 1);
    }
    int length = steps.size() + 8 + draw.below(22);
    while (steps.size() < length) {
      steps.add(draw.oneIn(4) ? consume(draw.of(consumers)) : produce(draw.of(producers)));
    }
    for (String each : consumers) {
      steps.add(ConsumerSteps.poll(each));
    }
    for (String each : producers) {
      steps.add(ProducerSteps.close(each, Duration.ofSeconds(2)));
    }
    for (String each : consumers) {
      steps.add(ConsumerSteps.poll(each));
      steps.add(ConsumerSteps.committed(each, partitions));
      steps.add(ConsumerSteps.edges(each, false, partitions));
    }
    return new Trace(topics, steps);
  }

  private Map<String, String> producer(String producer) {
    Map<String, String> its = new TreeMap<>();
    its.put("transactional.id", "x" + draw.below(2));
    its.put("max.block.ms", "5000");
    if (draw.oneIn(2)) {
      lingering.add(producer);
      // Records stay in the producer until the transaction ends, or until a batch is full.
      its.put("linger.ms", "60000");
    } else if (draw.oneIn(2)) {
      its.put("linger.ms", draw.word("0", "5", "20", "100"));
    }
    Settings.batchSize(draw, its);
    settings.put(producer, its);
    return its;
  }

  private Step consume(String consumer) {
    return switch (draw.below(6)) {
      case 0 -> ConsumerSteps.edges(consumer, false, draw.some(partitions));
      case 1 -> ConsumerSteps.committed(consumer, draw.some(partitions));
      case 2 -> ConsumerSteps.seekToEdge(consumer, true, List.of());
      case 3 -> ConsumerSteps.commitSync(consumer);
      default -> ConsumerSteps.poll(consumer);
    };
  }

  /** Mostly what a producer should do next: begin, send a few times, end. */
  private Step produce(String producer) {
    if (draw.oneIn(12)) {
      return strange(producer);
    }
    int stage = stages.get(producer);
    if (stage == 1 && draw.oneIn(8)) {
      return refused(producer);
    }
    if (stage == 1) {
      stages.put(producer, 2);
      return TransactionSteps.begin(producer);
    }
    if (stage < 3 || draw.oneIn(2)) {
      stages.put(producer, 3);
      if (!draw.oneIn(4)) {
        return send(producer);
      }
      // Whoever reads the group's offsets waits until the transaction has ended, one way or
      // another.
      steps.add(offsets(producer));
      steps.add(TransactionSteps.end(producer, !draw.oneIn(3)));
      stages.put(producer, 1);
      return TransactionSteps.end(producer, false);
    }
    stages.put(producer, 1);
    return TransactionSteps.end(producer, !draw.oneIn(3));
  }

  private Step send(String producer) {
    List<Message> messages = new ArrayList<>();
    for (int i = 1 + draw.below(4); i > 0; i--) {
      messages.add(message(producer, draw.of(partitions)));
    }
    return ProducerSteps.send(producer, messages, !lingering.contains(producer));
  }

  private Message message(String producer, TopicPartition target) {
    return new Message(
        target.topic(),
        Optional.of(target.partition()),
        Optional.empty(),
        Optional.of("k"),
        draw.oneIn(12)
            ? "w".repeat(FULL) + values++
            : Settings.value(draw, settings.get(producer), values++),
        List.of());
  }

  /**
   * Sends without a transaction, and then with one that takes along what was refused: until its
   * partition is in a transaction nothing is committed, and nothing of its broker's goes.
   */
  private Step refused(String producer) {
    TopicPartition target = draw.of(partitions);
    steps.add(ProducerSteps.send(producer, List.of(message(producer, target)), false));
    steps.add(TransactionSteps.begin(producer));
    if (!draw.oneIn(4)) {
      // A record that joins a batch wakes nobody, so whoever waits for it might wait for long.
      steps.add(
          ProducerSteps.send(
              producer,
              List.of(message(producer, target), message(producer, draw.of(partitions))),
              false));
      return TransactionSteps.end(producer, !draw.oneIn(3));
    }
    return TransactionSteps.end(producer, false);
  }

  private Step offsets(String producer) {
    Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
    draw.some(partitions).forEach(each -> offsets.put(each, (long) draw.below(9)));
    return TransactionSteps.sendOffsets(producer, offsets, draw.of(consumers));
  }

  private Step strange(String producer) {
    return switch (draw.below(8)) {
      case 0, 1 -> TransactionSteps.init(producer);
      case 2 -> {
        stages.merge(producer, 2, Math::max);
        yield TransactionSteps.begin(producer);
      }
      case 3, 4 -> {
        stages.put(producer, 1);
        yield TransactionSteps.end(producer, draw.oneIn(2));
      }
      case 5 -> ProducerSteps.flush(producer);
      case 6 ->
          ProducerSteps.send(
              producer,
              List.of(
                  new Message(
                      "t0",
                      Optional.of(0),
                      Optional.empty(),
                      Optional.empty(),
                      "x".repeat(1_100_000),
                      List.of())),
              !lingering.contains(producer));
      default ->
          ProducerSteps.close(
              producer, Duration.ofSeconds(lingering.contains(producer) && draw.oneIn(2) ? 0 : 2));
    };
  }
}
