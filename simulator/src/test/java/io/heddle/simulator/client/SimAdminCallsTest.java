package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.core.SimHandle;
import io.heddle.simulator.network.FaultRule.Trigger;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.DeleteConsumerGroupsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.Test;

class SimAdminCallsTest {
  private final KafkaFixture kafka = new KafkaFixture(3);
  private final SimAdmin admin = kafka.admin(Map.of("request.timeout.ms", 10_000));

  @Test
  void asksAgainWhenAReplyIsLost() throws Exception {
    kafka.cluster().createTopic("a", 1);
    kafka.fault(ApiKey.METADATA, new Trigger.Nth(1), new Verdict.ApplyThenDrop());

    var result = kafka.simulation().run(() -> admin.listTopics());

    assertThat(result.names().get()).containsExactly("a");
    assertThat(kafka.nowMs())
        .as("the time-out, a back-off, a round trip")
        .isBetween(10_082L, 10_121L);
  }

  @Test
  void isToldByItsOwnSecondAttemptThatTheTopicExists() throws Exception {
    kafka.fault(ApiKey.CREATE_TOPICS, new Trigger.Nth(1), new Verdict.ApplyThenDrop());

    var result =
        kafka.simulation().run(() -> admin.createTopics(List.of(new NewTopic("a", 1, (short) 1))));

    assertThatThrownBy(() -> result.all().get()).hasCauseInstanceOf(TopicExistsException.class);
    assertThat(kafka.cluster().topics()).containsExactly("a");
  }

  @Test
  void looksForTheCoordinatorAgainWhenItHasMoved() throws Exception {
    kafka.fault(
        ApiKey.DELETE_GROUPS, new Trigger.Nth(1), new Verdict.Fail(ErrorCode.NOT_COORDINATOR));
    var lookups =
        kafka.fault(ApiKey.FIND_COORDINATOR, new Trigger.Times(1_000), new Verdict.Pass());

    var result = kafka.simulation().run(() -> admin.deleteConsumerGroups(List.of("g")));

    assertThat(KafkaFixture.at(result.deletedGroups(), "g").isCompletedExceptionally()).isTrue();
    assertThat(lookups.fired()).isEqualTo(2);
  }

  @Test
  void givesUpWhenTheDefaultTimeIsUp() throws Exception {
    kafka.fault(ApiKey.METADATA, new Trigger.WithProbability(1), new Verdict.DropRequest());

    var result = kafka.simulation().run(() -> admin.listTopics());

    assertThatThrownBy(() -> result.names().get())
        .hasCauseInstanceOf(TimeoutException.class)
        .hasRootCauseInstanceOf(DisconnectException.class);
    assertThat(kafka.nowMs()).isEqualTo(60_000);
  }

  @Test
  void givesUpWhenTheTimeOfTheOptionsIsUp() throws Exception {
    kafka.fault(ApiKey.FIND_COORDINATOR, new Trigger.WithProbability(1), new Verdict.DropRequest());

    var result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.deleteConsumerGroups(
                        List.of("g"), new DeleteConsumerGroupsOptions().timeoutMs(700)));

