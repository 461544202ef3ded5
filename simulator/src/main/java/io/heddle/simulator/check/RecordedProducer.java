package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** What a {@link ClientRecorder} makes of a producer. */
final class RecordedProducer<K, V> implements InvocationHandler {
  private static final int UNORDERED = -1;

  private final Producer<K, V> producer;
  private final Member member;
  private final String transactions;
  private final ClientRecorder recorder;
  private final AtomicLong sends = new AtomicLong();
  private final AtomicInteger sending = new AtomicInteger();
  private int begun;
  // Set by the thread that has the transaction, read by all that send in it.
  private volatile String transaction = "";

  RecordedProducer(
      Producer<K, V> producer, Member member, String transactions, ClientRecorder recorder) {
    this.producer = producer;
    this.member = member;
    this.transactions = transactions;
    this.recorder = recorder;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "send" -> {
        return send(arguments);
      }
      case "beginTransaction" -> {
        Object result = ClientRecorder.pass(producer, method, arguments);
        transaction = transactions + "#" + ++begun;
        return result;
      }
      case "sendOffsetsToTransaction" -> {
        Object result = ClientRecorder.pass(producer, method, arguments);
        offsets(arguments);
        return result;
      }
      case "commitTransaction" -> {
        return end(method, true);
      }
      case "abortTransaction" -> {
        return end(method, false);
      }
      case "equals" -> {
        return arguments != null && proxy == arguments[0];
      }
      default -> {
        return ClientRecorder.pass(producer, method, arguments);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private Object send(Object @Nullable [] arguments) {
    if (arguments == null) {
      throw new IllegalArgumentException("send needs a record");
    }
    ProducerRecord<K, V> record = (ProducerRecord<K, V>) arguments[0];
    Callback own = arguments.length == 2 ? (Callback) arguments[1] : null;
    // A send during which another one is under way is before or after it: nobody knows.
    boolean alone = sending.getAndIncrement() == 0;
    long number = sends.getAndIncrement();
    Send send = new Send(record, alone ? number : UNORDERED, transaction, own);
    try {
      return producer.send(record, send);
    } catch (RuntimeException e) {
      send.tell(null, e);
      throw e;
    } finally {
      sending.decrementAndGet();
    }
  }

  @SuppressWarnings("unchecked")
  private void offsets(Object @Nullable [] arguments) {
    if (arguments == null) {
      return;
    }
    String group = ((ConsumerGroupMetadata) arguments[1]).groupId();
    ((Map<TopicPartition, OffsetAndMetadata>) arguments[0])
        .forEach(
            (partition, offset) ->
                recorder.tell(
                    new Fact.OffsetSent(
                        recorder.now(), member, transaction, group, partition, offset.offset())));
  }

  private @Nullable Object end(Method method, boolean commit) throws Throwable {
    String ending = transaction;
    recorder.tell(new Fact.TransactionEnding(recorder.now(), member, ending, commit));
    Fact.Outcome outcome = Fact.Outcome.UNKNOWN;
    try {
      Object result = ClientRecorder.pass(producer, method, null);
      outcome = commit ? Fact.Outcome.OK : Fact.Outcome.FAILED;
      transaction = "";
      return result;
    } finally {
      recorder.tell(new Fact.TransactionEnded(recorder.now(), member, ending, outcome));
    }
  }

  /** A send, and who wants to know of its end. It ends once. */
  private final class Send implements Callback {
    private final ProducerRecord<K, V> record;
    private final long number;
    private final String within;
    private final @Nullable Callback own;
    private final AtomicBoolean told = new AtomicBoolean();

    Send(ProducerRecord<K, V> record, long number, String within, @Nullable Callback own) {
      this.record = record;
      this.number = number;
      this.within = within;
      this.own = own;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
      tell(metadata, failure);
      if (own != null) {
        own.onCompletion(metadata, failure);
      }
    }

    void tell(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
      if (!told.compareAndSet(false, true)) {
        return;
      }
      boolean known = failure == null && metadata != null && metadata.hasOffset();
      recorder.tell(
          new Fact.Sent(
              recorder.now(),
              member,
              within,
              number,
              known && metadata != null
                  ? new TopicPartition(metadata.topic(), metadata.partition())
                  : partition(),
              known && metadata != null ? metadata.offset() : -1,
              ClientRecorder.text(record.value()),
              known ? Fact.Outcome.OK : outcome(failure)));
    }

    private TopicPartition partition() {
      Integer named = record.partition();
      return new TopicPartition(record.topic(), named == null ? -1 : named);
    }

    private Fact.Outcome outcome(@Nullable Exception failure) {
      boolean refused =
          failure instanceof SerializationException
              || failure instanceof RecordTooLargeException
              || failure instanceof InvalidTopicException
              || failure instanceof AuthorizationException;
      return refused ? Fact.Outcome.FAILED : Fact.Outcome.UNKNOWN;
    }
  }
}
