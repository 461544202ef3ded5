package io.heddle.simulator.client;

import org.apache.kafka.clients.producer.Callback;

/**
 * A producer's callback that promises to wait for nothing, not for a lock either, and to call no
 * client. A simulated producer needs no thread for it and tells it on the spot, which spares two
 * changes of threads for each record that is sent by itself. In virtual time a run ends with an
 * {@link AssertionError} if the callback waits after all. To other producers it is like any other.
 */
@FunctionalInterface
public interface PromptCallback extends Callback {}
