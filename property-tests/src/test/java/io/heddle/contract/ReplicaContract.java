package io.heddle.contract;

import static io.heddle.contract.ReplicaCalls.createTopic;
import static io.heddle.contract.ReplicaCalls.elect;
import static io.heddle.contract.ReplicaCalls.electPreferred;
import static io.heddle.contract.ReplicaCalls.ends;
import static io.heddle.contract.ReplicaCalls.fenced;
import static io.heddle.contract.ReplicaCalls.inSync;
import static io.heddle.contract.ReplicaCalls.leader;
import static io.heddle.contract.ReplicaCalls.moves;
import static io.heddle.contract.ReplicaCalls.partition;
import static io.heddle.contract.ReplicaCalls.reassign;
import static io.heddle.contract.ReplicaCalls.replicas;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AlterPartitionReassignmentsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.NoReassignmentInProgressException;
import org.apache.kafka.common.errors.PreferredLeaderNotAvailableException;
import org.apache.kafka.common.errors.ReplicaNotAvailableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** What an administrator does about who holds and who leads partitions. */
interface ReplicaContract {
  /** What tries one promise. */
  @FunctionalInterface
  interface Body {
    /** Tries it. */
    void on(KafkaArm kafka, BrokerLives brokers) throws Exception;
  }

  /** Runs the body with a Kafka of three brokers that are all there. */
  void run(Body body) throws Exception;

  @Test
  default void placesATopicWhereItIsTold() throws Exception {
    run(
        (kafka, brokers) -> {
          String name = kafka.unique("placed");
          CreateTopicsResult created =
              createTopic(kafka, new NewTopic(name, Map.of(0, List.of(2, 0), 1, List.of(1, 2))));

          assertThat(created.numPartitions(name).get()).isEqualTo(2);
          assertThat(created.replicationFactor(name).get()).isEqualTo(2);
          TopicPartition first = new TopicPartition(name, 0);
          TopicPartition second = new TopicPartition(name, 1);
          kafka.eventually("both leaders", () -> ends(kafka, first) + ends(kafka, second) == 0);
          assertThat(List.of(replicas(kafka, first), replicas(kafka, second)))
              .containsExactly(List.of(2, 0), List.of(1, 2));
          assertThat(List.of(leader(kafka, first), leader(kafka, second))).containsExactly(2, 1);

          kafka
              .admin()
              .createPartitions(Map.of(name, NewPartitions.increaseTo(3, List.of(List.of(0, 1)))))
              .all()
              .get();
          TopicPartition third = new TopicPartition(name, 2);
          kafka.eventually("the third leader", () -> ends(kafka, third) == 0);
          assertThat(replicas(kafka, third)).containsExactly(0, 1);
        });
  }

  @Test
  default void refusesPlacesThatAreNone() throws Exception {
    run(
        (kafka, brokers) -> {
          for (Map.Entry<Map<Integer, List<Integer>>, String> wrong :
              Map.of(
                      Map.of(0, List.of(0, 0)),
                      "The manual partition assignment includes the broker 0 more than once.",
                      Map.of(0, List.of(7)),
                      "The manual partition assignment includes broker 7, but no such broker is"
                          + " registered.",
                      Map.of(1, List.of(0)),
                      "partitions should be a consecutive 0-based integer sequence",
                      Map.of(0, List.<Integer>of()),
                      "The manual partition assignment includes an empty replica list.",
                      new TreeMap<>(Map.of(0, List.of(0), 1, List.of(0, 1))),
                      "The manual partition assignment includes a partition with 2 replica(s), but"
                          + " this is not consistent with previous partitions, which have 1"
                          + " replica(s).")
                  .entrySet()) {
            assertThatThrownBy(
                    () ->
                        createTopic(kafka, new NewTopic(kafka.unique("wrong"), wrong.getKey()))
                            .all()
                            .get())
                .cause()
                .isInstanceOf(InvalidReplicaAssignmentException.class)
                .hasMessage(wrong.getValue());
          }
          TopicPartition one = partition(kafka, 0);
          for (List<List<Integer>> wrong :
              List.of(List.of(List.of(0), List.of(1)), List.of(List.of(0, 1)))) {
            assertThatThrownBy(
                    () ->
                        kafka
                            .admin()
                            .createPartitions(
                                Map.of(one.topic(), NewPartitions.increaseTo(2, wrong)))
                            .all()
                            .get())
                .hasCauseInstanceOf(InvalidReplicaAssignmentException.class);
          }
        });
  }

