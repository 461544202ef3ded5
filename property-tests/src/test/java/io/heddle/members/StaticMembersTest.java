package io.heddle.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A member with a {@code group.instance.id} comes back to what it had, by either protocol. */
class StaticMembersTest {
  private static final Duration SOON = Duration.ofSeconds(3);

  @Test
  void whoCrashesAndComesBackInTimeGoesOnWhereItHadCommitted() throws Exception {
    StaticGroup group = new StaticGroup(GroupProtocol.CLASSIC);
    group.run(
        () -> {
          Set<TopicPartition> before = group.owned("m1");
          group.send(130);
          group.sendUntilWorkIsNotCommitted("m1");
          long undisturbed = group.changes("m2");
          Map<TopicPartition, Long> committed = group.committed();

          group.crashAndRestart("m1", SOON);
          group.send(100);

          assertThat(group.owned("m1")).isEqualTo(before);
          assertThat(group.changes("m2")).isEqualTo(undisturbed);
          assertRepeatedAfter(committed, before, group);
        });

    assertThat(group.violations()).isEmpty();
  }

  /** Kafka keeps its name for who is gone, so whoever comes back has to try again. */
  @Test
  void byTheConsumerProtocolWhoCrashesComesBackWhenItsSessionIsOver() throws Exception {
    StaticGroup group = new StaticGroup(GroupProtocol.CONSUMER);
    group.run(
        () -> {
          Set<TopicPartition> before = group.owned("m1");
          group.send(130);
          group.sendUntilWorkIsNotCommitted("m1");
          Map<TopicPartition, Long> committed = group.committed();

          group.crashAndRestart("m1", SOON);
          group.send(100);

          assertThat(group.owned("m1")).hasSameSizeAs(before);
          assertRepeatedAfter(committed, before, group);
        });

    assertThat(group.violations()).isEmpty();
  }

  @Test
  void whoFindsItsNameTakenByAnotherGivesUpInTheEnd() throws Exception {
    StaticGroup group = new StaticGroup(GroupProtocol.CONSUMER);
    group.run(
        () -> {
          long undisturbed = group.changes("m1");

          assertThat(group.startInVain("double", "m1"))
              .isInstanceOf(UnreleasedInstanceIdException.class);
          group.send(100);

          assertThat(group.changes("m1")).isEqualTo(undisturbed);
        });

    assertThat(group.violations()).isEmpty();
  }

  /** What was not committed at the crash is done again; nothing else is. */
  private static void assertRepeatedAfter(
      Map<TopicPartition, Long> committed, Set<TopicPartition> owned, StaticGroup group) {
    assertThat(group.repeated()).isNotEmpty();
    group
        .repeated()
        .forEach(
            (partition, offsets) -> {
              assertThat(owned).contains(partition);
              long from = committed.getOrDefault(partition, 0L);
              assertThat(offsets)
                  .allSatisfy(offset -> assertThat(offset).isGreaterThanOrEqualTo(from));
            });
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void whoIsClosedAndComesBackInTimeRepeatsNothing(GroupProtocol protocol) throws Exception {
    StaticGroup group = new StaticGroup(protocol);
    group.run(
        () -> {
          Set<TopicPartition> before = group.owned("m1");
          group.send(130);
          long undisturbed = group.changes("m2");

          group.stopAndRestart("m1", SOON);
          group.send(100);

          assertThat(group.owned("m1")).isEqualTo(before);
          assertThat(group.changes("m2")).isEqualTo(undisturbed);
          assertThat(group.repeated()).isEmpty();
        });

    assertThat(group.violations()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void whoComesBackTooLateHasLostItsPartitionsToTheOther(GroupProtocol protocol) throws Exception {
    StaticGroup group = new StaticGroup(protocol);
    group.run(
        () -> {
          group.send(130);
          long undisturbed = group.changes("m2");

          group.crashAndRestart("m1", StaticGroup.SESSION.multipliedBy(2));
          group.send(100);

          assertThat(group.changes("m2")).isGreaterThan(undisturbed);
        });

    assertThat(group.violations()).isEmpty();
  }
}
