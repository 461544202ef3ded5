package io.heddle.campaign.clients;

import io.heddle.campaign.clients.ProducerSteps.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Traces of consumers that choose their partitions themselves, and of plain producers. */
final class ManualTheme {
  private static final List<String> TOPICS = List.of("t0", "t1");
  private static final TopicPartition MISSING = new TopicPartition("missing", 0);

  private final Draw draw;
  private final Map<String, Integer> topics = new TreeMap<>();
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final List<String> consumers = new ArrayList<>();
  private final List<String> producers = new ArrayList<>();
  private final Map<String, List<TopicPartition>> assigned = new TreeMap<>();
  private final Map<String, Map<String, String>> settings = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();
  private int values;

  private ManualTheme(Draw draw) {
    this.draw = draw;
    for (String topic : TOPICS) {
      topics.put(topic, 1 + draw.below(3));
      partitions.addAll(Draw.partitions(topic, topics.get(topic)));
    }
  }

  static Trace trace(Draw draw) {
    return new ManualTheme(draw).make();
  }

  private Trace make() {
    int consumerCount = 1 + draw.below(3);
    for (int i = 0; i < consumerCount; i++) {
      consumers.add("c" + i);
      steps.add(ConsumerSteps.create("c" + i, Settings.consumer(draw, List.of("g0", "g1"))));
    }
    int producerCount = 1 + draw.below(2);
    for (int i = 0; i < producerCount; i++) {
      producers.add("p" + i);
      settings.put("p" + i, Settings.producer(draw));
      steps.add(ProducerSteps.create("p" + i, settings.get("p" + i)));
    }
    steps.add(send(draw.of(producers)));
    for (String each : consumers) {
      steps.add(assign(each));
    }
    int length = 8 + draw.below(25);
    while (steps.size() < length) {
      steps.add(draw.oneIn(4) ? produce(draw.of(producers)) : consume(draw.of(consumers)));
    }
    for (String each : producers) {
      steps.add(ProducerSteps.close(each, Duration.ofSeconds(20)));
    }
    for (String each : consumers) {
      steps.add(ConsumerSteps.poll(each));
      steps.add(ConsumerSteps.committed(each, partitions));
      steps.add(ConsumerSteps.close(each));
    }
    return new Trace(topics, steps);
  }

  private Step assign(String consumer) {
    List<TopicPartition> chosen =
        draw.oneIn(12) ? (draw.oneIn(2) ? List.of() : List.of(MISSING)) : draw.some(partitions);
    assigned.put(consumer, chosen);
    return ConsumerSteps.assign(consumer, chosen);
  }

  private Message message(String producer) {
    TopicPartition target = draw.of(partitions);
    Optional<String> key = draw.oneIn(4) ? Optional.empty() : Optional.of("k" + draw.below(10));
    boolean free = key.isPresent() && draw.oneIn(3);
    return new Message(
        target.topic(),
        free ? Optional.empty() : Optional.of(target.partition()),
        draw.oneIn(2) ? Optional.of(1000L + draw.below(20)) : Optional.empty(),
        key,
        Settings.value(draw, settings.get(producer), values++),
        draw.oneIn(6) ? List.of("h0", "h1") : List.of());
  }

  private Step send(String producer) {
    List<Message> messages = new ArrayList<>();
    int count = 1 + draw.below(6);
    for (int i = 0; i < count; i++) {
      messages.add(message(producer));
    }
    return ProducerSteps.send(producer, messages, true);
  }

  private Step produce(String producer) {
    return switch (draw.below(12)) {
      case 0 -> ProducerSteps.partitionsFor(producer, draw.of(TOPICS));
      case 1 -> ProducerSteps.flush(producer);
      case 2 -> sendWrong(producer);
      case 3 ->
          draw.oneIn(3) ? ProducerSteps.close(producer, Duration.ofSeconds(20)) : send(producer);
      default -> send(producer);
    };
  }

