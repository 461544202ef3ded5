package io.heddle.properties.planted;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One queue a key, of which the head is worked on. Not thread-safe. */
final class Lanes {
  /** A record, and the ownership under which it was polled. */
  record Item(ConsumerRecord<String, String> input, Tracker tracker) {
    TopicPartition partition() {
      return new TopicPartition(input.topic(), input.partition());
    }
  }

  private final Map<String, Deque<Item>> queues = new LinkedHashMap<>();
  private final List<Item> running = new ArrayList<>();
  private final Consumer<Item> worker;

  /** The worker calls {@link #next} once the key may go on, and {@link #ended} at the end. */
  Lanes(Consumer<Item> worker) {
    this.worker = worker;
  }

  void add(Item item) {
    Deque<Item> queue = queues.computeIfAbsent(item.input().key(), key -> new ArrayDeque<>());
    queue.add(item);
    if (queue.size() == 1) {
      start(item);
    }
  }

  void start(Item item) {
    running.add(item);
    worker.accept(item);
  }

  /** Lets the next record of the item's key start. */
  void next(Item item) {
    Deque<Item> queue = queues.get(item.input().key());
    if (queue == null || !item.equals(queue.peek())) {
      return;
    }
    queue.remove();
    Item head = queue.peek();
    if (head == null) {
      queues.remove(item.input().key());
    } else {
      start(head);
    }
  }

  void ended(Item item) {
    running.remove(item);
  }

  /** Forgets the records that wait and belong to these partitions. */
  void dropQueued(java.util.Collection<TopicPartition> partitions) {
    queues
        .values()
        .forEach(
            queue ->
                queue.removeIf(
                    item -> partitions.contains(item.partition()) && !item.equals(queue.peek())));
  }

  boolean isWorkingOn(java.util.Collection<TopicPartition> partitions) {
    return running.stream().anyMatch(item -> partitions.contains(item.partition()));
  }

  boolean isEmpty() {
    return running.isEmpty() && queues.isEmpty();
  }
}
