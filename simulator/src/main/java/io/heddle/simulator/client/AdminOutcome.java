package io.heddle.simulator.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/** How a call ended for one of its keys: with a value, or with a failure. */
record AdminOutcome<V>(@Nullable V value, @Nullable Throwable failure) {
  static <V> AdminOutcome<V> done(@Nullable V value) {
    return new AdminOutcome<>(value, null);
  }

  static <V> AdminOutcome<V> failed(Throwable failure) {
    return new AdminOutcome<>(null, failure);
  }

  <W> AdminOutcome<W> map(Function<? super @Nullable V, ? extends @Nullable W> function) {
    return failure == null ? done(function.apply(value)) : failed(failure);
  }

  KafkaFuture<V> toFuture() {
    return failure == null ? KafkaFuture.completedFuture(value) : new FailedFuture<>(failure);
  }

  static <K, V> Map<K, KafkaFuture<V>> toFutures(Map<K, AdminOutcome<V>> outcomes) {
    Map<K, KafkaFuture<V>> futures = new LinkedHashMap<>();
    outcomes.forEach((key, outcome) -> futures.put(key, outcome.toFuture()));
    return futures;
  }
}
