package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a consumer's {@code interceptor.classes} may change and are told, by both protocols. */
interface ConsumerInterceptorContract extends Contract {
  /** Notes what it is told of, drops the value "b" and appends its name to the others. */
  class First implements ConsumerInterceptor<String, String> {
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
    public ConsumerRecords<String, String> onConsume(ConsumerRecords<String, String> records) {
      Map<TopicPartition, List<ConsumerRecord<String, String>>> changed = new LinkedHashMap<>();
      for (ConsumerRecord<String, String> record : records) {
        if (!record.value().equals("b")) {
          changed
              .computeIfAbsent(
                  new TopicPartition(record.topic(), record.partition()), it -> new ArrayList<>())
              .add(
                  new ConsumerRecord<>(
                      record.topic(),
                      record.partition(),
                      record.offset(),
                      record.key(),
                      record.value() + "+" + getClass().getSimpleName()));
        }
      }
      return new ConsumerRecords<>(changed, records.nextOffsets());
    }

    @Override
    public void onCommit(@Nullable Map<TopicPartition, OffsetAndMetadata> offsets) {
      note(
          offsets == null
              ? "commits null"
              : "commits " + offsets.values().stream().map(OffsetAndMetadata::offset).toList());
    }

    @Override
    public void close() {
      note("closed");
    }
  }

  /** Fails at everything. */
  final class Throwing extends First {
    @Override
    public ConsumerRecords<String, String> onConsume(ConsumerRecords<String, String> records) {
      throw new IllegalStateException("thrown by the interceptor");
    }

    @Override
    public void onCommit(@Nullable Map<TopicPartition, OffsetAndMetadata> offsets) {
      throw new IllegalStateException("thrown by the interceptor");
    }

    @Override
    public void close() {
      throw new IllegalStateException("thrown by the interceptor");
    }
  }

  /** Another one. */
  final class Last extends First {}

  private static Consumer<String, String> member(
      KafkaArm kafka, boolean modern, List<Object> told, Object classes, Object... overrides) {
    Map<String, Object> properties =
        KafkaArm.properties(modern ? KafkaArm.MODERN : KafkaArm.CONSUMER, overrides);
    properties.put("group.id", kafka.unique("group"));
    properties.put("interceptor.classes", classes);
    properties.put("told", told);
    properties.put("client.id", "mine");
    return kafka.consumerWith(properties);
  }

  private static Map<TopicPartition, OffsetAndMetadata> at(TopicPartition partition, long offset) {
    return Map.of(partition, new OffsetAndMetadata(offset));
  }

  private static void changesWhatIsPolled(KafkaArm kafka, boolean modern) {
    TopicPartition partition = kafka.partitionWith("a", "b", "c");
    List<Object> told = new CopyOnWriteArrayList<>();
    Consumer<String, String> consumer =
        member(kafka, modern, told, List.of(First.class, Throwing.class, Last.class));
    consumer.assign(List.of(partition));

    assertThat(kafka.values(consumer, 2)).containsExactly("a+First+Last", "c+First+Last");
    assertThat(consumer.position(partition)).isEqualTo(3);
    assertThat(told)
        .containsExactly(
            "First configured for mine",
            "Throwing configured for mine",
            "Last configured for mine");
  }

  @Test
  default void classicInterceptorsChangeWhatIsPolled() throws Exception {
    run(kafka -> changesWhatIsPolled(kafka, false));
  }

  @Test
  default void modernInterceptorsChangeWhatIsPolled() throws Exception {
    run(kafka -> changesWhatIsPolled(kafka, true));
  }

