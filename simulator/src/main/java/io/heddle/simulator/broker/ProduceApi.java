package io.heddle.simulator.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Stamp;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.ProduceResponse;
import io.heddle.simulator.protocol.ProduceResponse.PartitionResult;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Appends a batch to each of some logs.
 *
 * <p>Models: offsets, the producer's timestamps and the broker's (LogAppendTime), the limits for
 * timestamps and for a batch, the key that a compacted topic needs, min.insync.replicas,
 * idempotence (the last five batches of a producer; a batch sent again is answered with its first
 * offset, a gap in the sequence or an old epoch is refused), leadership; acks=0 gets no reply;
 * transactions of version 2: the leader makes the partition part of the transaction with its first
 * batch, and waits a little while the producer's last transaction still ends.
 *
 * <p>Does not model: replicas that lag, and so the time that acks=all takes; transactions of
 * version 1, which AddPartitionsToTxn begins (a transactional batch without a transactional id is
 * refused by an exception that says so), and the time between leader and transaction coordinator;
 * compression; the connection that Kafka closes when a request with acks=0 fails; the expiry of
 * producer ids; internal topics; quotas.
 */
final class ProduceApi implements RequestHandler<ProduceRequest> {
  private final Topics topics;
  private final Surroundings surroundings;
  private final Enrolment enrolment;

  ProduceApi(Topics topics, Surroundings surroundings, Enrolment enrolment) {
    this.topics = topics;
    this.enrolment = enrolment;
    this.surroundings = surroundings;
  }

  @Override
  public void handle(Call call, ProduceRequest request) {
    if (request.acks() < -1 || request.acks() > 1) {
      call.reply(request.refusal(ErrorCode.INVALID_REQUIRED_ACKS));
      return;
    }
    RecordBatch written = firstTransactional(request);
    if (written == null) {
      append(call, request, Map.of());
      return;
    }
    String transactionalId =
        request
            .transactionalId()
            .orElseThrow(
                () ->
                    new UnsupportedOperationException(
                        "Produce: transactions of version 1 are not modelled; a transactional batch"
                            + " needs a transactional id"));
    ProducerIdAndEpoch producer =
        new ProducerIdAndEpoch(written.producerId(), written.producerEpoch());
    // Whoever is not led from here now is refused, even if it is by the time the others are part of
    // the transaction: a batch that the coordinator does not know of would stay open for ever.
    Map<TopicPartition, ErrorCode> refused = notLed(call.brokerId(), request);
    List<TopicPartition> first = newInTransaction(request, producer, refused.keySet());
    enrolment.enrol(
        call.brokerId(),
        transactionalId,
        producer,
        first,
        error -> {
          if (error != ErrorCode.NONE) {
            first.forEach(id -> refused.put(id, afterEnrolment(error)));
          }
          append(call, request, refused);
        });
  }

  private static @Nullable RecordBatch firstTransactional(ProduceRequest request) {
    for (RecordBatch batch : request.batches().values()) {
      if (batch.isTransactional()) {
        return batch;
      }
    }
    return null;
  }

  private Map<TopicPartition, ErrorCode> notLed(int brokerId, ProduceRequest request) {
    Map<TopicPartition, ErrorCode> refused = new LinkedHashMap<>();
    for (TopicPartition id : request.batches().keySet()) {
      ErrorCode error =
          topics
              .find(id)
              .map(partition -> partition.check(brokerId, -1))
              .orElse(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
      if (error != ErrorCode.NONE) {
        refused.put(id, error);
      }
    }
    return refused;
  }

  /** A producer is to send again, without asking for the leader anew. */
  private static ErrorCode afterEnrolment(ErrorCode error) {
    return switch (error) {
      case NETWORK_EXCEPTION,
          COORDINATOR_LOAD_IN_PROGRESS,
          COORDINATOR_NOT_AVAILABLE,
          NOT_COORDINATOR ->
          ErrorCode.NOT_ENOUGH_REPLICAS;
      default -> error;
    };
  }

  /** The partitions not refused in which the producer's transaction has not begun. */
  private List<TopicPartition> newInTransaction(
      ProduceRequest request, ProducerIdAndEpoch producer, Set<TopicPartition> refused) {
    return request.batches().entrySet().stream()
        .filter(entry -> entry.getValue().isTransactional())
        .map(Map.Entry::getKey)
        .filter(id -> !refused.contains(id))
        .filter(
            id ->
                topics.find(id).filter(partition -> !partition.log().isOpen(producer)).isPresent())
        .toList();
  }

  private void append(Call call, ProduceRequest request, Map<TopicPartition, ErrorCode> refused) {
    Map<TopicPartition, PartitionResult> results = new LinkedHashMap<>();
    List<Partition> grown = new ArrayList<>();
    request
        .batches()
        .forEach(
            (id, batch) -> {
              ErrorCode error = refused.get(id);
              results.put(
                  id,
                  error == null ? append(call, request.acks(), id, batch, grown) : refused(error));
            });
    if (request.acks() != 0) {
      call.reply(new ProduceResponse(results));
    }
    // As in Kafka, the producer has its answer before the waiting fetches have theirs.
    grown.forEach(Partition::wake);
  }

  private PartitionResult append(
      Call call, short acks, TopicPartition id, RecordBatch batch, List<Partition> grown) {
    Partition partition = topics.find(id).orElse(null);
    if (partition == null) {
      return refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }
    ErrorCode error = partition.check(call.brokerId(), -1);
    if (error != ErrorCode.NONE) {
      return refused(error);
    }
    TopicConfig config = topics.configOf(id.topic());
    if (acks == -1 && partition.replicas().inSyncCount() < config.minInsyncReplicas()) {
      return refused(ErrorCode.NOT_ENOUGH_REPLICAS);
    }
    PartitionLog log = partition.log();
    Append append = log.append(batch, config, surroundings.wallMillis());
    if (append.error() != ErrorCode.NONE) {
      return new PartitionResult(append.error(), -1, -1, -1, append.recordErrors());
    }
    append
        .appended()
        .ifPresent(
            stored -> {
              grown.add(partition);
              tell(id, stored);
            });
    long appendTime = config.logAppendTime() ? surroundings.wallMillis() : -1;
    return new PartitionResult(ErrorCode.NONE, append.baseOffset(), appendTime, log.startOffset());
  }

  private void tell(TopicPartition id, RecordBatch stored) {
    long now = surroundings.nanoTime();
    for (LogRecord logRecord : stored.records()) {
      byte[] key = logRecord.key();
      surroundings.record(
          new Fact.Appended(
              now,
              id,
              stored.baseOffset() + logRecord.offsetDelta(),
              key == null ? "" : new String(key, UTF_8),
              new Stamp(stored.partitionLeaderEpoch(), logRecord.timestamp())));
    }
  }

  private static PartitionResult refused(ErrorCode error) {
    return new PartitionResult(error, -1, -1, -1);
  }
}
