package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.OffsetDeleteRequest;
import io.heddle.simulator.protocol.OffsetDeleteResponse;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import io.heddle.simulator.protocol.OffsetFetchResponse.FetchedOffset;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import io.heddle.simulator.protocol.TxnOffsetCommitResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * The requests about offsets, put to Kafka's coordinator; the broker in front of it answers for
 * partitions that it does not know, and asks only if any is left.
 */
final class KafkaOffsets {
  private final KafkaShard kafka;

  KafkaOffsets(KafkaShard kafka) {
    this.kafka = kafka;
  }

  private interface Commit {
    Map<TopicPartition, ErrorCode> of(Map<String, List<TopicPartition>> byTopic);
  }

  OffsetCommitResponse commit(Caller caller, OffsetCommitRequest request) {
    KafkaContext context = KafkaContext.of(caller, ApiKeys.OFFSET_COMMIT, 9);
    return new OffsetCommitResponse(
        commit(request.offsets(), byTopic -> commit(context, request, byTopic)));
  }

  private Map<TopicPartition, ErrorCode> commit(
      KafkaContext context,
      OffsetCommitRequest request,
      Map<String, List<TopicPartition>> byTopic) {
    OffsetCommitRequestData data =
        new OffsetCommitRequestData()
            .setGroupId(request.groupId())
            .setGenerationIdOrMemberEpoch(request.generationId())
            .setMemberId(request.memberId())
            .setGroupInstanceId(Codes.nullable(request.groupInstanceId()));
    byTopic.forEach(
        (topic, ids) -> {
          OffsetCommitRequestData.OffsetCommitRequestTopic entry =
              new OffsetCommitRequestData.OffsetCommitRequestTopic()
                  .setName(topic)
                  // The broker fills it in, whether the client knows it or not.
                  .setTopicId(kafka.topics().byName().get(topic).id());
          for (TopicPartition id : ids) {
            OffsetToCommit offset = request.offsets().get(id);
            entry
                .partitions()
                .add(
                    new OffsetCommitRequestData.OffsetCommitRequestPartition()
                        .setPartitionIndex(id.partition())
                        .setCommittedOffset(offset.offset())
                        .setCommittedLeaderEpoch(offset.leaderEpoch())
                        .setCommittedMetadata(offset.metadata()));
          }
          data.topics().add(entry);
        });
    Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
    kafka
        .write(shard -> shard.commitOffset(context, data))
        .topics()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(
                        it ->
                            results.put(
                                new TopicPartition(topic.name(), it.partitionIndex()),
                                Codes.error(it.errorCode()))));
    return results;
  }

  TxnOffsetCommitResponse commit(Caller caller, TxnOffsetCommitRequest request) {
    KafkaContext context = KafkaContext.of(caller, ApiKeys.TXN_OFFSET_COMMIT, 5);
    return new TxnOffsetCommitResponse(
        commit(request.offsets(), byTopic -> commit(context, request, byTopic)));
  }

  private Map<TopicPartition, ErrorCode> commit(
      KafkaContext context,
      TxnOffsetCommitRequest request,
      Map<String, List<TopicPartition>> byTopic) {
    TxnOffsetCommitRequestData data =
        new TxnOffsetCommitRequestData()
            .setTransactionalId(request.transactionalId())
            .setGroupId(request.groupId())
            .setProducerId(request.producerId())
            .setProducerEpoch(request.producerEpoch())
            .setGenerationId(request.generationId())
            .setMemberId(request.memberId())
            .setGroupInstanceId(Codes.nullable(request.groupInstanceId()));
    byTopic.forEach(
        (topic, ids) -> {
          TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic entry =
              new TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic().setName(topic);
          for (TopicPartition id : ids) {
            OffsetToCommit offset = request.offsets().get(id);
            entry
                .partitions()
                .add(
                    new TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition()
                        .setPartitionIndex(id.partition())
                        .setCommittedOffset(offset.offset())
                        .setCommittedLeaderEpoch(offset.leaderEpoch())
                        .setCommittedMetadata(offset.metadata()));
          }
          data.topics().add(entry);
        });
    Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
    kafka
        .write(
            request.producerId(),
            request.producerEpoch(),
            shard -> shard.commitTransactionalOffset(context, data))
        .topics()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(
                        it ->
                            results.put(
                                new TopicPartition(topic.name(), it.partitionIndex()),
                                Codes.error(it.errorCode()))));
    return results;
  }

  private Map<TopicPartition, ErrorCode> commit(
      Map<TopicPartition, OffsetToCommit> offsets, Commit commit) {
    Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
    Map<String, List<TopicPartition>> known = new LinkedHashMap<>();
    for (TopicPartition id : offsets.keySet()) {
      if (kafka.topics().has(id.topic(), id.partition())) {
        known.computeIfAbsent(id.topic(), topic -> new ArrayList<>()).add(id);
      } else {
        results.put(id, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
      }
    }
    if (!known.isEmpty()) {
      try {
        results.putAll(commit.of(known));
      } catch (RuntimeException failure) {
        ErrorCode error = Codes.error(failure);
        known.values().forEach(ids -> ids.forEach(id -> results.put(id, error)));
      }
    }
    return results;
  }

  OffsetFetchResponse fetch(OffsetFetchRequest request) {
    boolean anonymous = request.memberId().isEmpty() && request.generationId() < 0;
    OffsetFetchRequestData.OffsetFetchRequestGroup data =
        new OffsetFetchRequestData.OffsetFetchRequestGroup()
            .setGroupId(request.groupId())
            .setMemberId(anonymous ? null : request.memberId())
            .setMemberEpoch(request.generationId());
    if (request.allPartitions()) {
      data.setTopics(null);
    } else {
      Map<String, List<Integer>> byTopic = new LinkedHashMap<>();
      request
          .partitions()
          .forEach(
              id ->
                  byTopic
                      .computeIfAbsent(id.topic(), topic -> new ArrayList<>())
                      .add(id.partition()));
      byTopic.forEach(
          (topic, partitions) ->
              data.topics()
                  .add(
                      new OffsetFetchRequestData.OffsetFetchRequestTopics()
                          .setName(topic)
                          .setPartitionIndexes(partitions)));
    }
    // Stable offsets are read behind all writes, others from what is committed.
    long upTo = request.requireStable() ? Long.MAX_VALUE : kafka.committed();
    try {
      return fetched(kafka.shard().fetchOffsets(data, upTo));
    } catch (RuntimeException failure) {
      return request.refusal(Codes.error(failure));
    }
  }

  private static OffsetFetchResponse fetched(
      OffsetFetchResponseData.OffsetFetchResponseGroup response) {
    Map<TopicPartition, FetchedOffset> fetched = new LinkedHashMap<>();
    response
        .topics()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(
                        it ->
                            fetched.put(
                                new TopicPartition(topic.name(), it.partitionIndex()),
                                new FetchedOffset(
                                    Codes.error(it.errorCode()),
                                    it.committedOffset(),
                                    it.committedLeaderEpoch(),
                                    Codes.text(it.metadata())))));
    return new OffsetFetchResponse(Codes.error(response.errorCode()), fetched);
  }

  /** The broker in front answers for partitions it does not know; it asks in any case. */
  OffsetDeleteResponse delete(Caller caller, OffsetDeleteRequest request) {
    OffsetDeleteRequestData data = new OffsetDeleteRequestData().setGroupId(request.groupId());
    Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
    Map<String, OffsetDeleteRequestTopic> byTopic = new LinkedHashMap<>();
    for (TopicPartition id : request.partitions()) {
      results.put(id, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
      if (kafka.topics().has(id.topic(), id.partition())) {
        byTopic
            .computeIfAbsent(id.topic(), topic -> new OffsetDeleteRequestTopic().setName(topic))
            .partitions()
            .add(new OffsetDeleteRequestPartition().setPartitionIndex(id.partition()));
      }
    }
    byTopic.values().forEach(data.topics()::add);
    if (request.groupId().isEmpty()) {
      return request.refusal(ErrorCode.INVALID_GROUP_ID);
    }
    KafkaContext context = KafkaContext.of(caller, ApiKeys.OFFSET_DELETE, 0);
    try {
      OffsetDeleteResponseData response = kafka.write(shard -> shard.deleteOffsets(context, data));
      response
          .topics()
          .forEach(
              topic ->
                  topic
                      .partitions()
                      .forEach(
                          it ->
                              results.put(
                                  new TopicPartition(topic.name(), it.partitionIndex()),
                                  Codes.error(it.errorCode()))));
      return new OffsetDeleteResponse(Codes.error(response.errorCode()), results);
    } catch (RuntimeException failure) {
      return request.refusal(Codes.error(failure));
    }
  }
}
