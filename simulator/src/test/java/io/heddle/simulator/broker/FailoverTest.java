package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.MetadataResponse;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.Test;

class FailoverTest {
  private static final int SESSION_MS = 9_000;

  private final TestCluster test = new TestCluster(ClusterSettings.defaults().withBrokers(3));
  private final BrokerOperations operations = test.cluster.operations();

  private void orders(int replicas, Map<String, String> configs) {
    test.cluster.createTopic("orders", 1, replicas, configs);
  }

  private MetadataResponse metadata(int broker) {
    return test.ask(
            broker,
            TestCluster.ADMIN,
            new MetadataRequest(List.of("orders"), false),
            MetadataResponse.class)
        .get();
  }

  @Test
  void aReplicaInSyncTakesOverWhenABrokerIsMissed() {
    orders(2, Map.of());
    test.produce(P0, batch("a"));

    operations.crashBroker(0);
    assertThat(test.cluster.leaderOf(P0)).isZero();
    test.time.advanceMs(SESSION_MS - 1);
    assertThat(metadata(1).brokers()).hasSize(3);
    test.time.advanceMs(1);

    assertThat(test.cluster.leaderOf(P0)).isOne();
    assertThat(test.cluster.leaderEpochOf(P0)).isOne();
    assertThat(test.cluster.endOffset(P0)).isOne();
    assertThat(metadata(1).brokers()).extracting(Node::id).containsExactly(1, 2);
    var partition = metadata(1).topics().get(0).partitions().get(0);
    assertThat(partition.replicas()).containsExactly(0, 1);
    assertThat(partition.inSync()).containsExactly(1);
    assertThat(partition.offline()).containsExactly(0);
    test.cluster.checkConsistency();
  }

  @Test
  void aPartitionWithOneReplicaWaitsForIt() {
    orders(1, Map.of());
    test.produce(P0, batch("a"));
    operations.crashBroker(0);
    test.time.advanceMs(SESSION_MS);
    var partition = metadata(1).topics().get(0).partitions().get(0);
    assertThat(partition.error()).isEqualTo(ErrorCode.LEADER_NOT_AVAILABLE);
    assertThat(partition.leaderId()).isEqualTo(-1);

    operations.startBroker(0);

    assertThat(test.cluster.leaderOf(P0)).isZero();
    // Nobody, and then it again: an epoch each. What it had taken is all there.
    assertThat(test.cluster.leaderEpochOf(P0)).isEqualTo(2);
    assertThat(test.cluster.endOffset(P0)).isOne();
  }

  @Test
  void aBrokerThatCrashedComesBackWhenItsSessionIsOver() {
    orders(1, Map.of());
    operations.crashBroker(0);
    operations.startBroker(0);

    assertThat(operations.isUp(0)).isFalse();
    assertThat(operations.isMissed(0)).isTrue();
    assertThatThrownBy(() -> test.produce(P0, batch("a")))
        .isInstanceOf(IllegalStateException.class);
    test.time.advanceMs(SESSION_MS);
    assertThat(operations.isUp(0)).isTrue();
  }

  @Test
  void aBrokerThatIsShutDownHandsOverAtOnce() {
    orders(2, Map.of());

    operations.shutDownBroker(0);

    assertThat(test.cluster.leaderOf(P0)).isOne();
    operations.startBroker(0);
    assertThat(operations.inSyncReplicasOf(P0)).containsExactly(0, 1);
    assertThat(test.cluster.leaderOf(P0)).isOne();
  }

  @Test
  void aReplicaThatWasAwayDoesNotLeadUnlessTheTopicAllowsIt() {
    orders(2, Map.of());
    operations.shutDownBroker(1);
    test.produce(P0, batch("a"));
    operations.shutDownBroker(0);

    operations.startBroker(1);
    assertThat(test.cluster.leaderOf(P0)).isEqualTo(-1);

    operations.startBroker(0);
    assertThat(test.cluster.leaderOf(P0)).isZero();
    assertThat(test.cluster.endOffset(P0)).isOne();
  }

  @Test
  void anUncleanLeaderHasLessOfTheLog() {
    orders(2, Map.of("unclean.leader.election.enable", "true"));
    test.produce(P0, batch("a"));
    operations.shutDownBroker(1);
    test.produce(P0, batch("b"));
    operations.shutDownBroker(0);

    operations.startBroker(1);

    assertThat(test.cluster.leaderOf(P0)).isOne();
    assertThat(test.cluster.endOffset(P0)).isOne();
    operations.startBroker(0);
    assertThat(test.cluster.endOffset(P0)).isOne();
    assertThat(operations.inSyncReplicasOf(P0)).containsExactly(0, 1);
  }

  @Test
  void tooFewReplicasInSyncRefuseWhoWantsAll() {
    orders(2, Map.of("min.insync.replicas", "2"));
    assertThat(test.produce(P0, batch("a")).error()).isEqualTo(ErrorCode.NONE);

    operations.shutDownBroker(1);

    assertThat(test.produce(P0, batch("b")).error()).isEqualTo(ErrorCode.NOT_ENOUGH_REPLICAS);
  }

  @Test
  void aMarkerWaitsForALeader() {
    orders(1, Map.of());
    String id = "p";
    while (operations.transactionCoordinatorOf(id) == 0) {
      id = id + "p";
    }
    TestProducer producer = new TestProducer(test, id);
    producer.init(60_000);
    producer.send(P0, "a");
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);

    operations.shutDownBroker(0);
    test.time.advanceMs(1_000);
    assertThat(test.cluster.transactionState(id)).contains("PrepareCommit");
    operations.startBroker(0);
    test.time.advanceMs(200);

    assertThat(test.cluster.transactionState(id)).contains("CompleteCommit");
    assertThat(test.cluster.lastStableOffset(P0)).isEqualTo(2);
  }
}
