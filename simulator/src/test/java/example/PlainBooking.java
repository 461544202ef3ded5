package example;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Books one payment after the other: a plain poll loop. */
class PlainBooking implements Runnable {
  protected final Consumer<String, String> consumer;
  protected final Bank bank;

  PlainBooking(Consumer<String, String> consumer, Bank bank) {
    this.consumer = consumer;
    this.bank = bank;
  }

  @Override
  public void run() {
    consumer.subscribe(List.of("payments"));
    while (true) {
      book(consumer.poll(Duration.ofSeconds(1)));
    }
  }

  protected void book(ConsumerRecords<String, String> payments) {
    for (ConsumerRecord<String, String> payment : payments) {
      bank.book(payment);
    }
    consumer.commitSync();
  }
}
