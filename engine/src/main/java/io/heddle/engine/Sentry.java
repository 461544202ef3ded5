package io.heddle.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks out for what does not come: a head of a partition that holds back its commit, and a topic
 * that does not exist. Of the poll thread, which asks it with each poll.
 */
final class Sentry {
  private static final Logger LOG = LoggerFactory.getLogger(Sentry.class);
  private static final long ASK_AGAIN_NANOS = 1_000_000_000;

  /** How many looks there are in the shortest time that is waited for what is stuck. */
  private static final int LOOKS = 8;

  private final Engine engine;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Event> reported = new LinkedHashMap<>();
  private final Set<String> unseenTopics;
  private final long lookEveryNanos;
  private long stuckDueNanos;
  private long topicsDueNanos;

  Sentry(Engine engine, Consumer<byte[], byte[]> consumer) {
    this.engine = engine;
    this.consumer = consumer;
    Patience patience = engine.config().patience();
    this.lookEveryNanos = lookEvery(patience);
    this.stuckDueNanos = engine.nanoTime();
    Duration timeout = patience.topicTimeout();
    this.unseenTopics =
        timeout.isZero() ? new LinkedHashSet<>() : new LinkedHashSet<>(engine.config().topics());
    this.topicsDueNanos = engine.nanoTime() + timeout.toNanos();
  }

  private static long lookEvery(Patience patience) {
    long stuck = patience.stuckAfter().toNanos();
    long giveUp = patience.giveUpAfter().toNanos();
    long least = stuck == 0 || giveUp == 0 ? Math.max(stuck, giveUp) : Math.min(stuck, giveUp);
    return least == 0 ? 0 : Math.max(1, least / LOOKS);
  }

  void look(Assignment assignment, long nowNanos) {
    if (lookEveryNanos > 0 && nowNanos - stuckDueNanos >= 0) {
      stuckDueNanos = nowNanos + lookEveryNanos;
      lookForStuckEvents(assignment, nowNanos);
    }
    if (!unseenTopics.isEmpty()) {
      lookForTopics(assignment, nowNanos);
    }
  }

  private void lookForStuckEvents(Assignment assignment, long nowNanos) {
    Patience patience = engine.config().patience();
    for (PartitionWorker worker : assignment.workers()) {
      Event event = worker.commits().blockingEvent();
      if (event == null) {
        reported.remove(worker.partition());
        continue;
      }
      long age = nowNanos - event.polledNanos();
      if (has(patience.stuckAfter(), age) && reported.put(worker.partition(), event) != event) {
        Optional<CommitBlocker> blocker = worker.blocker(nowNanos);
        blocker.ifPresent(engine.listener()::stuck);
      }
      if (has(patience.giveUpAfter(), age)) {
        // On the strand it is seen whether that is still so.
        worker.post(strand -> strand.giveUp(event));
      }
    }
  }

  private static boolean has(Duration limit, long age) {
    return !limit.isZero() && age >= limit.toNanos();
  }

  private void lookForTopics(Assignment assignment, long nowNanos) {
    for (PartitionWorker worker : assignment.workers()) {
      unseenTopics.remove(worker.partition().topic());
    }
    if (nowNanos - topicsDueNanos < 0) {
      return;
    }
    for (String topic : List.copyOf(unseenTopics)) {
      try {
        // A member may have got nothing of a topic that is there.
        List<PartitionInfo> found = consumer.partitionsFor(topic, engine.config().commitTimeout());
        if (found == null || found.isEmpty()) {
          throw new MissingTopicException(topic, engine.config().patience().topicTimeout());
        }
        unseenTopics.remove(topic);
      } catch (WakeupException | RetriableException e) {
        // Without an answer nothing is known to be missing.
        LOG.debug("Could not ask for the partitions of {}, and asks again", topic, e);
        topicsDueNanos = nowNanos + ASK_AGAIN_NANOS;
        return;
      }
    }
  }
}
