package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits and reads a group's offsets, with the outcomes of kafka-clients' {@code
 * ConsumerCoordinator}.
 */
final class OffsetStore {
  private static final Logger LOG = LoggerFactory.getLogger(OffsetStore.class);

  private final ClientLink link;
  private final CoordinatorLink coordinator;
  private final CommitRules rules;
  private final ConsumerSettings settings;
  private final String groupId;
  private final CommitTellings tellings;
  private final OffsetLookups lookUps;
  private final Backoff backoff;
  private int pendingAsync;
  private boolean managed;

  OffsetStore(
      ClientLink link,
      CoordinatorLink coordinator,
      CommitRules rules,
      ConsumerSettings settings,
      String groupId,
      ConsumerInterceptors<?, ?> interceptors) {
    this.link = link;
    this.coordinator = coordinator;
    this.rules = rules;
    this.settings = settings;
    this.groupId = groupId;
    this.tellings = new CommitTellings(interceptors, settings);
    this.backoff = link.backoff(settings.times());
    this.lookUps =
        new OffsetLookups(
            link,
            coordinator,
            settings.times(),
            groupId,
            () -> rules.lookingUp(managed),
            rules::retriesLookUp);
  }

  /** Whether the group assigns the partitions, which its generation then fences. */
  void managed(boolean value) {
    managed = value;
  }

