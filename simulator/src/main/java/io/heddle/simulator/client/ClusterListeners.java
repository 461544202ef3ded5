package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;

/**
 * Those of a client's interceptors and serializers that want to be told of the cluster's id. They
 * are with each answer about the cluster, as by kafka-clients' {@code Metadata}, before whoever
 * waits for the answer goes on.
 *
 * <p>What one throws ends the run: kafka-clients' clients never ask about the cluster again then.
 */
final class ClusterListeners {
  private final List<ClusterResourceListener> listeners = new ArrayList<>();

  /** Adds what is such a listener. */
  ClusterListeners add(Iterable<?> candidates) {
    for (Object each : candidates) {
      if (each instanceof ClusterResourceListener listener) {
        listeners.add(listener);
      }
    }
    return this;
  }

  void onUpdate(String clusterId) {
    for (ClusterResourceListener each : listeners) {
      each.onUpdate(new ClusterResource(clusterId));
    }
  }
}
