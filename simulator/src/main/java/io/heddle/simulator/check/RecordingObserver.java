package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.history.Stamp;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Turns what one member of a group reports into facts. As thread-safe as the clock and the receiver
 * of the facts are; the order in which the receiver takes them is their order.
 */
public final class RecordingObserver implements Observer {
  private final Member member;
  private final LongSupplier nanoTime;
  private final Consumer<? super Fact> facts;
  // Of whichever thread reports; none minds what another one has left here.
  private @Nullable TopicPartition lastPartition;

  /**
   * @param member who reports
   * @param nanoTime nanoseconds since the start of the run
   * @param facts receives the facts
   */
  public RecordingObserver(Member member, LongSupplier nanoTime, Consumer<? super Fact> facts) {
    this.member = member;
    this.nanoTime = nanoTime;
    this.facts = facts;
  }

  @Override
  public void started(TopicPartition partition, long offset, String key) {
    started(partition, offset, key, Stamp.UNKNOWN);
  }

  @Override
  public void started(ConsumerRecord<?, ?> record, String key) {
    started(partitionOf(record), record.offset(), key, Stamp.of(record));
  }

  private void started(TopicPartition partition, long offset, String key, Stamp stamp) {
    facts.accept(new Fact.Started(nanoTime.getAsLong(), member, partition, offset, key, stamp));
  }

  @Override
  public void workEnded(TopicPartition partition, long offset, String key) {
    facts.accept(new Fact.Ended(nanoTime.getAsLong(), member, partition, offset, key));
  }

  @Override
  public void completed(TopicPartition partition, long offset, String key) {
    completed(partition, offset, key, Stamp.UNKNOWN);
  }

  @Override
  public void completed(ConsumerRecord<?, ?> record, String key) {
    completed(partitionOf(record), record.offset(), key, Stamp.of(record));
  }

  private void completed(TopicPartition partition, long offset, String key, Stamp stamp) {
    facts.accept(new Fact.Completed(nanoTime.getAsLong(), member, partition, offset, key, stamp));
  }

  /** By the same object as the last time, where it is the same: checkers find it faster so. */
  private TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
    TopicPartition before = lastPartition;
    if (before != null
        && before.partition() == record.partition()
        && before.topic().equals(record.topic())) {
      return before;
    }
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    lastPartition = partition;
    return partition;
  }
}
