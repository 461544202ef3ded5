package example;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Books the payments of many accounts at once, those of one account in order. */
class PooledBooking extends PlainBooking {
  private final ExecutorService pool;

  PooledBooking(Consumer<String, String> consumer, ExecutorService pool, Bank bank) {
    super(consumer, bank);
    this.pool = pool;
  }

  @Override
  protected void book(ConsumerRecords<String, String> payments) {
    Map<String, List<ConsumerRecord<String, String>>> byAccount = new LinkedHashMap<>();
    for (ConsumerRecord<String, String> payment : payments) {
      byAccount.computeIfAbsent(queueOf(payment), account -> new ArrayList<>()).add(payment);
    }
    List<Future<?>> running = new ArrayList<>();
    for (List<ConsumerRecord<String, String>> ofOne : byAccount.values()) {
      running.add(pool.submit(() -> ofOne.forEach(bank::book)));
    }
    running.forEach(PooledBooking::await);
    consumer.commitSync();
  }

  /** Payments with the same one are booked one after the other. */
  protected String queueOf(ConsumerRecord<String, String> payment) {
    return payment.key();
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException("a payment was not booked", failed);
    }
  }
}
