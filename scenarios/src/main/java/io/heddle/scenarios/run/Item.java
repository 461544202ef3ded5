package io.heddle.scenarios.run;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One record on its way through a member. What is done with it follows one after the other, on
 * whatever thread.
 */
final class Item {
  private final ConsumerRecord<byte[], byte[]> input;
  private final Payload payload;
  private boolean known;
  private long workedNanos;

  private Item(ConsumerRecord<byte[], byte[]> input, Payload payload) {
    this.input = input;
    this.payload = payload;
  }

  static Item of(ConsumerRecord<byte[], byte[]> input) {
    return new Item(input, Payload.decode(input.value()));
  }

  ConsumerRecord<byte[], byte[]> input() {
    return input;
  }

  Payload payload() {
    return payload;
  }

  String key() {
    return payload.key();
  }

  /** Whether it is the first attempt of all. */
  boolean isNew() {
    boolean first = !known;
    known = true;
    return first;
  }

  void worked(long nanos) {
    workedNanos += nanos;
  }

  /** How long all work on it has taken. */
  long workedNanos() {
    return workedNanos;
  }
}
