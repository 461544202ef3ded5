package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a {@link ClientRecorder} makes of a consumer. */
final class RecordedConsumer implements InvocationHandler {
  private final Consumer<?, ?> consumer;
  private final Member member;
  private final boolean committedOnly;
  private final ClientRecorder recorder;

  RecordedConsumer(
      Consumer<?, ?> consumer, Member member, boolean committedOnly, ClientRecorder recorder) {
    this.consumer = consumer;
    this.member = member;
    this.committedOnly = committedOnly;
    this.recorder = recorder;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "subscribe" -> {
        return ClientRecorder.pass(consumer, withListener(method), listening(arguments));
      }
      case "seek", "seekToBeginning", "seekToEnd", "assign" -> {
        Object result = ClientRecorder.pass(consumer, method, arguments);
        sought(arguments);
        return result;
      }
      case "poll" -> {
        Object result = ClientRecorder.pass(consumer, method, arguments);
        if (result instanceof ConsumerRecords<?, ?> records) {
          polled(records);
        }
        return result;
      }
      case "equals" -> {
        return arguments != null && proxy == arguments[0];
      }
      default -> {
        return ClientRecorder.pass(consumer, method, arguments);
      }
    }
  }

  private void polled(ConsumerRecords<?, ?> records) {
    for (ConsumerRecord<?, ?> record : records) {
      recorder.tell(
          new Fact.Polled(
              recorder.now(),
              member,
              "",
              new TopicPartition(record.topic(), record.partition()),
              record.offset(),
              ClientRecorder.text(record.value()),
              committedOnly));
    }
  }

  private void sought(Object @Nullable [] arguments) {
    Object what = arguments == null ? null : arguments[0];
    if (what instanceof TopicPartition partition) {
      moved(List.of(partition));
    } else if (what instanceof Collection<?> given) {
      // Nothing named means everything assigned.
      moved(given.isEmpty() ? consumer.assignment() : partitions(given));
    }
  }

  private static List<TopicPartition> partitions(Collection<?> given) {
    List<TopicPartition> partitions = new ArrayList<>();
    given.forEach(each -> partitions.add((TopicPartition) each));
    return partitions;
  }

  private void moved(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      recorder.tell(new Fact.Moved(recorder.now(), member, partition));
    }
  }

  /** The same subscription, with a listener in any case. */
  private static Method withListener(Method method) throws NoSuchMethodException {
    return method.getParameterCount() == 2
        ? method
        : Consumer.class.getMethod(
            "subscribe", method.getParameterTypes()[0], ConsumerRebalanceListener.class);
  }

  private Object[] listening(Object @Nullable [] arguments) {
    if (arguments == null) {
      throw new IllegalArgumentException("subscribe needs topics");
    }
    ConsumerRebalanceListener own =
        arguments.length == 2 ? (ConsumerRebalanceListener) arguments[1] : null;
    return new Object[] {arguments[0], new Listener(own)};
  }

  private final class Listener implements ConsumerRebalanceListener {
    private final @Nullable ConsumerRebalanceListener own;

    Listener(@Nullable ConsumerRebalanceListener own) {
      this.own = own;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      moved(partitions);
      if (own != null) {
        own.onPartitionsAssigned(partitions);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (own != null) {
        own.onPartitionsRevoked(partitions);
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      if (own != null) {
        own.onPartitionsLost(partitions);
      }
    }
  }
}
