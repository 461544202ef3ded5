package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestMember.GROUP;
import static io.heddle.simulator.broker.TestMember.protocol;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetDeleteRequest;
import io.heddle.simulator.protocol.OffsetDeleteResponse;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OffsetDeleteTest {
  private static final TopicPartition OTHER = new TopicPartition("other", 0);

  /** Version 3, one topic. */
  private static final String ORDERS = "\u0000\u0003\u0000\u0000\u0000\u0001\u0000\u0006orders";

  private static final String OTHERS = "\u0000\u0003\u0000\u0000\u0000\u0001\u0000\u0005other";

  private final TestCluster test = TestCluster.withOrders();
  private final TestMember one = new TestMember(test, "m1");

  @BeforeEach
  void thereIsAnotherTopic() {
    test.cluster.createTopic("other", 1);
  }

  @AfterEach
  void brokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  private ErrorCode delete(TopicPartition partition) {
    OffsetDeleteResponse response =
        test.get(new OffsetDeleteRequest(GROUP, List.of(partition)), OffsetDeleteResponse.class);
    assertThat(response.error()).isEqualTo(ErrorCode.NONE);
    return Objects.requireNonNull(response.partitions().get(partition));
  }

  @Test
  void whatTheGenerationSubscribesToIsKept() {
    TestMember.stabilize(test, one.with(protocol("range", ORDERS), protocol("sticky", OTHERS)));

    assertThat(delete(P0)).isEqualTo(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC);
    assertThat(delete(OTHER)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void whoeverJoinsCountsWithTheNextGeneration() {
    TestMember.stabilize(test, one.with(protocol("range", ORDERS)));
    new TestMember(test, "m2").with(protocol("range", OTHERS)).join();

    assertThat(delete(P0)).isEqualTo(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC);
    assertThat(delete(OTHER)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void consumersOfWhomItIsNotKnownSubscribeToAll() {
    one.with(protocol("range", ORDERS)).join();
    assertThat(delete(OTHER)).isEqualTo(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC);

    TestMember.stabilize(test, one.with(protocol("range", "?")));
    assertThat(delete(OTHER)).isEqualTo(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC);
  }

  @Test
  void anOffsetThatATransactionIsToCommitIsForgottenToo() {
    TestProducer producer = TestProducer.initialized(test, "tx");
    assertThat(producer.commitOffset(GROUP, -1, "", P0, 7)).isEqualTo(ErrorCode.NONE);

    assertThat(delete(P0)).isEqualTo(ErrorCode.NONE);
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);
    test.time.advanceMs(10);

    assertThat(test.cluster.committedOffsets(GROUP)).isEmpty();
  }
}
