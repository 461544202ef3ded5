package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class SimAdminGroupsTest {
  private static final TopicPartition A0 = new TopicPartition("a", 0);
  private static final TopicPartition A1 = new TopicPartition("a", 1);

  private final KafkaFixture kafka = new KafkaFixture(3);
  private final SimAdmin admin = kafka.admin(Map.of());

  SimAdminGroupsTest() {
    kafka.cluster().createTopic("a", 2);
  }

  /** Runs the body while a member reads topic {@code a} in group {@code g}. */
  private <T> T withMember(Callable<T> body) throws Exception {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("group.id", "g");
    properties.put("group.instance.id", "i");
    properties.put("client.id", "c");
    String bytes = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    properties.put("key.deserializer", bytes);
    properties.put("value.deserializer", bytes);
    SimConsumer<byte[], byte[]> consumer = SimConsumer.create(kafka.context("member"), properties);
    return kafka
        .simulation()
        .run(
            () -> {
              consumer.subscribe(List.of("a"));
              while (consumer.assignment().isEmpty()) {
                var none = consumer.poll(Duration.ofSeconds(1));
                assertThat(none.isEmpty()).isTrue();
              }
              return body.call();
            });
  }

  private static Map<TopicPartition, OffsetAndMetadata> at(TopicPartition partition, long offset) {
    return Map.of(partition, new OffsetAndMetadata(offset, "note"));
  }

  @Test
  void altersAndListsTheOffsetsOfAGroupWithoutMembers() throws Exception {
    var result =
        kafka
            .simulation()
            .run(
                () -> {
                  var altered = admin.alterConsumerGroupOffsets("g", at(A0, 7));
                  assertThat(altered.all().get()).isNull();
                  assertThat(altered.partitionResult(A0).get()).isNull();
                  return admin.listConsumerGroupOffsets("g");
                });

    assertThat(result.partitionsToOffsetAndMetadata().get()).isEqualTo(at(A0, 7));
    assertThat(KafkaFixture.at(kafka.cluster().committedOffsets("g"), A0).offset()).isEqualTo(7);
  }

  @Test
  void tellsWhichOffsetsWereNotAltered() throws Exception {
    TopicPartition unknown = new TopicPartition("unknown", 0);

    var result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.alterConsumerGroupOffsets(
                        "g",
                        Map.of(A0, new OffsetAndMetadata(1), unknown, new OffsetAndMetadata(1))));

    assertThat(result.partitionResult(A0).get()).isNull();
    assertThatThrownBy(() -> result.partitionResult(unknown).get())
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    assertThatThrownBy(() -> result.all().get())
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
  }

  @Test
  void doesNotAlterTheOffsetsOfAGroupWithMembers() throws Exception {
    var result = withMember(() -> admin.alterConsumerGroupOffsets("g", at(A0, 7)));

    assertThatThrownBy(() -> result.all().get()).hasCauseInstanceOf(UnknownMemberIdException.class);
    assertThat(kafka.cluster().committedOffsets("g")).isEmpty();
  }

  @Test
  void listsNullWhereAPartitionHasNoOffset() throws Exception {
    var result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.listConsumerGroupOffsets(
                        Map.of(
                            "unknown",
                            new org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec()
                                .topicPartitions(List.of(A1)))));

    assertThat(result.partitionsToOffsetAndMetadata("unknown").get()).containsEntry(A1, null);
  }

  @Test
  void describesAGroupWithItsMembers() throws Exception {
    var result = withMember(() -> admin.describeConsumerGroups(List.of("g", "unknown")));

    ConsumerGroupDescription group = KafkaFixture.at(result.describedGroups(), "g").get();
    assertThat(group.groupState()).isEqualTo(GroupState.STABLE);
    assertThat(group.partitionAssignor()).isEqualTo("range");
    assertThat(group.isSimpleConsumerGroup()).isFalse();
    assertThat(group.coordinator().id()).isEqualTo(kafka.cluster().coordinatorOf("g"));
    assertThat(group.members())
        .singleElement()
        .satisfies(
            member -> {
              assertThat(member.clientId()).isEqualTo("c");
              assertThat(member.groupInstanceId()).contains("i");
              assertThat(member.assignment().topicPartitions()).containsExactly(A0, A1);
            });
    assertThatThrownBy(() -> KafkaFixture.at(result.describedGroups(), "unknown").get())
        .hasCauseInstanceOf(GroupIdNotFoundException.class);
  }

  @Test
  void listsTheGroupsOfAllBrokersAndFiltersThem() throws Exception {
    var results =
        withMember(
            () -> {
              for (String group : List.of("x", "y", "z")) {
                assertThat(admin.alterConsumerGroupOffsets(group, at(A0, 1)).all().get()).isNull();
              }
              return List.of(
                  admin.listGroups(),
                  admin.listGroups(new ListGroupsOptions().withProtocolTypes(Set.of("consumer"))),
                  admin.listGroups(
                      new ListGroupsOptions().inGroupStates(Set.of(GroupState.EMPTY))));
            });

    assertThat(results.get(0).all().get())
        .extracting(GroupListing::groupId)
        .containsExactlyInAnyOrder("g", "x", "y", "z");
    assertThat(results.get(1).all().get()).extracting(GroupListing::groupId).containsExactly("g");
    assertThat(results.get(2).all().get())
        .extracting(GroupListing::groupId)
        .containsExactlyInAnyOrder("x", "y", "z");
  }

  @Test
  @SuppressWarnings({"deprecation", "removal"}) // kafka-clients means to remove it and still has it
  void listsConsumerGroups() throws Exception {
    var result = withMember(() -> admin.listConsumerGroups());

    assertThat(result.all().get())
        .singleElement()
        .satisfies(group -> assertThat(group.groupId()).isEqualTo("g"));
  }

  @Test
  void deletesAGroupWithoutMembersAndNoOther() throws Exception {
    var result =
        withMember(
            () -> {
              assertThat(admin.alterConsumerGroupOffsets("x", at(A0, 1)).all().get()).isNull();
              return admin.deleteConsumerGroups(List.of("g", "x", "unknown"));
            });

    assertThatThrownBy(() -> KafkaFixture.at(result.deletedGroups(), "g").get())
        .hasCauseInstanceOf(GroupNotEmptyException.class);
    assertThat(KafkaFixture.at(result.deletedGroups(), "x").get()).isNull();
    assertThatThrownBy(() -> KafkaFixture.at(result.deletedGroups(), "unknown").get())
        .hasCauseInstanceOf(GroupIdNotFoundException.class);
    assertThat(kafka.cluster().groups()).containsExactly("g");
  }

  @Test
  void removesAMemberByItsInstanceId() throws Exception {
    MemberToRemove known = new MemberToRemove("i");
    MemberToRemove unknown = new MemberToRemove("j");

    var result =
        withMember(
            () ->
                admin.removeMembersFromConsumerGroup(
                    "g", new RemoveMembersFromConsumerGroupOptions(List.of(known, unknown))));

    assertThat(result.memberResult(known).get()).isNull();
    assertThatThrownBy(() -> result.memberResult(unknown).get())
        .hasCauseInstanceOf(UnknownMemberIdException.class);
  }

  @Test
  void removesAllMembers() throws Exception {
    var group =
        withMember(
            () -> {
              assertThat(
                      admin
                          .removeMembersFromConsumerGroup(
                              "g", new RemoveMembersFromConsumerGroupOptions())
                          .all()
                          .get())
                  .isNull();
              return KafkaFixture.at(
                      admin.describeConsumerGroups(List.of("g")).describedGroups(), "g")
                  .get();
            });

    assertThat(group.members()).isEmpty();
  }

  @Test
  void cannotRemoveAllMembersOfAGroupThatDoesNotExist() throws Exception {
    var result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.removeMembersFromConsumerGroup(
                        "unknown", new RemoveMembersFromConsumerGroupOptions()));

    assertThatThrownBy(() -> result.all().get())
        .hasMessageContaining("trying to get members from group: unknown");
  }
}
