package io.heddle.scenarios.run;

import io.heddle.scenarios.report.RunHistory;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.check.ClientRecorder;
import io.heddle.simulator.history.Member;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The clients of a run's processes. Where a history of all facts is wanted they tell what they see,
 * past the run's own facts: what is watched is the same run as what is not.
 */
final class WatchedClients {
  private final Optional<ClientRecorder> recorder;

  WatchedClients(Optional<RunHistory> history, LongSupplier nanoTime) {
    this.recorder =
        history.flatMap(RunHistory::facts).map(facts -> new ClientRecorder(nanoTime, facts));
  }

  Consumer<byte[], byte[]> consumer(SimulatedProcess process, Map<String, Object> settings) {
    Consumer<byte[], byte[]> consumer = process.consumer(settings);
    boolean committedOnly = "read_committed".equals(settings.get("isolation.level"));
    return recorder
        .map(each -> each.consumer(member(process), committedOnly, consumer))
        .orElse(consumer);
  }

  Producer<byte[], byte[]> producer(SimulatedProcess process, Map<String, Object> settings) {
    Producer<byte[], byte[]> producer = process.producer(settings);
    String id = String.valueOf(settings.getOrDefault("transactional.id", ""));
    return recorder.map(each -> each.producer(member(process), id, producer)).orElse(producer);
  }

  private static Member member(SimulatedProcess process) {
    return process.process().member();
  }
}
