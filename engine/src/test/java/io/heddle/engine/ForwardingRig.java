package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A source that delivers exactly once, with a handler that forwards what it is given. */
final class ForwardingRig {
  private final Map<String, EventContext> waiting = new TreeMap<>();
  final Rig rig;

  ForwardingRig(ExactlyOnceConfig config) {
    rig = forwarding(config);
  }

  /** Handles each record by leaving it incomplete, if it is told so, and forwarding it. */
  private Rig forwarding(ExactlyOnceConfig config) {
    return new Rig(
            source ->
                source
                    .withExactlyOnce(config)
                    .withOnFailure(
                        FailureStage.HANDLER,
                        FailureHandling.stop().withRetries(2, Duration.ofMillis(5))))
        .handling(
            (context, value) -> {
              context.forward(output(value + "-made"));
              if (value.startsWith("slow")) {
                waiting.put(value, context);
                return ExecutionState.INCOMPLETE;
              }
              return ExecutionState.COMPLETE;
            });
  }

  static ProducerRecord<byte[], byte[]> output(String value) {
    return new ProducerRecord<>("out", value.getBytes(UTF_8));
  }

  void finish(String value) {
    EventContext context = waiting.get(value);
    if (context == null) {
      throw new AssertionError("nobody waits for " + value);
    }
    context.asyncJobComplete(
        () -> {
          context.forward(output(value + "-finished"));
          return ExecutionState.COMPLETE;
        });
    rig.baton.settle();
  }

  List<FakeProducer.Written> committed() {
    return rig.transactions().committed;
  }

  static FakeProducer.Written written(long offset, String... values) {
    return new FakeProducer.Written(List.of(values), Map.of(Rig.partition(0), offset), 1);
  }
}