  @Test
  default void movesNothingOnTheDisksOfABrokerThatHasNotGotIt() throws Exception {
    run(
        (kafka, brokers) -> {
          TopicPartition partition = partition(kafka, 0);
          String directory =
              kafka
                  .admin()
                  .describeLogDirs(List.of(1))
                  .allDescriptions()
                  .get()
                  .get(1)
                  .keySet()
                  .iterator()
                  .next();

          assertThatThrownBy(
                  () ->
                      kafka
                          .admin()
                          .alterReplicaLogDirs(
                              Map.of(new TopicPartitionReplica(partition.topic(), 0, 1), directory))
                          .all()
                          .get())
              .hasCauseInstanceOf(ReplicaNotAvailableException.class);
        });
  }

  @Test
  default void movesAPartitionToOtherBrokers() throws Exception {
    run(
        (kafka, brokers) -> {
          TopicPartition partition = partition(kafka, 0, 1);
          kafka.write(partition, "a", "b");

          reassign(kafka, partition, 1, 2);

          kafka.eventually("the end of the move", () -> inSync(kafka, partition).contains(2));
          kafka.eventually("no move", () -> !moves(kafka).containsKey(partition));
          kafka.eventually("the new replicas", () -> replicas(kafka, partition).size() == 2);
          assertThat(replicas(kafka, partition)).containsExactly(1, 2);
          assertThat(leader(kafka, partition)).isEqualTo(1);
          kafka.write(partition, "c");
          var reader = kafka.reader();
          reader.assign(List.of(partition));
          assertThat(kafka.values(reader, 3)).containsExactly("a", "b", "c");
        });
  }

  @Test
  default void changesTheNumberOfReplicasUnlessItIsNotTo() throws Exception {
    run(
        (kafka, brokers) -> {
          TopicPartition partition = partition(kafka, 0);
          var fixed = new AlterPartitionReassignmentsOptions().allowReplicationFactorChange(false);

          assertThatThrownBy(
                  () ->
                      kafka
                          .admin()
                          .alterPartitionReassignments(
                              Map.of(
                                  partition,
                                  Optional.of(new NewPartitionReassignment(List.of(0, 1)))),
                              fixed)
                          .all()
                          .get())
              .cause()
              .isInstanceOf(InvalidReplicationFactorException.class)
              .hasMessage("The replication factor is changed from 1 to 2");
          reassign(kafka, partition, 2, 0, 1);
          kafka.eventually("three", () -> inSync(kafka, partition).equals(List.of(0, 1, 2)));
          assertThat(leader(kafka, partition)).isZero();
          assertThat(electPreferred(kafka, partition)).isEmpty();
          kafka.eventually("the preferred leader", () -> leader(kafka, partition) == 2);
          assertThat(electPreferred(kafka, partition))
              .get()
              .isInstanceOf(ElectionNotNeededException.class);
        });
  }

  @Test
  default void refusesMovesThatAreNone() throws Exception {
    run(
        (kafka, brokers) -> {
          TopicPartition partition = partition(kafka, 0);

          for (List<Integer> wrong : List.of(List.of(0, 0), List.of(7))) {
            assertThatThrownBy(() -> reassign(kafka, partition, wrong.toArray(Integer[]::new)))
                .hasCauseInstanceOf(InvalidReplicaAssignmentException.class);
          }
          assertThatThrownBy(() -> reassign(kafka, new TopicPartition("no-such", 0), 0))
              .cause()
              .isInstanceOf(UnknownTopicOrPartitionException.class)
              .hasMessage("Unable to find a topic named no-such.");
          assertThatThrownBy(
                  () ->
                      kafka
                          .admin()
                          .alterPartitionReassignments(Map.of(partition, Optional.empty()))
                          .all()
                          .get())
              .hasCauseInstanceOf(NoReassignmentInProgressException.class);
          reassign(kafka, partition, 0);
          assertThat(moves(kafka)).doesNotContainKey(partition);
        });
  }

