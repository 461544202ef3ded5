package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a group's offsets. Whoever asks again for what is being asked for, since a wake-up or a
 * time-out has ended its call, waits for the answer that is on its way, as in kafka-clients ({@code
 * ConsumerCoordinator.pendingCommittedOffsetRequest}, {@code CommitRequestManager}).
 */
final class OffsetLookups {
  private final ClientLink link;
  private final CoordinatorLink coordinator;
  private final ClientTimes times;
  private final Backoff backoff;
  private final String groupId;
  private final Supplier<Generation> generation;
  private final Predicate<ErrorCode> retries;
  private @Nullable Lookup pending;

  /** Told of the offsets, or of why there are none; of one of the two, and once. */
  record Asker(
      Consumer<Map<TopicPartition, Optional<OffsetAndMetadata>>> done,
      Consumer<RuntimeException> failed) {}

  private static final class Lookup {
    final List<TopicPartition> partitions;
    final Generation generation;
    final List<Asker> askers = new ArrayList<>();
    long failures;

    Lookup(List<TopicPartition> partitions, Generation generation) {
      this.partitions = List.copyOf(partitions);
      this.generation = generation;
    }
  }

  /**
   * @param generation as which the group is asked now
   * @param retries whether it is asked again after this error
   */
  OffsetLookups(
      ClientLink link,
      CoordinatorLink coordinator,
      ClientTimes times,
      String groupId,
      Supplier<Generation> generation,
      Predicate<ErrorCode> retries) {
    this.link = link;
    this.coordinator = coordinator;
    this.times = times;
    this.backoff = link.backoff(times);
    this.groupId = groupId;
    this.generation = generation;
    this.retries = retries;
  }

  /** Reads committed offsets without waiting; the asker is told, whatever happens. */
  void fetch(List<TopicPartition> partitions, Asker asker) {
    Generation now = generation.get();
    if (pending != null
        && pending.partitions.equals(partitions)
        && pending.generation.equals(now)) {
      pending.askers.add(asker);
      return;
    }
    Lookup lookup = new Lookup(partitions, now);
    lookup.askers.add(asker);
    pending = lookup;
    send(lookup);
  }

  private void send(Lookup lookup) {
    Generation now = generation.get();
    coordinator.send(
        new OffsetFetchRequest(groupId, now.memberId(), now.id(), lookup.partitions, false, true),
        OffsetFetchResponse.class,
        times.requestTimeoutNanos(),
        response -> answered(lookup, response),
        () -> failed(lookup, DisconnectException.INSTANCE));
  }

  private void done(Lookup lookup, Map<TopicPartition, Optional<OffsetAndMetadata>> offsets) {
    over(lookup);
    lookup.askers.forEach(asker -> asker.done.accept(offsets));
  }

  private void failed(Lookup lookup, RuntimeException failure) {
    over(lookup);
    lookup.askers.forEach(asker -> asker.failed.accept(failure));
  }

  /** First of all, as who is told may ask again. */
  private void over(Lookup lookup) {
    if (pending == lookup) {
      pending = null;
    }
  }

  private void answered(Lookup lookup, OffsetFetchResponse response) {
    ErrorCode error = response.error();
    Map<TopicPartition, Optional<OffsetAndMetadata>> offsets = new LinkedHashMap<>();
    for (TopicPartition partition : lookup.partitions) {
      OffsetFetchResponse.FetchedOffset offset = response.partitions().get(partition);
      if (error == ErrorCode.NONE && offset == null) {
        throw new IllegalStateException("no answer for partition " + partition);
      }
      if (offset != null && offset.error() != ErrorCode.NONE) {
        error = offset.error();
      }
      offsets.put(
          partition,
          offset == null || offset.offset() < 0
              ? Optional.empty()
              : Optional.of(
                  new OffsetAndMetadata(
                      offset.offset(),
                      offset.leaderEpoch() < 0
                          ? Optional.empty()
                          : Optional.of(offset.leaderEpoch()),
                      offset.metadata())));
    }
    if (error == ErrorCode.NONE) {
      done(lookup, offsets);
      return;
    }
    if (retries.test(error)) {
      var unused =
          link.later(
              backoff.nanos(lookup.failures++),
              () -> {
                if (coordinator.known()) {
                  send(lookup);
                } else {
                  failed(lookup, ErrorCode.COORDINATOR_NOT_AVAILABLE.exception());
                }
              });
      return;
    }
    if (error == ErrorCode.NOT_COORDINATOR || error == ErrorCode.COORDINATOR_NOT_AVAILABLE) {
      coordinator.forget();
    }
    failed(lookup, error.exception());
  }
}
