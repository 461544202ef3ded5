package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.network.FaultRule.Trigger;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RetriesOfAdminsTest {
  private static final TopicPartition A0 = new TopicPartition("a", 0);

  private final KafkaFixture kafka = new KafkaFixture(1);

  @Test
  void aCallWaitsLongerAfterEachAttempt() throws Exception {
    Retries asked = Retries.of(kafka, ApiKey.METADATA);
    kafka.fault(ApiKey.METADATA, new Trigger.Times(6), new Verdict.Disconnect());

    var result = kafka.simulation().run(() -> kafka.admin(Map.of()).listTopics());

    assertThat(result.names().get()).isEmpty();
    assertThat(asked.count()).isEqualTo(7);
    asked.assertGrow(6);
  }

  @Test
  void aLeaderIsAskedAfterLongerAndLongerAndLookedUpInBetweenAtOnce() throws Exception {
    kafka.cluster().createTopic("a", 1);
    Retries asked = Retries.of(kafka, ApiKey.LIST_OFFSETS);
    Retries lookedUp = Retries.of(kafka, ApiKey.METADATA);
    kafka.fault(
        ApiKey.LIST_OFFSETS,
        new Trigger.Times(6),
        new Verdict.Fail(ErrorCode.NOT_LEADER_OR_FOLLOWER));

    var result =
        kafka
            .simulation()
            .run(() -> kafka.admin(Map.of()).listOffsets(Map.of(A0, OffsetSpec.latest())));

    assertThat(result.partitionResult(A0).get().offset()).isZero();
    asked.assertGrow(6);
    // A look-up begins when its leader has answered, and takes a part of the wait.
    List<Long> waits = lookedUp.waitsMs();
    for (int i = 1; i < waits.size(); i++) {
      assertThat(waits.get(i)).isEqualTo(asked.waitsMs().get(i - 1));
    }
  }

  @Test
  void aCoordinatorThatIsNotThereIsLookedUpAgainAtOnce() throws Exception {
    Retries lookedUp = Retries.of(kafka, ApiKey.FIND_COORDINATOR);
    kafka.fault(
        ApiKey.FIND_COORDINATOR,
        new Trigger.Times(5),
        new Verdict.Fail(ErrorCode.COORDINATOR_NOT_AVAILABLE));

    var result =
        kafka.simulation().run(() -> kafka.admin(Map.of()).describeConsumerGroups(List.of("g")));

    assertThat(result.describedGroups()).containsKey("g");
    lookedUp.assertConstant(5, 0);
  }

  @Test
  void theMostThatACallWaitsCanBeSet() throws Exception {
    Retries asked = Retries.of(kafka, ApiKey.METADATA);
    kafka.fault(ApiKey.METADATA, new Trigger.Times(6), new Verdict.Disconnect());

    var result =
        kafka
            .simulation()
            .run(
                () ->
                    kafka
                        .admin(Map.of("retry.backoff.ms", 50, "retry.backoff.max.ms", 130))
                        .listTopics());

    assertThat(result.names().get()).isEmpty();
    Retries.assertGrow(asked.waitsMs(), 50, 130);
  }
}
