package example;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Makes its consumers itself: another one whenever its group has put the last one out. */
class BookingService implements Runnable, ConsumerRebalanceListener {
  private final Supplier<Consumer<String, String>> consumers;
  private final Bank bank;
  private final Map<TopicPartition, OffsetAndMetadata> booked = new HashMap<>();

  BookingService(Supplier<Consumer<String, String>> consumers, Bank bank) {
    this.consumers = consumers;
    this.bank = bank;
  }

  @Override
  public void run() {
    while (true) {
      try (Consumer<String, String> consumer = consumers.get()) {
        consumer.subscribe(List.of("payments"), this);
        while (true) {
          for (ConsumerRecord<String, String> payment : consumer.poll(Duration.ofSeconds(1))) {
            bank.book(payment);
            booked.put(
                new TopicPartition(payment.topic(), payment.partition()),
                new OffsetAndMetadata(payment.offset() + 1));
          }
          consumer.commitSync(booked);
        }
      } catch (CommitFailedException putOut) {
        // What it had not committed, another member books again.
      }
    }
  }

  /** What others own now is theirs to commit. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    booked.keySet().removeAll(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    // They begin where they were committed.
  }
}
