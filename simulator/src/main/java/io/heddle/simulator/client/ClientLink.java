package io.heddle.simulator.client;

import io.heddle.simulator.core.Timer;
import io.heddle.simulator.core.WaitQueue;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.Endpoint;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A client's requests, with their time-outs, and the one place where its application thread waits.
 * A request that is not answered in time counts as a broken connection, as in kafka-clients. What
 * is to go to a broker that throttles this client waits, and its time-out has yet to begin.
 */
final class ClientLink {
  private final ClientContext context;
  private final Endpoint endpoint;
  // kafka-clients keeps a connection of its own to the coordinator, so that a fetch cannot hold up
  // a heartbeat.
  private final Endpoint coordinatorEndpoint;
  private final WaitQueue progress;
  private final Deque<Runnable> queued = new ArrayDeque<>();
  private Runnable ofItself = () -> {};
  private boolean wakeup;
  private boolean wakeupsDisabled;
  private boolean closed;

  ClientLink(ClientContext context, String clientId) {
    this.context = context;
    this.endpoint = new Endpoint(context.process(), clientId);
    this.coordinatorEndpoint = new Endpoint(context.process(), clientId);
    this.progress = context.simulation().waitQueue("client " + clientId);
  }

  String clientId() {
    return endpoint.clientId();
  }

  long now() {
    return context.simulation().nanoTime();
  }

  /**
   * Sends a request; one of the two is called, as an event of the client's process, unless the
   * client has been closed by then.
   */
  <R extends Response> void send(
      int broker,
      Request request,
      Class<R> type,
      long timeoutNanos,
      Consumer<R> answered,
      Runnable disconnected) {
    send(endpoint, broker, request, type, timeoutNanos, answered, disconnected);
  }

  /** Sends a request as {@link #send} does, on the connection to a coordinator. */
  <R extends Response> void sendToCoordinator(
      int broker,
      Request request,
      Class<R> type,
      long timeoutNanos,
      Consumer<R> answered,
      Runnable disconnected) {
    send(coordinatorEndpoint, broker, request, type, timeoutNanos, answered, disconnected);
  }

  private <R extends Response> void send(
      Endpoint from,
      int broker,
      Request request,
      Class<R> type,
      long timeoutNanos,
      Consumer<R> answered,
      Runnable disconnected) {
    sendQueued();
    long wait = from.throttledUntil(broker) - now();
    if (wait > 0) {
      var unused =
          later(
              wait, () -> send(from, broker, request, type, timeoutNanos, answered, disconnected));
      return;
    }
    boolean[] over = new boolean[1];
    Timer[] timeout = new Timer[1];
    Runnable giveUp =
        context
            .network()
            .send(
                from,
                broker,
                request,
                response -> {
                  timeout[0].cancel();
                  if (!over[0] && !closed) {
                    over[0] = true;
                    answered.accept(type.cast(response));
                    progress.signalAll();
                  }
                },
                () -> {
                  timeout[0].cancel();
                  if (!over[0] && !closed) {
                    over[0] = true;
                    disconnected.run();
                    progress.signalAll();
                  }
                });
    timeout[0] = context.simulation().after(timeoutNanos, context.process(), giveUp);
  }

  /** How long this client waits between attempts. */
  Backoff backoff(ClientTimes times) {
    return new Backoff(times, context.choices());
  }

  /** Whatever it waits for, this client does that as well, each time that something happens. */
  void alwaysDo(Runnable action) {
    ofItself = action;
  }

  /**
   * Sends something before whatever this client does next, or when it is closed: what cannot be
   * sent at once waits in kafka-clients' buffer until the application makes the client do
   * something.
   */
  void queue(Runnable sending) {
    queued.add(sending);
  }

  private void sendQueued() {
    Runnable next;
    while ((next = queued.poll()) != null) {
      next.run();
    }
  }

  /** Lets something of this client happen later. */
  Timer later(long delayNanos, Runnable action) {
    return context
        .simulation()
        .after(
            delayNanos,
            context.process(),
            () -> {
              if (!closed) {
                action.run();
                progress.signalAll();
              }
            });
  }

  /** Waits until something has happened to this client, at the latest until the deadline. */
  void awaitProgress(long deadlineNanos) {
    sendQueued();
    throwIfWokenUp();
    throwIfInterrupted();
    long left = deadlineNanos - now();
    if (left > 0) {
      progress.await(left);
      ofItself.run();
    }
    throwIfWokenUp();
    throwIfInterrupted();
  }

  /** As kafka-clients does wherever it waits; the exception sets the thread's flag again. */
  void throwIfInterrupted() {
    if (Thread.interrupted()) {
      throw new InterruptException(new InterruptedException());
    }
  }

  /** Waits as {@link #awaitProgress} does, but leaves a wake-up for later. */
  void awaitProgressWithoutWakeup(long deadlineNanos) {
    sendQueued();
    throwIfInterrupted();
    long left = deadlineNanos - now();
    if (left > 0) {
      progress.await(left);
      ofItself.run();
    }
    throwIfInterrupted();
  }

  void wakeup() {
    wakeup = true;
    progress.signalAll();
  }

  void throwIfWokenUp() {
    if (wakeup && !wakeupsDisabled) {
      wakeup = false;
      throw new WakeupException();
    }
  }

  /** From now on nothing is interrupted by a wake-up: the client is being closed. */
  void disableWakeups() {
    wakeupsDisabled = true;
  }

  /** Whoever waits looks again. */
  void signal() {
    progress.signalAll();
  }

  /** Whether nothing is delivered any more. */
  boolean closed() {
    return closed;
  }

  /** Nothing that arrives from now on is delivered. */
  void close() {
    sendQueued();
    closed = true;
  }

  /** Takes down that Kafka has set the position of this client back, which no listener tells. */
  void tellSought(TopicPartition partition, long offset) {
    context.facts().accept(new Fact.Sought(now(), context.process().member(), partition, offset));
  }

  /** A time so far from now, which does not overflow. */
  static long deadline(long nowNanos, long timeoutNanos) {
    long deadline = nowNanos + timeoutNanos;
    return deadline < 0 ? Long.MAX_VALUE : deadline;
  }
}
