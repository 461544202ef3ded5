package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ClassicGroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** What an administrator sees and changes of groups, transactions and producers. */
interface AdminGroupsContract extends Contract {
  private static Map<TopicPartition, OffsetAndMetadata> at(TopicPartition partition, long offset) {
    return Map.of(partition, new OffsetAndMetadata(offset));
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(KafkaArm kafka, String group)
      throws Exception {
    return kafka.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
  }

  @Test
  default void forgetsOffsetsOfAGroupWithoutMembers() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          TopicPartition partition = kafka.partitionWith("a", "b");
          kafka.admin().alterConsumerGroupOffsets(group, at(partition, 1)).all().get();
          TopicPartition nowhere = new TopicPartition("no-such", 0);

          var deleted = kafka.admin().deleteConsumerGroupOffsets(group, Set.of(partition, nowhere));

          assertThat(deleted.partitionResult(partition).get()).isNull();
          assertThatThrownBy(() -> deleted.partitionResult(nowhere).get())
              .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
          assertThat(committed(kafka, group)).isEmpty();
          assertThatThrownBy(
                  () ->
                      kafka
                          .admin()
                          .deleteConsumerGroupOffsets(kafka.unique("none"), Set.of(partition))
                          .all()
                          .get())
              .hasCauseInstanceOf(GroupIdNotFoundException.class);
        });
  }

  @Test
  default void keepsOffsetsOfWhatAGroupSubscribesTo() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          TopicPartition partition = kafka.partitionWith("a", "b");
          TopicPartition other = kafka.partitionWith("c");
          Consumer<String, String> member = kafka.member(group);
          member.subscribe(List.of(partition.topic()));
          kafka.join(member, 1);
          member.commitSync(
              Map.of(partition, new OffsetAndMetadata(1), other, new OffsetAndMetadata(1)));

          var deleted = kafka.admin().deleteConsumerGroupOffsets(group, Set.of(partition, other));

          assertThatThrownBy(() -> deleted.partitionResult(partition).get())
              .hasCauseInstanceOf(GroupSubscribedToTopicException.class);
          assertThat(deleted.partitionResult(other).get()).isNull();
          assertThat(committed(kafka, group)).containsOnlyKeys(partition);
          assertThatThrownBy(() -> kafka.admin().deleteShareGroups(List.of(group)).all().get())
              .hasCauseInstanceOf(GroupNotEmptyException.class);
        });
  }

  @Test
  default void describesAGroupAsAClassicOne() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> member = kafka.member(group, "client.id", "me");
          member.subscribe(List.of(partition.topic()));
          kafka.join(member, 1);

          ClassicGroupDescription described =
              kafka.admin().describeClassicGroups(List.of(group)).all().get().get(group);

          assertThat(described.protocol()).isEqualTo("consumer");
          assertThat(described.protocolData()).isEqualTo("range");
          assertThat(described.state()).isEqualTo(ClassicGroupState.STABLE);
          assertThat(described.members())
              .singleElement()
              .satisfies(
                  it -> {
                    assertThat(it.clientId()).isEqualTo("me");
                    assertThat(it.assignment().topicPartitions()).containsExactly(partition);
                  });
          assertThatThrownBy(
                  () ->
                      kafka
                          .admin()
                          .describeClassicGroups(List.of(kafka.unique("none")))
                          .all()
                          .get())
              .hasCauseInstanceOf(GroupIdNotFoundException.class);
        });
  }

  @Test
  default void treatsOffsetsOfStreamsGroupsAsThoseOfOthers() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          TopicPartition partition = kafka.partitionWith("a", "b");
          kafka.admin().alterStreamsGroupOffsets(group, at(partition, 2)).all().get();

          assertThat(
                  kafka
                      .admin()
                      .listStreamsGroupOffsets(Map.of(group, new ListStreamsGroupOffsetsSpec()))
                      .partitionsToOffsetAndMetadata(group)
                      .get()
                      .get(partition)
                      .offset())
              .isEqualTo(2);
          kafka.admin().deleteStreamsGroupOffsets(group, Set.of(partition)).all().get();
          assertThat(committed(kafka, group)).isEmpty();
        });
  }

  @Test
  default void deletesEmptyGroupsByWhicheverName() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String first = kafka.unique("group");
          String second = kafka.unique("group");
          kafka.admin().alterConsumerGroupOffsets(first, at(partition, 1)).all().get();
          kafka.admin().alterConsumerGroupOffsets(second, at(partition, 1)).all().get();

          kafka.admin().deleteStreamsGroups(List.of(first)).all().get();
          kafka.admin().deleteShareGroups(List.of(second)).all().get();

          assertThat(committed(kafka, first)).isEmpty();
          assertThat(committed(kafka, second)).isEmpty();
          assertThatThrownBy(() -> kafka.admin().deleteStreamsGroups(List.of(first)).all().get())
              .hasCauseInstanceOf(GroupIdNotFoundException.class);
        });
  }

  private static Producer<String, String> inTransaction(
      KafkaArm kafka, String id, TopicPartition partition) {
    Producer<String, String> producer = kafka.producer("transactional.id", id);
    producer.initTransactions();
    producer.beginTransaction();
    var unused =
        producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, "x"));
    producer.flush();
    return producer;
  }

  @Test
  default void tellsOfTransactions() throws Exception {
    run(
        kafka -> {
          String id = kafka.unique("id");
          TopicPartition partition = kafka.partitionWith("a");
          Producer<String, String> producer = inTransaction(kafka, id, partition);

          TransactionDescription open =
              kafka.admin().describeTransactions(List.of(id)).all().get().get(id);

          assertThat(open.state()).isEqualTo(TransactionState.ONGOING);
          assertThat(open.topicPartitions()).containsExactly(partition);
          assertThat(open.transactionTimeoutMs()).isEqualTo(60_000);
          assertThat(open.transactionStartTimeMs()).isPresent();
          assertThat(listed(kafka, new ListTransactionsOptions(), id))
              .isEqualTo(TransactionState.ONGOING);
          assertThat(
                  listed(
                      kafka,
                      new ListTransactionsOptions()
                          .filterProducerIds(Set.of(open.producerId()))
                          .filterStates(Set.of(TransactionState.ONGOING)),
                      id))
              .isEqualTo(TransactionState.ONGOING);
          assertThat(listed(kafka, new ListTransactionsOptions().filterOnDuration(3_600_000), id))
              .isNull();
          producer.commitTransaction();
          kafka.eventually(
              "the end",
              () ->
                  listed(kafka, new ListTransactionsOptions(), id)
                      == TransactionState.COMPLETE_COMMIT);
          assertThatThrownBy(
                  () ->
                      kafka.admin().describeTransactions(List.of(kafka.unique("none"))).all().get())
              .hasCauseInstanceOf(TransactionalIdNotFoundException.class);
        });
  }

  private static TransactionState listed(KafkaArm kafka, ListTransactionsOptions how, String id) {
    try {
      return kafka.admin().listTransactions(how).all().get().stream()
          .filter(each -> each.transactionalId().equals(id))
          .map(TransactionListing::state)
          .findFirst()
          .orElse(null);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static ProducerState only(KafkaArm kafka, TopicPartition partition, long producerId)
      throws Exception {
    return kafka
        .admin()
        .describeProducers(List.of(partition))
        .all()
        .get()
        .get(partition)
        .activeProducers()
        .stream()
        .filter(each -> each.producerId() == producerId)
        .findFirst()
        .orElseThrow();
  }

  @Test
  default void abortsATransactionInAPartition() throws Exception {
    run(
        kafka -> {
          String id = kafka.unique("id");
          TopicPartition partition = kafka.partitionWith("a");
          // So that there is an older epoch.
          kafka.producer("transactional.id", id).initTransactions();
          Producer<String, String> producer = inTransaction(kafka, id, partition);
          long producerId =
              kafka.admin().describeTransactions(List.of(id)).all().get().get(id).producerId();
          ProducerState open = only(kafka, partition, producerId);

          assertThat(open.currentTransactionStartOffset()).hasValue(1);
          assertThat(open.lastSequence()).isZero();
          assertThat(open.coordinatorEpoch()).isEmpty();
          AbortTransactionSpec stale =
              new AbortTransactionSpec(
                  partition, producerId, (short) (open.producerEpoch() - 1), 0);
          assertThatThrownBy(() -> kafka.admin().abortTransaction(stale).all().get())
              .hasCauseInstanceOf(InvalidProducerEpochException.class);
          kafka
              .admin()
              .abortTransaction(
                  new AbortTransactionSpec(partition, producerId, (short) open.producerEpoch(), 0))
              .all()
              .get();
          assertThat(only(kafka, partition, producerId).currentTransactionStartOffset()).isEmpty();
          assertThat(
                  kafka
                      .admin()
                      .listOffsets(Map.of(partition, OffsetSpec.latest()))
                      .all()
                      .get()
                      .get(partition)
                      .offset())
              .isEqualTo(3);
          assertThat(producer.metrics()).isNotNull();
        });
  }

  @Test
  default void fencesProducers() throws Exception {
    run(
        kafka -> {
          String id = kafka.unique("id");
          TopicPartition partition = kafka.partitionWith("a");
          Producer<String, String> producer = inTransaction(kafka, id, partition);
          var fenced = kafka.admin().fenceProducers(List.of(id));
          fenced.all().get();

          assertThat(fenced.producerId(id).get()).isNotNegative();
          assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
          kafka.eventually(
              "the abort",
              () -> {
                TransactionState state = listed(kafka, new ListTransactionsOptions(), id);
                return state == TransactionState.COMPLETE_ABORT || state == TransactionState.EMPTY;
              });
        });
  }

  @Test
  default void terminatesATransaction() throws Exception {
    run(
        kafka -> {
          String id = kafka.unique("id");
          TopicPartition partition = kafka.partitionWith("a");
          Producer<String, String> producer = inTransaction(kafka, id, partition);

          kafka.admin().forceTerminateTransaction(id).result().get();

          assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
        });
  }
}
