package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a producer's {@code interceptor.classes} may change and are told. */
interface ProducerInterceptorContract extends Contract {
  /** Notes what it is told of, and appends its name to each value. */
  class First implements ProducerInterceptor<Object, Object> {
    List<Object> told = List.of();

    @Override
    @SuppressWarnings("unchecked")
    public void configure(Map<String, ?> configs) {
      told = (List<Object>) Objects.requireNonNull(configs.get("told"));
      note("configured for " + configs.get("client.id"));
    }

    final void note(String what) {
      told.add(getClass().getSimpleName() + " " + what);
    }

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
      note("sends " + record.value());
      return new ProducerRecord<>(
          record.topic(),
          record.partition(),
          record.timestamp(),
          record.key(),
          record.value() + "+" + getClass().getSimpleName(),
          record.headers());
    }

    @Override
    public void onAcknowledgement(
        @Nullable RecordMetadata metadata, @Nullable Exception failure, Headers headers) {
      note(
          (metadata == null
                  ? "nowhere"
                  : metadata.partition()
                      + "@"
                      + metadata.offset()
                      + " "
                      + metadata.serializedKeySize()
                      + "/"
                      + metadata.serializedValueSize()
                      + " "
                      + (metadata.timestamp() < 0 ? "at no time" : "at a time"))
              + (failure == null ? "" : " " + failure.getClass().getSimpleName()));
      try {
        headers.add("late", new byte[0]);
        note("could add a header");
      } catch (IllegalStateException readOnly) {
        // As it should be.
      }
    }

