package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/** Counts deliveries, from facts handed in one at a time in their order. Not thread-safe. */
public final class DeliveryCounter {
  private final LogOrder order = new LogOrder();
  private final RecordLedger ledger = new RecordLedger(order);
  private final Map<TopicPartition, OffsetSet> started = new HashMap<>();
  private final CheckSettings settings;
  private long redeliveries;

  /** Counts the topics that these settings name. */
  public DeliveryCounter(CheckSettings settings) {
    this.settings = settings;
  }

  /** Takes the next fact into account. */
  public void accept(Fact fact) {
    order.accept(fact);
    ledger.accept(fact);
    if (fact instanceof Fact.Started start) {
      LogOrder.Place place = order.place(start.partition(), start.offset(), start.stamp());
      if (ledger.heard(start.member())
          && !order.isCutOff(start.partition(), place)
          && !of(start.partition()).add(start.offset())) {
        redeliveries++;
      }
    } else if (fact instanceof Fact.Truncated truncated) {
      of(truncated.partition()).removeRange(truncated.endOffset(), Long.MAX_VALUE);
    }
  }

  private OffsetSet of(TopicPartition partition) {
    return started.computeIfAbsent(partition, p -> new OffsetSet());
  }

  /** Returns the counts up to here. */
  public Delivery delivery() {
    return new Delivery(
        sum(PartitionLedger::appended),
        sum(PartitionLedger::completed),
        sum(PartitionLedger::duplicates),
        redeliveries);
  }

  private long sum(ToLongFunction<PartitionLedger> count) {
    return ledger.judged(settings).values().stream().mapToLong(count).sum();
  }
}