  private static void tellsOfCommits(KafkaArm kafka, boolean modern) {
    TopicPartition partition = kafka.partitionWith("a", "b", "c");
    List<Object> told = new CopyOnWriteArrayList<>();
    Consumer<String, String> consumer =
        member(kafka, modern, told, Throwing.class.getName() + "," + Last.class.getName());
    consumer.assign(List.of(partition));
    told.clear();

    consumer.commitSync(at(partition, 1));
    assertThat(told).containsExactly("Last commits [1]");
    consumer.commitAsync(at(partition, 2), (offsets, failure) -> told.add("callback"));
    consumer.commitSync(at(partition, 1));
    assertThat(told.subList(1, told.size()))
        .containsExactly("Last commits [2]", "callback", "Last commits [1]");
    told.clear();
    consumer.commitAsync(at(partition, 2), null);
    kafka.pollUntil("the telling", consumer, () -> !told.isEmpty());
    assertThat(told).containsExactly("Last commits [2]");
    told.clear();

    assertThatThrownBy(
            () ->
                consumer.commitSync(
                    Map.of(partition, new OffsetAndMetadata(1, "x".repeat(10_000)))))
        .isExactlyInstanceOf(OffsetMetadataTooLarge.class);
    assertThat(told).isEmpty();
    consumer.commitSync(Map.of());
    assertThat(told).isEqualTo(modern ? List.of("Last commits null") : List.of());
    told.clear();
    consumer.commitAsync(Map.of(), (offsets, failure) -> told.add("callback of " + offsets));
    kafka.pollUntil("the callback", consumer, () -> told.size() == 2);
    assertThat(told)
        .containsExactly(
            modern ? "Last commits null" : "Last commits []",
            modern ? "callback of null" : "callback of {}");
    consumer.close();
    consumer.close();
    assertThat(told).endsWith("Last closed").containsOnlyOnce("Last closed");
  }

  @Test
  default void classicInterceptorsAreToldOfCommits() throws Exception {
    run(kafka -> tellsOfCommits(kafka, false));
  }

  @Test
  default void modernInterceptorsAreToldOfCommits() throws Exception {
    run(kafka -> tellsOfCommits(kafka, true));
  }

  private static void tellsOfCommitsByItself(KafkaArm kafka, boolean modern) {
    TopicPartition partition = kafka.partitionWith("a");
    List<Object> told = new CopyOnWriteArrayList<>();
    Consumer<String, String> consumer =
        member(
            kafka,
            modern,
            told,
            List.of(Last.class),
            "enable.auto.commit",
            "true",
            "auto.commit.interval.ms",
            "100");
    consumer.subscribe(List.of(partition.topic()));
    assertThat(kafka.values(consumer, 1)).containsExactly("a+Last");
    kafka.pollUntil("the telling", consumer, () -> told.contains("Last commits [1]"));

    kafka.write(partition, "c", "d");
    assertThat(kafka.values(consumer, 2)).containsExactly("c+Last", "d+Last");
    consumer.close();
    assertThat(told).endsWith("Last commits [3]", "Last closed");
  }

  @Test
  default void classicInterceptorsAreToldOfCommitsByItself() throws Exception {
    run(kafka -> tellsOfCommitsByItself(kafka, false));
  }

  @Test
  default void modernInterceptorsAreToldOfCommitsByItself() throws Exception {
    run(kafka -> tellsOfCommitsByItself(kafka, true));
  }

  private static List<Object> closing(KafkaArm kafka, boolean modern) {
    TopicPartition partition = kafka.partitionWith();
    List<Object> told = new CopyOnWriteArrayList<>();
    Consumer<String, String> consumer = member(kafka, modern, told, List.of(Last.class));
    consumer.commitSync(at(partition, 0));
    told.clear();
    consumer.commitAsync(at(partition, 0), (offsets, failure) -> told.add("callback"));
    consumer.close();
    return told;
  }

  @Test
  default void classicMembersThatCloseTellOnlyInterceptorsOfWhatWasUnderWay() throws Exception {
    run(
        kafka ->
            assertThat(closing(kafka, false)).containsExactly("Last commits [0]", "Last closed"));
  }

  @Test
  default void modernMembersThatCloseTellCallbacksTooOfWhatWasUnderWay() throws Exception {
    run(
        kafka ->
            assertThat(closing(kafka, true))
                .containsExactly("Last commits [0]", "callback", "Last closed"));
  }

  @Test
  default void noConsumerIsMadeWithWhatIsNoInterceptor() throws Exception {
    run(
        kafka -> {
          for (boolean modern : List.of(false, true)) {
            assertThatThrownBy(
                    () -> member(kafka, modern, new ArrayList<>(), List.of(String.class)))
                .isExactlyInstanceOf(KafkaException.class)
                .hasMessage("Failed to construct kafka consumer")
                .cause()
                .isExactlyInstanceOf(KafkaException.class)
                .hasMessage(
                    "class java.lang.String is not an instance of "
                        + ConsumerInterceptor.class.getName());
          }
        });
  }
}