    assertThatThrownBy(() -> result.all().get()).hasCauseInstanceOf(TimeoutException.class);
    assertThat(kafka.nowMs()).isEqualTo(700);
  }

  @Test
  void givesUpAfterTheConfiguredRetries() throws Exception {
    SimAdmin impatient = kafka.admin(Map.of("retries", 1, "request.timeout.ms", 1_000));
    kafka.fault(ApiKey.METADATA, new Trigger.WithProbability(1), new Verdict.DropRequest());

    var result = kafka.simulation().run(() -> impatient.listTopics());

    assertThatThrownBy(() -> result.names().get()).hasCauseInstanceOf(TimeoutException.class);
    assertThat(kafka.nowMs()).as("two attempts and a back-off").isBetween(2_080L, 2_119L);
  }

  @Test
  void tellsCallbacksTheExceptionItself() throws Exception {
    var result = kafka.simulation().run(() -> admin.deleteTopics(List.of("unknown")));

    List<String> told = new ArrayList<>();
    var unused =
        KafkaFixture.at(result.topicNameValues(), "unknown")
            .whenComplete((value, failure) -> told.add(failure.getClass().getSimpleName()));
    assertThat(told).containsExactly("UnknownTopicOrPartitionException");
  }

  @Test
  void letsSeveralThreadsCallAtOnce() throws Exception {
    kafka.cluster().createTopic("a", 1);

    kafka
        .simulation()
        .run(
            () -> {
              List<SimHandle> threads = new ArrayList<>();
              for (int i = 0; i < 3; i++) {
                threads.add(
                    kafka
                        .simulation()
                        .spawn(null, "caller " + i, () -> assertThat(names()).contains("a")));
              }
              threads.forEach(thread -> thread.join(Long.MAX_VALUE));
              return true;
            });

    assertThat(kafka.nowMs()).isEqualTo(2);
  }

  private List<String> names() {
    try {
      return List.copyOf(admin.listTopics().names().get());
    } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void refusesCallsAfterItsEnd() throws Exception {
    var result =
        kafka
            .simulation()
            .run(
                () -> {
                  admin.close();
                  admin.close();
                  return admin.listTopics();
                });

    assertThatThrownBy(() -> result.names().get())
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Cannot accept new calls when AdminClient is closing.");
  }

  @Test
  void endsRunningCallsWhenItIsClosedAndTimeIsUp() throws Exception {
    kafka.fault(ApiKey.METADATA, new Trigger.WithProbability(1), new Verdict.DropRequest());
    List<ListTopicsResult> results = new ArrayList<>();

    kafka
        .simulation()
        .run(
            () -> {
              SimHandle caller =
                  kafka
                      .simulation()
                      .spawn(
                          null,
                          "caller",
                          () ->
                              results.add(
                                  admin.listTopics(new ListTopicsOptions().timeoutMs(50_000))));
              kafka.simulation().sleep(Duration.ofMillis(10).toNanos());
              admin.close(Duration.ofMillis(90));
              assertThat(kafka.nowMs()).isEqualTo(100);
              return caller.join(Long.MAX_VALUE);
            });

    assertThatThrownBy(() -> results.get(0).names().get())
        .hasCauseInstanceOf(TimeoutException.class)
        .hasMessageContaining("The AdminClient thread has exited.");
  }

  @Test
  void refusesABadConfiguration() {
    assertThatThrownBy(() -> kafka.admin(Map.of("retry.backoff.ms", -1)))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(
            () -> kafka.admin(Map.of("default.api.timeout.ms", 5, "request.timeout.ms", 6)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be no smaller");
    assertThatThrownBy(() -> kafka.admin(Map.of("bootstrap.controllers", "c:9093")))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void repeatsItselfExactly() throws Exception {
    List<String> hashes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      KafkaFixture each = new KafkaFixture(3);
      SimAdmin client = each.admin(Map.of());
      each.fault(ApiKey.METADATA, new Trigger.WithProbability(0.5), new Verdict.DropRequest());
      assertThat(each.simulation().run(() -> client.describeTopics(List.of("a", "b", "c"))))
          .isNotNull();
      hashes.add(each.trace().hash());
    }

    assertThat(hashes.get(0)).isEqualTo(hashes.get(1));
  }

  @Test
  void sendsItsRequestsInAnOrderThatDoesNotDependOnTheMapItIsGiven() throws Exception {
    ListConsumerGroupOffsetsSpec all = new ListConsumerGroupOffsetsSpec();
    Map<String, ListConsumerGroupOffsetsSpec> ascending = new LinkedHashMap<>();
    List.of("g", "h", "i").forEach(group -> ascending.put(group, all));
    Map<String, ListConsumerGroupOffsetsSpec> descending = new LinkedHashMap<>();
    List.of("i", "h", "g").forEach(group -> descending.put(group, all));

    assertThat(lookups(ascending)).isEqualTo(lookups(descending)).containsExactly("g", "h", "i");
  }

  private static List<String> lookups(Map<String, ListConsumerGroupOffsetsSpec> specs)
      throws Exception {
    List<String> groups = new ArrayList<>();
    KafkaFixture kafka = new KafkaFixture(3);
    SimAdmin client = kafka.admin(Map.of());
    kafka.watch(
        request -> {
          if (request instanceof FindCoordinatorRequest lookup) {
            groups.add(lookup.key());
          }
        });
    assertThat(kafka.simulation().run(() -> client.listConsumerGroupOffsets(specs))).isNotNull();
    return groups;
  }
}
