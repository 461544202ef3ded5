package io.heddle.simulator.client;

import io.heddle.simulator.protocol.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call about some keys: finds the broker of each, asks all brokers at once, and asks again what
 * can be asked again, until each key has an outcome or time is up. Between two attempts it waits.
 * If brokers have to be looked up, that goes by brokers, as in kafka-clients' {@code
 * AdminApiDriver}: each is asked one thing at a time, and after any answer the next thing waits for
 * longer; a look-up is repeated at once. Else it goes by keys, as in its {@code Call}. Used once.
 */
final class AdminCall<K, V> {
  private static final int UNKNOWN = -1;

  /** How far a key has come. */
  private static final class Progress {
    private int broker = UNKNOWN;
    private boolean inFlight;
    private long notBeforeNanos = Long.MIN_VALUE;
    private int failures;
    private @Nullable Throwable lastFailure;
  }

  /** How a broker is asked that was found by a look-up. */
  private static final class Asked {
    private final RequestPace pace;
    private boolean inFlight;

    Asked(Backoff backoff) {
      this.pace = new RequestPace(backoff);
    }

    boolean free(long now) {
      return !inFlight && pace.notBefore(now) <= now;
    }
  }

  private final AdminCalls calls;
  private final String name;
  private final long deadlineNanos;
  private final Map<K, Progress> pending = new LinkedHashMap<>();
  private final Map<K, AdminOutcome<V>> outcomes = new LinkedHashMap<>();
  private final Map<Integer, Asked> brokers = new TreeMap<>();
  private boolean byBroker;
  private List<K> beingRead = List.of();
  private boolean over;

  AdminCall(AdminCalls calls, String name, long deadlineNanos) {
    this.calls = calls;
    this.name = name;
    this.deadlineNanos = deadlineNanos;
  }

  /** Runs the call; the outcomes are in the order of the keys. */
  Map<K, AdminOutcome<V>> run(Collection<K> keys, AdminRoute<K, V> route, AdminStep<K, V, ?> step) {
    byBroker = route instanceof AdminRoute.Asked;
    keys.forEach(key -> pending.put(key, new Progress()));
    try {
      while (!pending.isEmpty()) {
        if (calls.aborted()) {
          failAll(new TimeoutException("The AdminClient thread has exited."));
        } else if (calls.link().now() >= deadlineNanos) {
          pending.forEach((key, progress) -> outcomes.put(key, timedOut(progress)));
          pending.clear();
        } else {
          findBrokers(route);
          ask(step);
          if (!pending.isEmpty()) {
            calls.link().awaitProgress(Math.min(deadlineNanos, nextNanos()));
          }
        }
      }
    } finally {
      over = true;
    }
    Map<K, AdminOutcome<V>> ordered = new LinkedHashMap<>();
    keys.forEach(key -> ordered.put(key, Objects.requireNonNull(outcomes.get(key))));
    return ordered;
  }

  private AdminOutcome<V> timedOut(Progress progress) {
    String message =
        "Call(callName="
            + name
            + ") timed out at "
            + calls.link().now() / 1_000_000
            + " ms after "
            + progress.failures
            + " failed attempt(s)";
    return AdminOutcome.failed(new TimeoutException(message, progress.lastFailure));
  }

  private void failAll(Throwable failure) {
    pending.forEach((key, progress) -> outcomes.put(key, AdminOutcome.failed(failure)));
    pending.clear();
  }

  private void findBrokers(AdminRoute<K, V> route) {
    List<K> lost = ready(false);
    if (lost.isEmpty()) {
      return;
    }
    if (route instanceof AdminRoute.Asked<K, V> asked) {
      send(calls.anyBroker(), lost, asked.step(), true);
    } else if (route instanceof AdminRoute.Given<K, V> given) {
      lost.forEach(key -> found(key, given.broker().applyAsInt(key)));
    } else {
      int broker = calls.anyBroker();
      lost.forEach(key -> found(key, broker));
    }
  }

  private void ask(AdminStep<K, V, ?> step) {
    Map<Integer, List<K>> wanted = new TreeMap<>();
    for (K key : ready(true)) {
      wanted.computeIfAbsent(progress(key).broker, broker -> new ArrayList<>()).add(key);
    }
    wanted.forEach(
        (broker, keys) -> {
          if (!byBroker) {
            send(broker, keys, step, false);
            return;
          }
          Asked asked = brokers.computeIfAbsent(broker, id -> new Asked(calls.backoff()));
          if (asked.free(calls.link().now())) {
            asked.inFlight = true;
            send(broker, step.together() ? keys : keys.subList(0, 1), step, false);
          }
        });
  }