  @Test
  default void aMoveWaitsForABrokerThatIsAwayAndCanBeTakenBack() throws Exception {
    run(
        (kafka, brokers) -> {
          TopicPartition partition = partition(kafka, 0);
          TopicPartition stays = partition(kafka, 0);
          brokers.stop(2);

          reassign(kafka, partition, 2);
          reassign(kafka, stays, 2);

          assertThat(moves(kafka).get(partition))
              .hasToString(
                  "PartitionReassignment(replicas=[2, 0], addingReplicas=[2],"
                      + " removingReplicas=[0])");
          assertThat(
                  kafka
                      .admin()
                      .listPartitionReassignments(Set.of(stays, new TopicPartition("no-such", 0)))
                      .reassignments()
                      .get())
              .containsOnlyKeys(stays);
          kafka.admin().alterPartitionReassignments(Map.of(stays, Optional.empty())).all().get();
          assertThat(moves(kafka)).containsOnlyKeys(partition);
          brokers.start(2);
          kafka.eventually("the end of the move", () -> leader(kafka, partition) == 2);
          kafka.eventually("no move", () -> moves(kafka).isEmpty());
          assertThat(replicas(kafka, partition)).containsExactly(2);
          assertThat(replicas(kafka, stays)).containsExactly(0);
        });
  }

  @Test
  default void electsWhoeverIsThereIfItIsTo() throws Exception {
    run(
        (kafka, brokers) -> {
          TopicPartition partition = partition(kafka, 1, 2);
          kafka.write(partition, "both have it");
          assertThat(elect(kafka, ElectionType.UNCLEAN, partition))
              .get()
              .isInstanceOf(ElectionNotNeededException.class);
          brokers.stop(2);
          kafka.eventually("one in sync", () -> inSync(kafka, partition).equals(List.of(1)));
          kafka.write(partition, "one has it");
          brokers.stop(1);
          kafka.eventually("nobody to lead", () -> leader(kafka, partition) < 0);
          brokers.start(2);

          assertThat(electPreferred(kafka, partition))
              .get()
              .isInstanceOf(PreferredLeaderNotAvailableException.class);
          assertThat(elect(kafka, ElectionType.UNCLEAN, partition)).isEmpty();

          kafka.eventually("another leader", () -> leader(kafka, partition) == 2);
          kafka.eventually("its log", () -> ends(kafka, partition) == 1);
          brokers.start(1);
          kafka.eventually("two", () -> inSync(kafka, partition).equals(List.of(1, 2)));
          assertThat(ends(kafka, partition)).isEqualTo(1);
        });
  }

  @Test
  default void forgetsABrokerUntilItComesBack() throws Exception {
    run(
        (kafka, brokers) -> {
          TopicPartition partition = partition(kafka, 0, 2);
          assertThatThrownBy(() -> kafka.admin().unregisterBroker(7).all().get())
              .cause()
              .isInstanceOf(BrokerIdNotRegisteredException.class)
              .hasMessage("Broker ID 7 is not currently registered");
          brokers.stop(2);
          kafka.eventually("a broker that is away", () -> !fenced(kafka).get(2).equals("there"));
          assertThat(fenced(kafka)).containsEntry(2, "away");

          kafka.admin().unregisterBroker(2).all().get();

          kafka.eventually("two brokers", () -> fenced(kafka).keySet().equals(Set.of(0, 1)));
          assertThat(replicas(kafka, partition)).containsExactly(0, 2);
          assertThat(inSync(kafka, partition)).containsExactly(0);
          assertThatThrownBy(() -> kafka.admin().unregisterBroker(2).all().get())
              .hasCauseInstanceOf(BrokerIdNotRegisteredException.class);
          assertThatThrownBy(() -> reassign(kafka, partition, 2))
              .hasCauseInstanceOf(InvalidReplicaAssignmentException.class);
          assertThatThrownBy(
                  () ->
                      createTopic(kafka, new NewTopic(kafka.unique("wide"), 1, (short) 3))
                          .all()
                          .get())
              .cause()
              .isInstanceOf(InvalidReplicationFactorException.class)
              .hasMessage(
                  "Unable to replicate the partition 3 time(s): The target replication factor of 3"
                      + " cannot be reached because only 2 broker(s) are registered or some brokers"
                      + " have all their log directories cordoned.");
          brokers.start(2);
          kafka.eventually("all there", () -> "there".equals(fenced(kafka).get(2)));
          kafka.eventually("both", () -> inSync(kafka, partition).equals(List.of(0, 2)));
        });
  }
}