    @Override
    public void close() {
      note("closed");
    }
  }

  /** Notes what it is told of, and fails. */
  final class Throwing extends First {
    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
      note("fails at " + record.value());
      throw new IllegalStateException("thrown by the interceptor");
    }

    @Override
    public void onAcknowledgement(
        @Nullable RecordMetadata metadata, @Nullable Exception failure, Headers headers) {
      throw new IllegalStateException("thrown by the interceptor");
    }

    @Override
    public void close() {
      note("closed");
      throw new IllegalStateException("thrown by the interceptor");
    }
  }

  /** Another one. */
  final class Last extends First {}

  /** Makes nothing of each record. */
  final class Swallowing extends First {
    @Override
    @SuppressWarnings("NullAway") // What it must not do.
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
      return null;
    }
  }

  private static Producer<String, String> producer(
      KafkaArm kafka, List<Object> told, Object classes, Object... overrides) {
    Map<String, Object> properties = KafkaArm.properties(KafkaArm.PRODUCER, overrides);
    properties.put("interceptor.classes", classes);
    properties.put("told", told);
    properties.put("client.id", "mine");
    return kafka.producerWith(properties);
  }

  @Test
  default void eachOfAChainGetsWhatTheLastGoodOneMade() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          List<Object> told = new CopyOnWriteArrayList<>();
          try (Producer<String, String> producer =
              producer(kafka, told, List.of(First.class, Throwing.class, Last.class))) {
            var unused =
                producer.send(
                    new ProducerRecord<>(partition.topic(), "k", "v"),
                    (metadata, failure) -> told.add("callback " + metadata.offset()));
            producer.flush();
          }

          assertThat(told)
              .containsExactly(
                  "First configured for mine",
                  "Throwing configured for mine",
                  "Last configured for mine",
                  "First sends v",
                  "Throwing fails at v+First",
                  "Last sends v+First",
                  "First 0@0 1/12 at a time",
                  "Last 0@0 1/12 at a time",
                  "callback 0",
                  "First closed",
                  "Throwing closed",
                  "Last closed");
          Consumer<String, String> reader = kafka.reader();
          reader.assign(List.of(partition));
          assertThat(kafka.values(reader, 1)).containsExactly("v+First+Last");
        });
  }

  @Test
  default void interceptorsAreToldOncePerRecordOfABatch() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          List<Object> told = new CopyOnWriteArrayList<>();
          try (Producer<String, String> producer =
              producer(kafka, told, First.class.getName(), "linger.ms", "60000")) {
            for (String value : List.of("a", "b")) {
              var unused = producer.send(new ProducerRecord<>(partition.topic(), value));
            }
            producer.flush();
          }
          assertThat(told)
              .containsExactly(
                  "First configured for mine",
                  "First sends a",
                  "First sends b",
                  "First 0@0 -1/7 at a time",
                  "First 0@1 -1/7 at a time",
                  "First closed");
        });
  }

  @Test
  default void interceptorsAreToldAfterTheCallbackWhatCannotBeSent() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          List<Object> told = new CopyOnWriteArrayList<>();
          ProducerRecord<String, String> record =
              new ProducerRecord<>(partition.topic(), "k", "x".repeat(1000));
          try (Producer<String, String> producer =
              producer(
                  kafka,
                  told,
                  Throwing.class.getName() + ", " + Last.class.getName(),
                  "max.request.size",
                  "1000")) {
            told.clear();
            var unused = producer.send(record, (metadata, failure) -> told.add("callback"));
            assertThat(told)
                .containsExactly(
                    "Throwing fails at " + record.value(),
                    "Last sends " + record.value(),
                    "callback",
                    "Last -1@-1 -1/-1 at no time RecordTooLargeException");
          }
        });
  }

  @Test
  default void interceptorsAreToldBeforeTheCallbackWhatTheBrokerRefuses() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          List<Object> told = new CopyOnWriteArrayList<>();
          try (Producer<String, String> producer =
              producer(kafka, told, List.of(Last.class), "max.request.size", "3000000")) {
            var unused =
                producer.send(
                    new ProducerRecord<>(partition.topic(), "x".repeat(2_000_000)),
                    (metadata, failure) -> told.add("callback " + metadata.timestamp()));
            producer.flush();
            assertThat(told.subList(2, told.size()))
                .containsExactly(
                    "Last 0@-1 -1/-1 at no time RecordTooLargeException", "callback -1");
          }
        });
  }

  @Test
  default void interceptorsAreToldOfWhatSendThrowsAndOfEachClosing() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          List<Object> told = new CopyOnWriteArrayList<>();
          Producer<String, String> producer =
              producer(
                  kafka,
                  told,
                  List.of(Last.class.getName()),
                  "value.serializer",
                  IntegerSerializer.class.getName());
          told.clear();
          ProducerRecord<String, String> record =
              new ProducerRecord<>(partition.topic(), 0, "k", "v");
          assertThatThrownBy(() -> producer.send(record))
              .isExactlyInstanceOf(SerializationException.class);
          producer.close();
          assertThatThrownBy(() -> producer.send(record))
              .isExactlyInstanceOf(IllegalStateException.class);
          producer.close();

          assertThat(told)
              .containsExactly(
                  "Last sends v",
                  "Last 0@-1 -1/-1 at no time SerializationException",
                  "Last closed",
                  "Last sends v",
                  "Last 0@-1 -1/-1 at no time IllegalStateException",
                  "Last closed");
        });
  }

  @Test
  default void aRecordThatAnInterceptorLosesIsNowhere() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          List<Object> told = new CopyOnWriteArrayList<>();
          try (Producer<String, String> producer =
              producer(kafka, told, List.of(Swallowing.class))) {
            told.clear();
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(partition.topic(), "v")))
                .isExactlyInstanceOf(NullPointerException.class);
            assertThat(told).containsExactly("Swallowing nowhere NullPointerException");
          }
        });
  }

  @Test
  default void noProducerIsMadeWithWhatIsNoInterceptor() throws Exception {
    run(
        kafka -> {
          List<Object> told = new CopyOnWriteArrayList<>();
          assertThatThrownBy(() -> producer(kafka, told, List.of(Last.class, String.class)))
              .isExactlyInstanceOf(KafkaException.class)
              .hasMessage("Failed to construct kafka producer")
              .cause()
              .isExactlyInstanceOf(KafkaException.class)
              .hasMessage(
                  "class java.lang.String is not an instance of "
                      + ProducerInterceptor.class.getName());
          assertThat(told).containsExactly("Last configured for mine", "Last closed");
          assertThatThrownBy(() -> producer(kafka, told, "no.such.Interceptor"))
              .isExactlyInstanceOf(KafkaException.class)
              .hasMessage("Failed to construct kafka producer")
              .hasRootCauseExactlyInstanceOf(ClassNotFoundException.class);
        });
  }
}
