package io.heddle.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes down what a listener is told, as lines such as {@code revoked [0, 1]}, and can do
 * something there.
 */
final class Log implements ConsumerRebalanceListener {
  private final List<String> lines = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private Runnable onRevoke = () -> {};
  private Runnable onAssign = () -> {};
  private Runnable onLose = () -> {};

  void onRevoke(Runnable action) {
    onRevoke = action;
  }

  void onAssign(Runnable action) {
    onAssign = action;
  }

  void onLose(Runnable action) {
    onLose = action;
  }

  private void note(String what, Collection<TopicPartition> partitions) {
    lines.add(
        what
            + " "
            + partitions.stream()
                .map(TopicPartition::partition)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "[", "]")));
    threads.add(Thread.currentThread());
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    note("revoked", partitions);
    onRevoke.run();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    note("assigned", partitions);
    onAssign.run();
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    note("lost", partitions);
    onLose.run();
  }

  void add(String line) {
    lines.add(line);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** How many lines begin like that. */
  long count(String prefix) {
    return lines.stream().filter(line -> line.startsWith(prefix)).count();
  }

  /** Whose thread made each call. */
  List<Thread> threads() {
    return threads;
  }
}