  /** What a broker refuses takes along what is in its batch. */
  private Step sendWrong(String producer) {
    Map<String, String> its = settings.get(producer);
    if ("0".equals(its.get("acks"))) {
      return send(producer);
    }
    return "0".equals(its.get("linger.ms"))
        // Else it would be chance whether another one is in its batch.
        ? ProducerSteps.send(producer, List.of(wrong()), true)
        : ProducerSteps.send(producer, List.of(wrong(), message(producer)), true);
  }

  /** A message that is refused. */
  private Message wrong() {
    Optional<Integer> first = Optional.of(0);
    return switch (draw.below(4)) {
      case 0 ->
          new Message(
              "t0", first, Optional.empty(), Optional.empty(), "x".repeat(1_100_000), List.of());
      case 1 -> new Message("no topic!", first, Optional.empty(), Optional.empty(), "v", List.of());
      case 2 ->
          // Tomorrow is too far ahead for the broker.
          new Message(
              "t0", first, Optional.of(32_503_680_000_000L), Optional.empty(), "v", List.of());
      default -> new Message("t0", first, Optional.of(-5L), Optional.empty(), "v", List.of());
    };
  }

  /** Mostly what the consumer has. */
  private List<TopicPartition> of(String consumer) {
    List<TopicPartition> its = assigned.getOrDefault(consumer, List.of());
    return its.isEmpty() || draw.oneIn(15) ? draw.some(partitions) : draw.some(its);
  }

  private Map<TopicPartition, Long> offsets(String consumer) {
    Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
    of(consumer).forEach(each -> offsets.put(each, (long) draw.below(12)));
    return offsets;
  }

  private String note() {
    return draw.oneIn(20) ? "n".repeat(5000) : draw.oneIn(3) ? "note" : "";
  }

  private Step consume(String consumer) {
    return switch (draw.below(24)) {
      case 0 -> assign(consumer);
      case 1, 2, 3 -> ConsumerSteps.seek(consumer, draw.of(of(consumer)), draw.below(14));
      case 4 ->
          ConsumerSteps.seekToEdge(
              consumer, draw.oneIn(2), draw.oneIn(4) ? List.of() : of(consumer));
      case 5 -> ConsumerSteps.pause(consumer, true, of(consumer));
      case 6 -> ConsumerSteps.pause(consumer, false, of(consumer));
      case 7, 8 -> ConsumerSteps.commitSync(consumer);
      case 9 -> ConsumerSteps.commitSync(consumer, offsets(consumer), note());
      case 10 -> ConsumerSteps.commitAsync(consumer, offsets(consumer), note());
      case 11 -> ConsumerSteps.commitAsync(consumer, Map.of(), "");
      case 12 -> ConsumerSteps.committed(consumer, draw.some(partitions));
      case 13 -> ConsumerSteps.edges(consumer, draw.oneIn(2), draw.some(partitions));
      case 14 -> ConsumerSteps.offsetsForTimes(consumer, times());
      case 15 -> ConsumerSteps.position(consumer, of(consumer));
      case 16 -> strange(consumer);
      case 17 -> ConsumerSteps.subscription(consumer);
      default -> ConsumerSteps.poll(consumer);
    };
  }

  private Map<TopicPartition, Long> times() {
    Map<TopicPartition, Long> times = new LinkedHashMap<>();
    draw.some(partitions).forEach(each -> times.put(each, 990L + draw.below(40)));
    return times;
  }

  /** What is rarely done. */
  private Step strange(String consumer) {
    return switch (draw.below(8)) {
      case 0 -> ConsumerSteps.seek(consumer, draw.of(partitions), -1);
      case 1 -> ConsumerSteps.wakeup(consumer);
      case 2 -> ConsumerSteps.partitionsFor(consumer, draw.oneIn(2) ? "missing" : "t0");
      case 3 -> ConsumerSteps.close(consumer);
      case 4 -> ConsumerSteps.edges(consumer, true, List.of(MISSING));
      case 5 -> ConsumerSteps.committed(consumer, List.of(MISSING, partitions.get(0)));
      case 6 -> ConsumerSteps.commitSync(consumer, Map.of(MISSING, 3L), "");
      default -> ConsumerSteps.offsetsForTimes(consumer, Map.of(partitions.get(0), -1L));
    };
  }
}
