package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedAssignorException;
import org.junit.jupiter.api.Test;

/** How the members of a group share partitions by the consumer protocol (KIP-848). */
interface ModernGroupContract extends AnyGroupContract {
  @Override
  default Consumer<String, String> member(KafkaArm kafka, String group, Object... overrides) {
    return kafka.modern(group, overrides);
  }

  private static List<Integer> sizes(KafkaArm kafka, String assignor, int... partitions) {
    List<String> topics = Arrays.stream(partitions).mapToObj(kafka::topic).toList();
    int all = Arrays.stream(partitions).sum();
    String group = kafka.unique("group");
    List<Consumer<String, String>> members =
        Stream.generate(() -> kafka.modern(group, "group.remote.assignor", assignor))
            .limit(2)
            .toList();
    members.forEach(member -> member.subscribe(topics));
    kafka.pollUntil(
        "an assignment of everything to both",
        () ->
            members.stream().noneMatch(it -> it.assignment().isEmpty())
                && members.stream().mapToInt(it -> it.assignment().size()).sum() == all,
        members);
    return members.stream().map(it -> it.assignment().size()).sorted().toList();
  }

  private static List<Consumer<String, String>> settled(KafkaArm kafka, int members, int each) {
    String group = kafka.unique("group");
    String topic = kafka.topic(members * each);
    List<Consumer<String, String>> all =
        Stream.generate(() -> kafka.modern(group)).limit(members).toList();
    all.forEach(member -> member.subscribe(List.of(topic)));
    kafka.settle(each, all);
    return all;
  }

  @Test
  default void givesALonelyMemberEverything() throws Exception {
    run(kafka -> assertThat(settled(kafka, 1, 4).get(0).assignment()).hasSize(4));
  }

  @Test
  default void sharesAmongThreeMembers() throws Exception {
    run(
        kafka ->
            assertThat(
                    settled(kafka, 3, 2).stream()
                        .flatMap(member -> member.assignment().stream())
                        .distinct())
                .hasSize(6));
  }

  @Test
  default void sharesInRangesWhenAskedTo() throws Exception {
    run(kafka -> assertThat(sizes(kafka, "range", 3, 3)).containsExactly(2, 4));
  }

  @Test
  default void sharesUniformlyWhenAskedTo() throws Exception {
    run(kafka -> assertThat(sizes(kafka, "uniform", 3, 4)).containsExactly(3, 4));
  }

  @Test
  default void givesTheRestWhatALeavingModernMemberHad() throws Exception {
    run(
        kafka -> {
          List<Consumer<String, String>> members = settled(kafka, 2, 2);

          members.get(1).close();

          kafka.join(members.get(0), 4);
        });
  }

  @Test
  default void givesTheRestWhatAnUnsubscribedModernMemberHad() throws Exception {
    run(
        kafka -> {
          List<Consumer<String, String>> members = settled(kafka, 2, 2);

          members.get(1).unsubscribe();

          kafka.join(members.get(0), 4);
          assertThat(members.get(1).assignment()).isEmpty();
        });
  }

  @Test
  default void hasAnEpochAndAnIdOfItsOwnOnceItHasJoined() throws Exception {
    run(
        kafka -> {
          ConsumerGroupMetadata metadata = settled(kafka, 1, 1).get(0).groupMetadata();

          assertThat(metadata.generationId()).isPositive();
          assertThat(metadata.memberId()).hasSize(22);
        });
  }

  @Test
  default void forgetsItsEpochWhenUnsubscribing() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = settled(kafka, 1, 1).get(0);

          consumer.unsubscribe();