  /** Commits and waits; retries what can be retried until the deadline, after longer and longer. */
  void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, long deadlineNanos) {
    commitSync(offsets, deadlineNanos, backoff::nanos);
  }

  /** Does so before a group is joined again, when kafka-clients does not wait for longer. */
  void commitBeforeJoin(Map<TopicPartition, OffsetAndMetadata> offsets, long deadlineNanos) {
    commitSync(offsets, deadlineNanos, failures -> settings.times().retryBackoffNanos());
  }

  private void commitSync(
      Map<TopicPartition, OffsetAndMetadata> offsets, long deadlineNanos, LongUnaryOperator waits) {
    if (offsets.isEmpty()) {
      awaitAsync(deadlineNanos);
      tellings.committedNothing(offsets);
      return;
    }
    runCompleted();
    tellings.awaitsAsync(false);
    for (long failures = 0; ; failures++) {
      awaitCoordinator(deadlineNanos, offsets);
      Outcome outcome = new Outcome();
      send(offsets, outcome::set);
      while (!outcome.known && link.now() < deadlineNanos) {
        link.awaitProgress(deadlineNanos);
      }
      runCompleted();
      RuntimeException failed = outcome.failure;
      if (outcome.known && failed == null) {
        tellings.committed(offsets);
        return;
      }
      if (failed != null && !(failed instanceof RetriableException)) {
        throw rules.finalFailure(failed);
      }
      if (link.now() < deadlineNanos) {
        pause(deadlineNanos, waits.applyAsLong(failures));
      }
      if (link.now() >= deadlineNanos) {
        throw timedOut(offsets);
      }
    }
  }

  /** Asked to commit no offsets at all: only those on their way are waited for. */
  void commitSyncOfNothing(long deadlineNanos) {
    awaitAsync(deadlineNanos);
    tellings.committedNothing(null);
  }

  /** Commits that are on their way are told of, even if there is nothing to commit. */
  private void awaitAsync(long deadlineNanos) {
    runCompleted();
    tellings.awaitsAsync(false);
    while (pendingAsync > 0 && coordinator.known() && link.now() < deadlineNanos) {
      link.awaitProgress(deadlineNanos);
    }
    runCompleted();
  }

  private void pause(long deadlineNanos, long waitNanos) {
    long until = Math.min(deadlineNanos, link.now() + waitNanos);
    var unused = link.later(until - link.now(), () -> {});
    while (link.now() < until) {
      link.awaitProgress(until);
    }
  }

  private void awaitCoordinator(
      long deadlineNanos, Map<TopicPartition, OffsetAndMetadata> offsets) {
    while (!coordinator.known()) {
      coordinator.lookUp();
      if (link.now() >= deadlineNanos) {
        throw timedOut(offsets);
      }
      link.awaitProgress(deadlineNanos);
    }
  }

  private static TimeoutException timedOut(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return new TimeoutException(
        "Timeout expired before successfully committing offsets " + offsets);
  }

  /** Commits without waiting; the callback is called in a later poll, commit or close. */
  void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
    runCompleted();
    tellings.awaitsAsync(true);
    Map<TopicPartition, OffsetAndMetadata> copy = new LinkedHashMap<>(offsets);
    commitWithoutWaiting(
        copy,
        failure ->
            tellings.ended(
                failure.isEmpty() || rules.tellsOffsetsOfFailure() ? copy : null,
                failure,
                callback));
  }

  /** Asked to commit no offsets at all: by the consumer protocol null is told of. */
  void commitAsyncOfNothing(@Nullable OffsetCommitCallback callback) {
    if (!settings.group().consumerProtocol()) {
      commitAsync(Map.of(), callback);
      return;
    }
    runCompleted();
    tellings.awaitsAsync(true);
    tellings.ended(null, Optional.empty(), callback);
  }

  /** Commits without waiting; {@code ended} is called as soon as it has, well or not. */
  void commitByItself(Map<TopicPartition, OffsetAndMetadata> offsets, Runnable ended) {
    commitWithoutWaiting(
        offsets,
        failure -> {
          if (failure.isEmpty() && !offsets.isEmpty()) {
            tellings.succeeded(offsets);
          }
          ended.run();
        });
  }

  private void commitWithoutWaiting(
      Map<TopicPartition, OffsetAndMetadata> offsets, Consumer<Optional<RuntimeException>> ended) {
    pendingAsync++;
    Consumer<Optional<RuntimeException>> done =
        failure -> {
          pendingAsync--;
          ended.accept(failure);
          link.signal();
        };
    if (offsets.isEmpty()) {
      done.accept(Optional.empty());
    } else {
      sendWhenKnown(offsets, done);
    }
  }

  /** Looks for the coordinator: once, or until it is found, as the protocol has it. */
  private void sendWhenKnown(
      Map<TopicPartition, OffsetAndMetadata> offsets, Consumer<Optional<RuntimeException>> done) {
    if (coordinator.known()) {
      send(offsets, done);
      return;
    }
    coordinator.lookUp(
        found -> {
          if (found) {
            send(offsets, done);
          } else if (rules.waitsForCoordinator()) {
            sendWhenKnown(offsets, done);
          } else {
            done.accept(
                Optional.of(
                    new CoordinatorNotAvailableException("no coordinator for group " + groupId)));
          }
        });
  }

  /**
   * Commits what there is by then, before partitions go, and goes on: when that has succeeded, or
   * cannot, or time is up. The application need not wait for it meanwhile.
   *
   * @param offsets asked for what to commit before each attempt
   */
  void commitThen(
      Supplier<Map<TopicPartition, OffsetAndMetadata>> offsets, long deadlineNanos, Runnable then) {
    commitThen(offsets, deadlineNanos, 0, then);
  }

  private void commitThen(
      Supplier<Map<TopicPartition, OffsetAndMetadata>> offsets,
      long deadlineNanos,
      long failures,
      Runnable then) {
    Map<TopicPartition, OffsetAndMetadata> wanted = offsets.get();
    if (wanted.isEmpty()) {
      then.run();
      return;
    }
    sendWhenKnown(
        wanted,
        failure -> {
          boolean again = failure.filter(this::worthAnotherTry).isPresent();
          if (again && link.now() < deadlineNanos) {
            var unused =
                link.later(
                    backoff.nanos(failures),
                    () -> commitThen(offsets, deadlineNanos, failures + 1, then));
            return;
          }
          if (failure.isEmpty()) {
            tellings.succeeded(wanted);
          }
          failure.ifPresent(
              it -> LOG.warn("The last automatic commit before partitions go has failed", it));
          then.run();
        });
  }

  private boolean worthAnotherTry(RuntimeException failed) {
    if (failed instanceof StaleMemberEpochException) {
      return rules.lookingUp(managed).exists();
    }
    return failed instanceof RetriableException
        && !(failed instanceof UnknownTopicOrPartitionException);
  }

  /** How many asynchronous commits are still under way. */
  int pendingAsync() {
    return pendingAsync;
  }

  /** Tells of asynchronous commits that have ended. */
  void runCompleted() {
    tellings.run();
  }

  /** Tells what is told of commits when the consumer has closed. */
  void closed() {
    if (pendingAsync == 0) {
      tellings.runLast();
    }
  }

  /** Whether there is something to tell of them. */
  boolean hasCompleted() {
    return tellings.waiting();
  }

  private void send(
      Map<TopicPartition, OffsetAndMetadata> offsets, Consumer<Optional<RuntimeException>> done) {
    Generation sent;
    try {
      sent = rules.committing(managed);
    } catch (KafkaException notNow) {
      done.accept(Optional.of(notNow));
      return;
    }
    Map<TopicPartition, OffsetCommitRequest.OffsetToCommit> wanted = new LinkedHashMap<>();
    offsets.forEach(
        (partition, offset) ->
            wanted.put(
                partition,
                new OffsetCommitRequest.OffsetToCommit(
                    offset.offset(), offset.leaderEpoch().orElse(-1), offset.metadata())));
    coordinator.send(
        new OffsetCommitRequest(
            groupId,
            sent.id(),
            sent.memberId(),
            rules.commitsNameInstance(managed) ? settings.instanceId() : Optional.empty(),
            wanted),
        OffsetCommitResponse.class,
        settings.times().requestTimeoutNanos(),
        response -> done.accept(outcome(response, sent)),
        () -> done.accept(Optional.of(DisconnectException.INSTANCE)));
  }

  private Optional<RuntimeException> outcome(OffsetCommitResponse response, Generation sent) {
    for (ErrorCode error : response.partitions().values()) {
      switch (error) {
        case NONE -> {
          continue;
        }
        case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, REQUEST_TIMED_OUT -> {
          coordinator.forget();
          return Optional.of(error.exception());
        }
        default -> {
          return Optional.of(rules.failure(error, sent).orElseGet(error::exception));
        }
      }
    }
    return Optional.empty();
  }

  /** Reads committed offsets without waiting, as {@link OffsetLookups#fetch}. */
  void fetch(
      List<TopicPartition> partitions,
      Consumer<Map<TopicPartition, Optional<OffsetAndMetadata>>> done,
      Consumer<RuntimeException> failed) {
    lookUps.fetch(partitions, new OffsetLookups.Asker(done, failed));
  }

  private static final class Outcome {
    private boolean known;
    private @Nullable RuntimeException failure;

    void set(Optional<RuntimeException> outcome) {
      known = true;
      failure = outcome.orElse(null);
    }
  }
}
