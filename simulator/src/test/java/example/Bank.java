package example;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where payments are booked, which takes its time. */
interface Bank {
  void book(ConsumerRecord<String, String> payment);
}
