package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.core.SimRuntime;
import io.heddle.simulator.protocol.LogRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchSenderTest {
  private static final int PARTITIONS = 1_000;

  private final KafkaFixture kafka = new KafkaFixture(1);
  private int told;

  private BatchSender sender(Map<String, Object> properties) {
    ClientContext context = kafka.context("app");
    ProducerSettings settings = ProducerSettings.of(properties);
    ClientLink link = new ClientLink(context, settings.clientId());
    ClusterView cluster =
        new ClusterView(link, context, settings.times(), new ClusterListeners(), true);
    cluster.want(List.of("t"));
    cluster.update();
    var executor = new SimRuntime(context.simulation(), context.process()).executor("callbacks", 1);
    ClientMetrics metrics = new ClientMetrics(context, settings.clientId(), settings.config());
    return new BatchSender(
        link,
        cluster,
        settings,
        new Callbacks(executor, Runnable::run, () -> {}),
        new ProducerMetrics(metrics));
  }

  private void add(BatchSender sender, int partition) {
    LogRecord record = new LogRecord(0, 1, null, new byte[100], List.of());
    PendingBatch batch =
        sender
            .queue(new TopicPartition("t", partition))
            .open(record, 16_384, kafka.simulation().nanoTime());
    sender.buffered(batch, record.sizeInBytes());
    batch.add(
        new LogRecord(batch.nextOffsetDelta(), 1, null, new byte[100], List.of()),
        (metadata, failure) -> {
          assertThat(failure).isNull();
          told++;
        },
        new SimFuture<RecordMetadata>(kafka.simulation().waitQueue("an acknowledgement")));
    sender.added(batch);
  }

  private void awaitIdle(BatchSender sender) {
    for (int i = 0; i < 1_000 && !sender.idle(); i++) {
      kafka.simulation().sleep(10_000_000);
    }
    assertThat(sender.idle()).isTrue();
  }

  private BatchSender warm(Map<String, Object> properties) {
    kafka.cluster().createTopic("t", PARTITIONS);
    BatchSender sender = sender(properties);
    kafka.simulation().sleep(100_000_000);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      add(sender, partition);
    }
    sender.flush(true);
    awaitIdle(sender);
    sender.flush(false);
    return sender;
  }

  @Test
  void aRecordThatIsNotDueLooksAtNoPartition() throws Exception {
    kafka
        .simulation()
        .run(
            () -> {
              BatchSender sender = warm(Map.of("linger.ms", 5));
              long before = sender.looks();

              for (int i = 0; i < 10 * PARTITIONS; i++) {
                add(sender, i % PARTITIONS);
              }

              assertThat(sender.looks()).isEqualTo(before);
              awaitIdle(sender);
              assertThat(told).isEqualTo(11 * PARTITIONS);
              return true;
            });
  }

  @Test
  void aBatchThatIsFullIsSentBeforeItsLingerIsOver() throws Exception {
    kafka
        .simulation()
        .run(
            () -> {
              BatchSender sender = warm(Map.of("linger.ms", 100_000));
              long before = sender.looks();
              int toldBefore = told;

              for (int i = 0; i < 1_000; i++) {
                add(sender, 7);
              }
              kafka.simulation().sleep(1_000_000_000);

              assertThat(told - toldBefore).isGreaterThan(800).isLessThan(1_000);
              // A few steps for each of the batches, none for their records.
              assertThat((sender.looks() - before) / PARTITIONS).isLessThan(60);
              return true;
            });
  }
}
