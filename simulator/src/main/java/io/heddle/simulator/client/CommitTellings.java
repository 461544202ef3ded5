package io.heddle.simulator.client;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * What the application is to be told of commits that have ended, by the thread that uses the
 * consumer: callbacks of what did not wait, and interceptors of what has succeeded.
 *
 * <p>By the classic protocol interceptors hear of it before any callback does, and when the
 * consumer closes, too; by the consumer protocol each is told in its turn.
 */
final class CommitTellings {
  private final ConsumerInterceptors<?, ?> interceptors;
  private final boolean consumerProtocol;
  private final Queue<Runnable> successes = new ArrayDeque<>();
  private final Queue<Runnable> inTurn = new ArrayDeque<>();
  private boolean awaitsAsync;

  CommitTellings(ConsumerInterceptors<?, ?> interceptors, ConsumerSettings settings) {
    this.interceptors = interceptors;
    this.consumerProtocol = settings.group().consumerProtocol();
  }

  /** A commit that did not wait has succeeded; null stands for one that was given nothing. */
  void succeeded(@Nullable Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (!interceptors.isEmpty()) {
      (consumerProtocol ? inTurn : successes).add(() -> interceptors.onCommit(offsets));
    }
  }

  /**
   * A commit of the application that did not wait has ended.
   *
   * @param offsets what the callback is to be told of
   */
  void ended(
      @Nullable Map<TopicPartition, OffsetAndMetadata> offsets,
      Optional<RuntimeException> failure,
      @Nullable OffsetCommitCallback callback) {
    if (failure.isEmpty()) {
      succeeded(offsets);
    }
    if (callback != null) {
      Exception told = failure.map(CommitTellings::asynchronous).orElse(null);
      inTurn.add(() -> callback.onComplete(offsets, told));
    }
  }

  private static Exception asynchronous(RuntimeException failure) {
    return failure instanceof RetriableException
        ? new RetriableCommitFailedException(failure)
        : failure;
  }

  /** A commit that waited has succeeded. */
  void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    interceptors.onCommit(offsets);
  }

  /** A commit that waited had nothing to commit; null if that is what it was given. */
  void committedNothing(@Nullable Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (consumerProtocol) {
      interceptors.onCommit(offsets);
    }
  }

  /** Whether the application has a commit under way that no later one has waited for. */
  void awaitsAsync(boolean value) {
    awaitsAsync = value;
  }

  void run() {
    run(successes);
    run(inTurn);
  }

  private static void run(Queue<Runnable> tellings) {
    Runnable telling = tellings.poll();
    while (telling != null) {
      telling.run();
      telling = tellings.poll();
    }
  }

  /** The consumer closes, and nothing is under way any more. */
  void runLast() {
    run(successes);
    if (consumerProtocol && awaitsAsync) {
      run(inTurn);
    }
  }

  /** Whether there is something to tell. */
  boolean waiting() {
    return !successes.isEmpty() || !inTurn.isEmpty();
  }
}
