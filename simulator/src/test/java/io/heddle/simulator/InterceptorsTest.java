package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InterceptorsTest {
  private final SimulatedKafka kafka = SimulatedKafka.withSeed(7);

  /** Notes what it is told of a producer's records, and by which thread. */
  public static final class Noting implements ProducerInterceptor<byte[], byte[]> {
    private List<Object> told = List.of();

    @Override
    @SuppressWarnings("unchecked")
    public void configure(Map<String, ?> configs) {
      told = (List<Object>) Objects.requireNonNull(configs.get("told"));
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
      told.add(Thread.currentThread());
      return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception failure) {
      told.add(Thread.currentThread());
      told.add(metadata.offset());
    }

    @Override
    public void close() {}
  }

  /** Fails when it is told of the cluster. */
  public static final class Choking extends ByteArraySerializer implements ClusterResourceListener {
    @Override
    public void onUpdate(ClusterResource cluster) {
      throw new IllegalStateException("choked on " + cluster.clusterId());
    }
  }

  @Test
  void whoFailsWhenToldOfTheClusterEndsTheRun() {
    assertThatThrownBy(
            () ->
                kafka.run(
                    () -> {
                      kafka.createTopic("out", 1);
                      kafka
                          .process("p")
                          .producer(Map.of("value.serializer", Choking.class.getName()))
                          .partitionsFor("out");
                    }))
        .hasStackTraceContaining("choked on " + ClusterSettings.defaults().clusterId());
  }

  @Test
  void aRecordThatIsSentAgainIsAcknowledgedOnceByTheThreadOfCallbacks() throws Exception {
    List<Object> told = new ArrayList<>();
    List<Object> callback = new ArrayList<>();
    FaultRule lost =
        new FaultRule(
            "the first reply is lost",
            exchange -> exchange.request().api() == ApiKey.PRODUCE,
            new FaultRule.Trigger.Nth(1),
            new Verdict.ApplyThenDrop());
    kafka.add(lost);
    kafka.run(
        () -> {
          kafka.createTopic("out", 1);
          try (Producer<byte[], byte[]> producer =
              kafka
                  .process("p")
                  .producer(Map.of("interceptor.classes", Noting.class.getName(), "told", told))) {
            var unused =
                producer.send(
                    new ProducerRecord<>("out", new byte[1]),
                    (metadata, failure) -> callback.add(Thread.currentThread()));
            callback.add(Thread.currentThread());
          }
        });

    assertThat(lost.fired()).isEqualTo(1);
    Object sender = callback.get(0);
    Object teller = callback.get(1);
    assertThat(teller).isNotSameAs(sender);
    assertThat(told).containsExactly(sender, teller, 0L);
  }
}
