package io.heddle.engine.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.SourceState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Runs the samples as they are, with kafka-clients' own mocks and real threads. */
class ExamplesTest {
  private static final TopicPartition PARTITION = new TopicPartition("notices", 0);
  private static final int RECORDS = 300;

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaClients clients = new KafkaClients(() -> consumer, () -> producer);
  private final CountDownLatch all = new CountDownLatch(RECORDS);
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  private void call(Notice notice) {
    seen.add(notice.key() + " " + notice.text());
    all.countDown();
  }

  private void run(EventSource source) throws InterruptedException {
    consumer.schedulePollTask(
        () -> {
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          consumer.rebalance(List.of(PARTITION));
          for (int i = 0; i < RECORDS; i++) {
            consumer.addRecord(notice(i));
          }
        });
    source.start();
    all.await();
    source.close();
    assertThat(source.failure()).isEmpty();
    assertThat(source.state()).isEqualTo(SourceState.CLOSED);
  }

  private static ConsumerRecord<byte[], byte[]> notice(int number) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            PARTITION.topic(),
            PARTITION.partition(),
            number,
            ("k" + number % 7).getBytes(UTF_8),
            String.valueOf(1000 + number).getBytes(UTF_8));
    record.headers().add("__grt__", "notice".getBytes(UTF_8));
    return record;
  }

  private void assertOrderOfEachKey() {
    for (int key = 0; key < 7; key++) {
      String prefix = "k" + key + " ";
      assertThat(seen.stream().filter(call -> call.startsWith(prefix)).toList()).isSorted();
    }
    assertThat(seen).hasSize(RECORDS).doesNotHaveDuplicates();
  }

  @Test
  void theNaiveSampleCallsForEveryEvent() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      NaiveAsync sample = new NaiveAsync(threads, this::call);

      run(sample.source(clients, EngineRuntime.system()));
    } finally {
      threads.shutdown();
    }

    assertThat(seen).hasSize(RECORDS).doesNotHaveDuplicates();
  }

  @Test
  void theSchedulerSampleKeepsTheOrderOfEachKey() throws InterruptedException {
    NotifyExternalSystems sample =
        new NotifyExternalSystems(clients, EngineRuntime.system(), (key, notice) -> call(notice));

    run(sample.source());

    assertOrderOfEachKey();
  }

  @Test
  void theChainedSampleWritesEachKeyInOrderAfterReadingItOnce() throws InterruptedException {
    Map<String, Integer> reads = new ConcurrentHashMap<>();
    DualWrite.Database database =
        new DualWrite.Database() {
          @Override
          public String read(String key) {
            reads.merge(key, 1, Integer::sum);
            return "seed of " + key;
          }

          @Override
          public void write(String key, String text) {
            call(new Notice(key, text));
          }
        };
    DualWrite sample = new DualWrite(clients, EngineRuntime.system(), database);

    run(sample.source());

    assertOrderOfEachKey();
    assertThat(reads).hasSize(7);
    assertThat(producer.history()).hasSize(7);
  }

  @Test
  void theBatcherSampleWritesEachKeyInOrder() throws InterruptedException {
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    BatchWrites sample =
        new BatchWrites(
            clients,
            EngineRuntime.system(),
            items -> {
              sizes.add(items.size());
              items.forEach(item -> call(new Notice(item.key(), item.value())));
            });

    run(sample.source());

    assertOrderOfEachKey();
    assertThat(sizes).allMatch(size -> size <= 50).hasSizeLessThan(RECORDS);
  }
}
