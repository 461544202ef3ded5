package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;

/** The producers of a workload: one, or that of each client of a closed loop. */
record Producers(List<Producer<byte[], byte[]>> all) implements AutoCloseable {
  static Producers of(
      Workload workload, Function<Map<String, Object>, Producer<byte[], byte[]>> maker) {
    int count = workload.arrival() instanceof Arrival.ClosedLoop loop ? loop.clients() : 1;
    List<Producer<byte[], byte[]>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(maker.apply(new TreeMap<>(workload.config())));
    }
    return new Producers(List.copyOf(all));
  }

  Producer<byte[], byte[]> of(int client) {
    return all.get(client);
  }

  @Override
  public void close() {
    all.forEach(Producer::close);
  }
}
