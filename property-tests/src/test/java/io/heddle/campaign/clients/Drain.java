package io.heddle.campaign.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;

/** Polls a consumer until it has everything that there is for it: what a poll gives is chance. */
final class Drain {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int POLLS_IN_VAIN = 3;

  private final Stage stage;
  private final ConsumerActor actor;
  private final Consumer<String, String> consumer;
  private final TreeMap<TopicPartition, List<String>> records = new TreeMap<>(ConsumerActor.ORDER);

  private final Set<TopicPartition> astray = new TreeSet<>(ConsumerActor.ORDER);

  private Drain(Stage stage, ConsumerActor actor) {
    this.stage = stage;
    this.actor = actor;
    this.consumer = actor.consumer;
  }

  static String of(Stage stage, String name) {
    return new Drain(stage, stage.consumer(name)).run();
  }

  private String run() {
    String end;
    try {
      end = pollToTheEnd();
      if (!astray.isEmpty()) {
        end += ", out of range " + astray;
        consumer.resume(astray);
      }
    } catch (RuntimeException thrown) {
      end = "throws " + Failure.of(thrown);
    }
    List<String> lines = new ArrayList<>();
    records.forEach((partition, values) -> lines.add(partition + ": " + values));
    lines.add(end);
    return String.join("; ", lines);
  }

  private String pollToTheEnd() {
    long deadline = stage.side().nanoTime() + Stage.PATIENCE_NANOS;
    Map<TopicPartition, Long> ends = null;
    for (int polls = 1; ; polls++) {
      try {
        take(consumer.poll(POLL));
      } catch (OffsetOutOfRangeException thrown) {
        // Whether the others have been read by then is chance: read them first.
        if (astray.addAll(thrown.partitions())) {
          consumer.pause(thrown.partitions());
        }
      }
      Set<TopicPartition> read = new TreeSet<>(ConsumerActor.ORDER);
      read.addAll(consumer.assignment());
      if (ends == null) {
        Set<TopicPartition> existing = new TreeSet<>(ConsumerActor.ORDER);
        read.stream().filter(stage::exists).forEach(existing::add);
        ends = stage.side().ends(existing, actor.isolation);
      }
      Map<TopicPartition, Long> positions = positions(ends.keySet());
      read.removeAll(consumer.paused());
      boolean vain = !ends.keySet().containsAll(read);
      if (positions.size() == ends.size()
          && read.stream().allMatch(isRead(ends, positions))
          && (!vain || polls >= POLLS_IN_VAIN)) {
        return tell(read, positions);
      }
      if (stage.side().nanoTime() > deadline) {
        return "does not come to " + ends + " from " + positions;
      }
    }
  }

  private java.util.function.Predicate<TopicPartition> isRead(
      Map<TopicPartition, Long> ends, Map<TopicPartition, Long> positions) {
    return partition ->
        !ends.containsKey(partition) || ends.get(partition).equals(positions.get(partition));
  }

  private Map<TopicPartition, Long> positions(Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    for (TopicPartition each : partitions) {
      try {
        positions.put(each, consumer.position(each, Duration.ofSeconds(1)));
      } catch (TimeoutException notYet) {
        // It will be asked for again, until the step's patience ends.
        return positions;
      }
    }
    return positions;
  }

  /** Where partitions are, and how far from the end a consumer thinks it is that has just read. */
  private String tell(Set<TopicPartition> read, Map<TopicPartition, Long> positions) {
    List<String> lines = new ArrayList<>();
    positions.forEach(
        (partition, position) -> {
          String lag =
              !read.contains(partition)
                  ? " paused"
                  : records.containsKey(partition)
                      ? " lag " + consumer.currentLag(partition).orElse(-1)
                      : "";
          lines.add(partition + "@" + position + lag);
        });
    return "at " + lines;
  }

  private void take(ConsumerRecords<String, String> polled) {
    for (ConsumerRecord<String, String> each : polled) {
      records
          .computeIfAbsent(
              new TopicPartition(each.topic(), each.partition()), it -> new ArrayList<>())
          .add(show(each));
    }
  }

  static String show(ConsumerRecord<String, String> record) {
    StringBuilder text = new StringBuilder("@" + record.offset());
    if (Times.isExplicit(record.timestamp())) {
      text.append(" at ").append(record.timestamp());
    }
    text.append(' ').append(record.key()).append('=').append(record.value());
    for (Header header : record.headers()) {
      text.append(" +").append(header.key());
    }
    record.leaderEpoch().ifPresent(epoch -> text.append(" e").append(epoch));
    return text.toString();
  }
}
