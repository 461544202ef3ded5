package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a transactional producer: one is under way at a time, and the others wait in the
 * order of their priorities.
 */
final class TransactionRequests {
  private final ClientLink link;
  private final long backoffNanos;
  private final Runnable progress;
  private final List<TransactionStep> waiting = new ArrayList<>();
  private boolean busy;

  /**
   * No request yet.
   *
   * @param progress called when the next one may be sent
   */
  TransactionRequests(ClientLink link, long backoffNanos, Runnable progress) {
    this.link = link;
    this.backoffNanos = backoffNanos;
    this.progress = progress;
  }

  /** Whether one is under way, or is being put off. */
  boolean busy() {
    return busy;
  }

  /** The one that is to be sent next. */
  @Nullable TransactionStep head() {
    return waiting.isEmpty() ? null : waiting.get(0);
  }

  /** It does not wait any more. */
  void remove(TransactionStep step) {
    waiting.remove(step);
  }

  TransactionOutcome add(TransactionStep step) {
    enqueue(step, false);
    return step.outcome();
  }

  void send(TransactionStep step) {
    busy = true;
    if (!step.coordinator().known()) {
      step.coordinator()
          .lookUp(
              found -> {
                if (found) {
                  send(step);
                } else {
                  again(step);
                }
              });
      return;
    }
    step.send(
        () -> {
          if (!waiting.contains(step)) {
            idle();
          }
        },
        () -> again(step));
  }

  private void idle() {
    busy = false;
    link.signal();
    progress.run();
  }

  /** Sends the request again after a while; no other goes before it is due. */
  void again(TransactionStep step) {
    enqueue(step, true);
    var unused = link.later(backoffNanos, this::idle);
  }

  private void enqueue(TransactionStep step, boolean first) {
    int at = 0;
    while (at < waiting.size()
        && (waiting.get(at).priority().compareTo(step.priority()) < 0
            || (!first && waiting.get(at).priority() == step.priority()))) {
      at++;
    }
    waiting.add(at, step);
  }

  /** None of those that wait is sent any more. */
  void fail(RuntimeException cause) {
    waiting.forEach(step -> step.outcome().fail(cause));
    waiting.clear();
  }
}
