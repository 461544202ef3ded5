package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import io.heddle.simulator.protocol.TxnOffsetCommitResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits offsets of a group as part of a transaction.
 *
 * <p>Models: the group's coordinator making its offsets partition part of the transaction
 * (transaction version 2), waiting a little while the producer's last transaction ends; fencing by
 * producer epoch and by member, instance and generation; offsets that nobody sees before the
 * marker, of which the last one committed counts, in or out of a transaction; unknown topics, notes
 * that are too long. A rebalance under way refuses no one whose generation is current; of a
 * consumer group's members, no one whose epoch is as old as its possession of the partitions
 * (KIP-1251).
 *
 * <p>Does not model: AddOffsetsToTxn, with which producers of transaction version 1 come first (a
 * commit is always taken for version 2), topic ids, the time in which the coordinator writes a
 * commit down.
 */
final class TxnOffsetCommitApi implements RequestHandler<TxnOffsetCommitRequest> {
  private final Coordinators coordinators;
  private final Groups groups;
  private final Topics topics;
  private final OffsetStore offsets;
  private final Enrolment enrolment;
  private final Surroundings surroundings;
  private final int maxMetadataBytes;

  TxnOffsetCommitApi(
      Coordinators coordinators,
      Groups groups,
      Topics topics,
      OffsetStore offsets,
      Enrolment enrolment,
      Surroundings surroundings,
      int maxMetadataBytes) {
    this.coordinators = coordinators;
    this.groups = groups;
    this.topics = topics;
    this.offsets = offsets;
    this.enrolment = enrolment;
    this.surroundings = surroundings;
    this.maxMetadataBytes = maxMetadataBytes;
  }

  @Override
  public void handle(Call call, TxnOffsetCommitRequest request) {
    boolean anyKnown =
        request.offsets().keySet().stream().anyMatch(id -> topics.find(id).isPresent());
    ErrorCode refused =
        anyKnown
            ? coordinators.check(call.brokerId(), request.groupId())
            : ErrorCode.NOT_COORDINATOR;
    if (refused != ErrorCode.NONE) {
      answer(call, request, refused);
      return;
    }
    ProducerIdAndEpoch producer =
        new ProducerIdAndEpoch(request.producerId(), request.producerEpoch());
    TopicPartition offsetsPartition = Coordinators.offsetsPartitionOf(request.groupId());
    List<TopicPartition> enrolled =
        offsets.pending().isOpen(offsetsPartition.partition(), producer)
            ? List.of()
            : List.of(offsetsPartition);
    enrolment.enrol(
        call.brokerId(),
        request.transactionalId(),
        producer,
        enrolled,
        error -> {
          ErrorCode moved = coordinators.check(call.brokerId(), request.groupId());
          ErrorCode now = error == ErrorCode.NONE ? moved : afterEnrolment(error);
          answer(call, request, now == ErrorCode.NONE ? admit(request) : now);
        });
  }

  /** A producer is not to look its group's coordinator up again for the other one's sake. */
  private static ErrorCode afterEnrolment(ErrorCode error) {
    return error == ErrorCode.NETWORK_EXCEPTION ? ErrorCode.COORDINATOR_LOAD_IN_PROGRESS : error;
  }

  private ErrorCode admit(TxnOffsetCommitRequest request) {
    Group group = groups.find(request.groupId()).orElse(null);
    if (group == null) {
      if (request.generationId() >= 0) {
        return ErrorCode.ILLEGAL_GENERATION;
      }
      group = groups.findOrCreate(request.groupId());
    }
    try {
      Group.CommitCheck check =
          group.checkCommit(
              request.memberId(), request.groupInstanceId(), request.generationId(), true);
      return request.offsets().entrySet().stream()
          .filter(it -> topics.find(it.getKey()).isPresent())
          .filter(it -> it.getValue().metadata().length() <= maxMetadataBytes)
          .map(it -> check.check(it.getKey()))
          .filter(error -> error != ErrorCode.NONE)
          .findFirst()
          .map(TxnOffsetCommitApi::forProducers)
          .orElse(ErrorCode.NONE);
    } catch (Refused refused) {
      return forProducers(refused.error());
    }
  }

  /** Producers know generations only. */
  private static ErrorCode forProducers(ErrorCode error) {
    return error == ErrorCode.STALE_MEMBER_EPOCH ? ErrorCode.ILLEGAL_GENERATION : error;
  }

  private void answer(Call call, TxnOffsetCommitRequest request, ErrorCode error) {
    Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
    request
        .offsets()
        .forEach(
            (id, offset) -> {
              if (topics.find(id).isEmpty()) {
                results.put(id, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
              } else if (error != ErrorCode.NONE) {
                results.put(id, error);
              } else {
                results.put(id, keep(call, request, id, offset));
              }
            });
    call.reply(new TxnOffsetCommitResponse(results));
  }

  private ErrorCode keep(
      Call call, TxnOffsetCommitRequest request, TopicPartition id, OffsetToCommit offset) {
    if (offset.metadata().length() > maxMetadataBytes) {
      return ErrorCode.OFFSET_METADATA_TOO_LARGE;
    }
    offsets
        .pending()
        .put(
            Coordinators.offsetsPartitionOf(request.groupId()).partition(),
            new ProducerIdAndEpoch(request.producerId(), request.producerEpoch()),
            new PendingOffsets.Pending(
                request.groupId(),
                call.caller().member(),
                request.generationId(),
                id,
                offset,
                offsets.nextSequence()));
    surroundings.record(
        new Fact.CommitPending(
            surroundings.nanoTime(),
            request.groupId(),
            call.caller().member(),
            request.generationId(),
            id,
            offset.offset()));
    return ErrorCode.NONE;
  }
}
