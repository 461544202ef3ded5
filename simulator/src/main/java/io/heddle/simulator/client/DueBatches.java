package io.heddle.simulator.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** Finds out which batches are to be sent now, at most one of each partition. */
final class DueBatches {
  private final ClusterView cluster;
  private final ProducerSettings settings;
  private final Optional<TransactionManager> transactions;
  private final Backoff backoff;
  private Map<Integer, TopicPartition> stoppedAt = Map.of();
  private boolean flushing;
  private boolean restless;

  DueBatches(
      ClusterView cluster,
      ProducerSettings settings,
      Optional<TransactionManager> transactions,
      Backoff backoff) {
    this.cluster = cluster;
    this.settings = settings;
    this.transactions = transactions;
    this.backoff = backoff;
  }

  /**
   * What was found.
   *
   * @param next when more is due, {@link Long#MAX_VALUE} if that is not known
   */
  record Found(Map<Integer, Map<TopicPartition, PendingBatch>> byBroker, long next) {
    private static final Found NOTHING = new Found(Map.of(), Long.MAX_VALUE);
  }

  /** Everything that waits is due at once, or not any more. */
  void flushing(boolean value) {
    flushing = value;
  }

  /**
   * Whether a batch is due that may not be sent yet: kafka-clients' sender then turns and turns,
   * and sees whatever happens without being woken.
   */
  boolean restless() {
    return restless;
  }

  /** When that batch, the first of its queue, is due. */
  long at(PartitionQueue queue, PendingBatch head) {
    if (head.attempts().any()) {
      return head.attempts().notBeforeNanos();
    }
    boolean full = head.closed() || queue.waitingCount() > 1 || head.isFull();
    return full || flushing || isCompleting()
        ? 0
        : head.createdNanos() + settings.batching().lingerNanos();
  }

  /** The batch has failed and goes back into its queue, where it waits for a while. */
  void failed(PendingBatch batch, long now) {
    cluster.leader(batch.partition()).ifPresent(batch.attempts()::led);
    batch.attempts().failed(now, backoff);
  }

  private boolean isCompleting() {
    return transactions.map(it -> it.phase().isCompleting()).orElse(false);
  }

  private boolean mayBeSent(PendingBatch head) {
    return transactions.map(it -> it.contains(head.partition())).orElse(true);
  }

  /**
   * Looks at all queues. As soon as one batch is due, the first ones of all partitions of its
   * broker go, even those that still linger, up to one that may not be sent: there kafka-clients'
   * sender stops, and begins with it the next time, so that for this broker nothing goes any more.
   *
   * @param inFlight how many requests are under way, by broker
   */
  Found among(Iterable<PartitionQueue> queues, Map<Integer, Integer> inFlight, long now) {
    restless = false;
    if (nothingWaits(queues)) {
      stoppedAt = Map.of();
      return Found.NOTHING;
    }
    long next = Long.MAX_VALUE;
    Set<Integer> ready = new TreeSet<>();
    Map<Integer, TopicPartition> stops = new TreeMap<>();
    Map<Integer, Map<TopicPartition, PendingBatch>> first = new TreeMap<>();
    for (PartitionQueue queue : queues) {
      PendingBatch head = queue.head();
      if (head == null || queue.mustWait(head)) {
        continue;
      }
      Optional<ClusterView.Leader> leader = cluster.leader(head.partition());
      if (leader.isEmpty()) {
        // There is another look when there is an answer.
        cluster.invalidate();
        cluster.update();
        continue;
      }
      head.attempts().led(leader.get());
      long at = at(queue, head);
      if (at > now) {
        next = Math.min(next, at);
        if (head.attempts().any()) {
          continue;
        }
      }
      int broker = leader.get().broker();
      boolean mayBeSent = mayBeSent(head);
      if (at <= now) {
        ready.add(broker);
        restless |= !mayBeSent;
      }
      if (!mayBeSent) {
        stops.putIfAbsent(broker, head.partition());
      } else if (!stops.containsKey(broker)) {
        first.computeIfAbsent(broker, it -> new LinkedHashMap<>()).put(head.partition(), head);
      }
    }
    first.keySet().removeIf(broker -> !isFree(broker, ready, stops, inFlight));
    stops.keySet().retainAll(ready);
    stoppedAt = stops;
    return new Found(first, next);
  }

  private static boolean nothingWaits(Iterable<PartitionQueue> queues) {
    for (PartitionQueue queue : queues) {
      if (queue.head() != null) {
        return false;
      }
    }
    return true;
  }

  private boolean isFree(
      int broker,
      Set<Integer> ready,
      Map<Integer, TopicPartition> stops,
      Map<Integer, Integer> inFlight) {
    TopicPartition before = stoppedAt.get(broker);
    return ready.contains(broker)
        && inFlight.getOrDefault(broker, 0) < settings.delivery().maxInFlight()
        && (before == null || !before.equals(stops.get(broker)));
  }
}
