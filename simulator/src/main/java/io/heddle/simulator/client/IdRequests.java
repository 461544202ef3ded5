package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import java.util.Optional;

/** Gets an idempotent producer without transactions its id, however often that takes. */
final class IdRequests {
  private final ClientLink link;
  private final ClusterView cluster;
  private final ClientTimes times;
  private final ProducerIdentity identity;
  private final Runnable goOn;

  IdRequests(
      ClientLink link,
      ClusterView cluster,
      ClientTimes times,
      ProducerIdentity identity,
      Runnable goOn) {
    this.link = link;
    this.cluster = cluster;
    this.times = times;
    this.identity = identity;
    this.goOn = goOn;
  }

  /** Whether batches can be sent: there is an id, and it can go on being used. */
  boolean ready(PartitionQueues queues) {
    if (identity.bumpWanted()) {
      if (queues.all().stream().anyMatch(PartitionQueue::hasInFlight)) {
        return false;
      }
      queues.all().forEach(PartitionQueue::renumber);
      identity.bump();
    }
    if (!identity.known() && !identity.initializing()) {
      ask();
    }
    return identity.known();
  }

  /** Asks any broker. Goes on when there is an id, or when it is time to ask again. */
  private void ask() {
    identity.initializing(true);
    link.send(
        cluster.anyBroker(),
        new InitProducerIdRequest(Optional.empty(), Integer.MAX_VALUE),
        InitProducerIdResponse.class,
        times.requestTimeoutNanos(),
        response -> {
          if (response.error() == ErrorCode.NONE) {
            identity.initializing(false);
            identity.set(response.producerId(), response.producerEpoch());
            goOn.run();
          } else {
            later();
          }
        },
        this::later);
  }

  private void later() {
    var unused =
        link.later(
            times.retryBackoffNanos(),
            () -> {
              identity.initializing(false);
              goOn.run();
            });
  }
}