          assertThat(consumer.groupMetadata().generationId()).isEqualTo(-1);
          assertThat(consumer.groupMetadata().memberId()).isEmpty();
        });
  }

  @Test
  default void comesBackUnderTheSameId() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));
          consumer.subscribe(List.of(topic));
          kafka.join(consumer, 1);
          String member = consumer.groupMetadata().memberId();
          consumer.unsubscribe();

          consumer.subscribe(List.of(topic));
          kafka.join(consumer, 1);

          assertThat(consumer.groupMetadata().memberId()).isEqualTo(member);
        });
  }

  @Test
  default void doesNotRebalanceWhenItIsMadeTo() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = settled(kafka, 1, 1).get(0);
          int epoch = consumer.groupMetadata().generationId();

          consumer.enforceRebalance("for a change");
          consumer.poll(KafkaArm.SHORT);
          consumer.poll(KafkaArm.SHORT);

          assertThat(consumer.groupMetadata().generationId()).isEqualTo(epoch);
        });
  }

  @Test
  default void takesOnATopicThatIsAlsoWanted() throws Exception {
    run(
        kafka -> {
          String one = kafka.topic(1);
          String other = kafka.topic(2);
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));
          consumer.subscribe(List.of(one));
          kafka.join(consumer, 1);

          consumer.subscribe(List.of(one, other));

          kafka.join(consumer, 3);
        });
  }

  @Test
  default void dropsATopicThatIsNoLongerWanted() throws Exception {
    run(
        kafka -> {
          String one = kafka.topic(1);
          String other = kafka.topic(2);
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));
          consumer.subscribe(List.of(one, other));
          kafka.join(consumer, 3);

          consumer.subscribe(List.of(one));

          kafka.join(consumer, 1);
        });
  }

  private static void refused(KafkaArm kafka, String name, String value, String setting) {
    assertThatThrownBy(() -> kafka.modern("g", name, value))
        .isExactlyInstanceOf(ConfigException.class)
        .hasMessageContaining(setting + " cannot be set when group.protocol=CONSUMER");
  }

  @Test
  default void refusesSettingsOfTheClassicProtocol() throws Exception {
    run(
        kafka -> {
          refused(kafka, "session.timeout.ms", "10000", "session.timeout.ms");
          refused(kafka, "heartbeat.interval.ms", "100", "heartbeat.interval.ms");
          refused(
              kafka,
              "partition.assignment.strategy",
              RangeAssignor.class.getName(),
              "partition.assignment.strategy");
        });
  }

  @Test
  default void refusesSettingsOfTheConsumerProtocolInTheClassicOne() throws Exception {
    run(
        kafka ->
            assertThatThrownBy(() -> kafka.member("g", "group.remote.assignor", "uniform"))
                .isExactlyInstanceOf(ConfigException.class)
                .hasMessageContaining(
                    "group.remote.assignor cannot be set when group.protocol=CLASSIC"));
  }

  @Test
  default void failsWithAnAssignorThatTheCoordinatorDoesNotHave() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer =
              kafka.modern(kafka.unique("group"), "group.remote.assignor", "fair");
          consumer.subscribe(List.of(kafka.topic(1)));

          assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(UnsupportedAssignorException.class);
        });
  }

  @Test
  default void letsAStaticMemberComeBackToWhatItHad() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(4);
          String group = kafka.unique("group");
          Consumer<String, String> first = kafka.modern(group, "group.instance.id", "one");
          Consumer<String, String> second = kafka.modern(group, "group.instance.id", "two");
          first.subscribe(List.of(topic));
          second.subscribe(List.of(topic));
          kafka.settle(2, List.of(first, second));
          var had = second.assignment();

          second.close();
          Consumer<String, String> again = kafka.modern(group, "group.instance.id", "two");
          again.subscribe(List.of(topic));
          kafka.join(again, 2);

          assertThat(again.assignment()).isEqualTo(had);
          first.poll(KafkaArm.SHORT);
          assertThat(first.assignment()).hasSize(2);
        });
  }

  @Test
  default void takesFromAStaticMemberThatDoesNotComeBack() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(4);
          String group = kafka.unique("group");
          Consumer<String, String> first = kafka.modern(group);
          Consumer<String, String> second = kafka.modern(group, "group.instance.id", "two");
          first.subscribe(List.of(topic));
          second.subscribe(List.of(topic));
          kafka.settle(2, List.of(first, second));

          second.close();

          first.poll(KafkaArm.SHORT);
          first.poll(KafkaArm.SHORT);
          assertThat(first.assignment()).hasSize(2);
          kafka.join(first, 4);
        });
  }

  @Test
  default void letsAStaticMemberLeaveForGood() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          Consumer<String, String> member = kafka.modern(group, "group.instance.id", "one");
          member.subscribe(List.of(kafka.topic(1)));
          kafka.join(member, 1);

          member.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));

          assertThat(
                  kafka
                      .admin()
                      .describeConsumerGroups(List.of(group))
                      .all()
                      .get()
                      .get(group)
                      .members())
              .isEmpty();
        });
  }

  @Test
  default void doesNotLetASecondMemberInUnderTheSameInstance() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          String group = kafka.unique("group");
          Consumer<String, String> first = kafka.modern(group, "group.instance.id", "one");
          first.subscribe(List.of(topic));
          kafka.join(first, 1);
          Consumer<String, String> second = kafka.modern(group, "group.instance.id", "one");
          second.subscribe(List.of(topic));

          assertThatThrownBy(() -> second.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(UnreleasedInstanceIdException.class);

          first.poll(KafkaArm.SHORT);
          assertThat(first.assignment()).hasSize(1);
        });
  }

  @Test
  default void canCloseModernMembersWithoutLeaving() throws Exception {
    run(
        kafka -> {
          List<Consumer<String, String>> members = settled(kafka, 2, 1);

          members
              .get(1)
              .close(
                  CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP)
                      .withTimeout(Duration.ofSeconds(1)));

          kafka.join(members.get(0), 2);
        });
  }

  /** Whether the thread is interrupted afterwards is chance: another one ends meanwhile, or not. */
  @Test
  default void throwsIfAnInterruptedThreadClosesAModernConsumerOfAGroup() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> unsubscribed = kafka.modern(kafka.unique("group"));
          Consumer<String, String> groupless = kafka.modernReader();

          kafka
              .start(
                  "closes",
                  () -> {
                    Thread.currentThread().interrupt();
                    assertThatThrownBy(unsubscribed::close)
                        .isExactlyInstanceOf(InterruptException.class);
                    Thread.currentThread().interrupt();
                    groupless.close();
                  })
              .await();
        });
  }
}
