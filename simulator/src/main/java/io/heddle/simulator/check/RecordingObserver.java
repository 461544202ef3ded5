package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.history.Stamp;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Turns what one member of a group reports into facts. As thread-safe as the clock and the receiver
 * of the facts are; the order in which the receiver takes them is their order.
 */
public final class RecordingObserver implements Observer {
  private final Member member;
  private final LongSupplier nanoTime;
  private final Consumer<? super Fact> facts;
  private final NamedPartitions partitions = new NamedPartitions();

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
  public void workEnded(ConsumerRecord<?, ?> record, String key) {
    workEnded(partitionOf(record), record.offset(), key);
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

  private TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
    return partitions.of(record.topic(), record.partition());
  }
}
