package io.heddle.engine.micrometer;

import io.heddle.engine.CommitBlocker;
import io.heddle.engine.EngineListener;
import io.heddle.engine.FailureStage;
import io.heddle.engine.PauseReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a source tells, and passes it on; docs/METRICS.md names the meters. All are there
 * from the start, at zero.
 */
public final class MeteredListener implements EngineListener {
  private final EngineListener next;
  private final Map<FailureStage, Counter> retries = new EnumMap<>(FailureStage.class);
  private final Map<PauseReason, Counter> pauses = new EnumMap<>(PauseReason.class);
  private final Counter assigned;
  private final Counter revoked;
  private final Counter lost;
  private final Counter commits;
  private final Counter failedCommits;
  private final Counter skipped;
  private final Counter deadLetters;
  private final Counter stopped;
  private final Counter stuck;

  /**
   * Counts in this registry what is told, before {@code next} hears it.
   *
   * @param tags for all meters, in pairs of key and value
   */
  public MeteredListener(MeterRegistry registry, EngineListener next, String... tags) {
    this.next = Objects.requireNonNull(next, "next");
    Tags all = Tags.of(tags);
    for (FailureStage stage : FailureStage.values()) {
      retries.put(stage, counter(registry, "heddle.retries", all.and("stage", stage.name())));
    }
    for (PauseReason reason : PauseReason.values()) {
      pauses.put(reason, counter(registry, "heddle.pauses", all.and("reason", reason.name())));
    }
    String rebalanced = "heddle.rebalanced.partitions";
    this.assigned = counter(registry, rebalanced, all.and("how", "assigned"));
    this.revoked = counter(registry, rebalanced, all.and("how", "revoked"));
    this.lost = counter(registry, rebalanced, all.and("how", "lost"));
    this.commits = counter(registry, "heddle.commits", all.and("outcome", "acknowledged"));
    this.failedCommits = counter(registry, "heddle.commits", all.and("outcome", "failed"));
    this.skipped = counter(registry, "heddle.events.skipped", all);
    this.deadLetters = counter(registry, "heddle.events.dead.lettered", all);
    this.stopped = counter(registry, "heddle.partitions.stops", all);
    this.stuck = counter(registry, "heddle.events.stuck", all);
  }

  private static Counter counter(MeterRegistry registry, String name, Tags tags) {
    return Counter.builder(name).tags(tags).register(registry);
  }

  @Override
  public void assigned(Set<TopicPartition> partitions) {
    assigned.increment(partitions.size());
    next.assigned(partitions);
  }

  @Override
  public void activated(Set<TopicPartition> partitions) {
    next.activated(partitions);
  }

  @Override
  public void willRevoke(Set<TopicPartition> partitions) {
    next.willRevoke(partitions);
  }

  @Override
  public void revoked(Set<TopicPartition> partitions) {
    revoked.increment(partitions.size());
    next.revoked(partitions);
  }

  @Override
  public void lost(Set<TopicPartition> partitions) {
    lost.increment(partitions.size());
    next.lost(partitions);
  }

  @Override
  public void paused(TopicPartition partition, PauseReason reason) {
    count(pauses.get(reason));
    next.paused(partition, reason);
  }

  @Override
  public void resumed(TopicPartition partition) {
    next.resumed(partition);
  }

  @Override
  public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    commits.increment();
    next.committed(offsets);
  }

  @Override
  public void commitFailed(
      Map<TopicPartition, OffsetAndMetadata> offsets, int failedAttempts, Exception failure) {
    failedCommits.increment();
    next.commitFailed(offsets, failedAttempts, failure);
  }

  @Override
  public void stuck(CommitBlocker blocker) {
    stuck.increment();
    next.stuck(blocker);
  }

  @Override
  public void skipped(TopicPartition partition, long offset, Exception failure) {
    skipped.increment();
    next.skipped(partition, offset, failure);
  }

  @Override
  public void retrying(
      TopicPartition partition,
      long offset,
      FailureStage stage,
      int failedAttempts,
      Duration delay,
      Exception failure) {
    count(retries.get(stage));
    next.retrying(partition, offset, stage, failedAttempts, delay, failure);
  }

  @Override
  public void deadLettered(TopicPartition partition, long offset, String topic, Exception failure) {
    deadLetters.increment();
    next.deadLettered(partition, offset, topic, failure);
  }

  @Override
  public void partitionStopped(TopicPartition partition, long offset, Exception failure) {
    stopped.increment();
    next.partitionStopped(partition, offset, failure);
  }

  @Override
  public void failed(Throwable failure) {
    next.failed(failure);
  }

  private static void count(@Nullable Counter counter) {
    Objects.requireNonNull(counter, "one for each").increment();
  }
}