  /** When there is something to ask, {@link Long#MAX_VALUE} if that is not known. */
  private long nextNanos() {
    long now = calls.link().now();
    long next = Long.MAX_VALUE;
    for (Progress progress : pending.values()) {
      Asked asked = brokers.get(progress.broker);
      if (!progress.inFlight && (asked == null || !asked.inFlight)) {
        long at = asked == null ? Long.MIN_VALUE : asked.pace.notBefore(now);
        next = Math.min(next, Math.max(at, progress.notBeforeNanos));
      }
    }
    return next;
  }

  /** Whatever a broker was asked, it is not asked the next thing at once. */
  private void over(int broker, boolean lookup) {
    Asked asked = lookup ? null : brokers.get(broker);
    if (asked != null) {
      asked.inFlight = false;
      asked.pace.failed(calls.link().now());
    }
  }

  /** The keys that wait for nothing, with a known broker or without. */
  private List<K> ready(boolean routed) {
    long now = calls.link().now();
    List<K> ready = new ArrayList<>();
    pending.forEach(
        (key, progress) -> {
          if (!progress.inFlight
              && progress.notBeforeNanos <= now
              && (progress.broker != UNKNOWN) == routed) {
            ready.add(key);
          }
        });
    return ready;
  }

  private <R extends Response> void send(
      int broker, List<K> keys, AdminStep<K, V, R> step, boolean lookup) {
    if (!step.together() && keys.size() > 1) {
      keys.forEach(key -> send(broker, List.of(key), step, lookup));
      return;
    }
    keys.forEach(key -> progress(key).inFlight = true);
    long left = deadlineNanos - calls.link().now();
    calls
        .link()
        .send(
            broker,
            step.request().apply(keys),
            step.type(),
            Math.min(calls.times().requestTimeoutNanos(), left),
            response -> {
              over(broker, lookup);
              answered(response, keys, step, lookup);
            },
            () -> {
              over(broker, lookup);
              keys.forEach(key -> disconnected(key, lookup));
            });
  }

  private <R extends Response> void answered(
      R response, List<K> keys, AdminStep<K, V, R> step, boolean lookup) {
    if (over) {
      return;
    }
    beingRead = keys;
    step.read().accept(response, this);
    for (K key : unanswered()) {
      if (lookup) {
        again(key, new ApiException("The broker for " + key + " is not known yet."));
      } else {
        failed(key, new ApiException("The response did not contain a result for " + key));
      }
    }
    beingRead = List.of();
  }

  /** The keys of the response being read of which nothing has been told yet. */
  List<K> unanswered() {
    return beingRead.stream()
        .filter(key -> pending.containsKey(key) && progress(key).inFlight)
        .toList();
  }

  /** The broker that was asked for the key. */
  int brokerOf(K key) {
    return progress(key).broker;
  }

  /** This broker can answer for the key. */
  void found(K key, int broker) {
    Progress progress = pending.get(key);
    if (progress != null) {
      progress.broker = broker;
      progress.inFlight = false;
    }
  }

  /** The key has its value. */
  void done(K key, @Nullable V value) {
    if (pending.remove(key) != null) {
      outcomes.put(key, AdminOutcome.done(value));
    }
  }

  /** The key has failed for good. */
  void failed(K key, Throwable failure) {
    if (pending.remove(key) != null) {
      outcomes.put(key, AdminOutcome.failed(failure));
    }
  }

  /** The key is to be asked for again, at the same broker. */
  void again(K key, Throwable failure) {
    Progress progress = pending.get(key);
    if (progress == null) {
      return;
    }
    progress.failures++;
    progress.lastFailure = failure;
    if (progress.failures > calls.retries()) {
      pending.remove(key);
      outcomes.put(key, timedOut(progress));
      return;
    }
    progress.inFlight = false;
    if (!byBroker) {
      putOff(progress);
    }
  }

  private void putOff(Progress progress) {
    long wait = calls.backoff().nanos(progress.failures - 1);
    progress.notBeforeNanos = calls.link().now() + wait;
  }

  private void disconnected(K key, boolean lookup) {
    moved(key, DisconnectException.INSTANCE);
    Progress progress = pending.get(key);
    if (lookup && progress != null) {
      // kafka-clients would wait before it connects again, which is not modelled.
      putOff(progress);
    }
  }

  /** The key is to be asked for again, once its broker has been found again. */
  void moved(K key, Throwable failure) {
    Progress progress = pending.get(key);
    if (progress != null && !over) {
      progress.broker = UNKNOWN;
      again(key, failure);
    }
  }

  private Progress progress(K key) {
    return Objects.requireNonNull(pending.get(key));
  }
}
