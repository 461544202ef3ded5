package io.heddle.simulator.client;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.MetadataResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.errors.BrokerNotAvailableException;
import org.jspecify.annotations.Nullable;

/** What all calls of one admin client share: its connections, its times, and whether it is open. */
final class AdminCalls {
  private static final long MILLI = 1_000_000;

  private final ClientLink link;
  private final AdminSettings settings;
  private final ClientMetrics metrics;
  private final Backoff backoff;
  private final Choices.Stream brokerChoice;
  private final int brokers;
  private int running;
  private boolean closing;
  private boolean aborted;

  AdminCalls(ClientContext context, AdminSettings settings) {
    this.link = new ClientLink(context, settings.clientId());
    this.settings = settings;
    this.backoff = link.backoff(settings.times());
    this.metrics = new ClientMetrics(context, settings.clientId(), settings.config());
    this.brokerChoice = context.choices().stream("client.broker");
    this.brokers = context.brokers();
  }

  ClientLink link() {
    return link;
  }

  ClientMetrics metrics() {
    return metrics;
  }

  ClientTimes times() {
    return settings.times();
  }

  /** How long calls wait between attempts. */
  Backoff backoff() {
    return backoff;
  }

  int retries() {
    return settings.retries();
  }

  /** Whether calls that still run are to give up. */
  boolean aborted() {
    return aborted;
  }

  int anyBroker() {
    return (int) brokerChoice.below(brokers);
  }

  /** When a call that starts now must have ended. */
  long deadline(@Nullable Integer timeoutMs) {
    long nanos =
        timeoutMs == null
            ? settings.times().defaultApiTimeoutNanos()
            : Math.max(0, timeoutMs) * MILLI;
    return ClientLink.deadline(link.now(), nanos);
  }

  /** Makes a call and waits for its outcomes, which are in the order of the keys. */
  <K, V> Map<K, AdminOutcome<V>> run(
      String name,
      long deadlineNanos,
      Collection<K> keys,
      AdminRoute<K, V> route,
      AdminStep<K, V, ?> step) {
    if (closing) {
      Map<K, AdminOutcome<V>> refused = new LinkedHashMap<>();
      keys.forEach(
          key ->
              refused.put(
                  key,
                  AdminOutcome.failed(
                      new IllegalStateException(
                          "Cannot accept new calls when AdminClient is closing."))));
      return refused;
    }
    running++;
    try {
      return new AdminCall<K, V>(this, name, deadlineNanos).run(keys, route, step);
    } finally {
      running--;
      link.signal();
    }
  }

  /** Makes a call that has one outcome. */
  <K, V> AdminOutcome<V> runOne(
      String name, long deadlineNanos, K key, AdminRoute<K, V> route, AdminStep<K, V, ?> step) {
    return Objects.requireNonNull(run(name, deadlineNanos, List.of(key), route, step).get(key));
  }

  /** Asks any broker for metadata, again if it knows of no broker. */
  AdminOutcome<MetadataResponse> metadata(
      String name, long deadlineNanos, MetadataRequest request) {
    return runOne(
        name,
        deadlineNanos,
        name,
        new AdminRoute.AnyBroker<>(),
        new AdminStep<>(
            MetadataResponse.class,
            true,
            keys -> request,
            (response, call) -> {
              if (response.brokers().isEmpty()) {
                call.moved(
                    name,
                    new BrokerNotAvailableException(
                        "Metadata fetch failed due to missing broker list"));
              } else {
                call.done(name, response);
              }
            }));
  }

  /** Lets running calls end, but no longer than the time-out. */
  void close(Duration timeout) {
    closing = true;
    long deadlineNanos = ClientLink.deadline(link.now(), nanos(timeout));
    while (running > 0 && !aborted) {
      if (link.now() >= deadlineNanos) {
        aborted = true;
        link.signal();
      } else {
        link.awaitProgress(deadlineNanos);
      }
    }
    link.close();
    metrics.closed();
  }

  private static long nanos(Duration timeout) {
    return timeout.compareTo(Duration.ofDays(10_000)) > 0 ? Long.MAX_VALUE : timeout.toNanos();
  }
}
