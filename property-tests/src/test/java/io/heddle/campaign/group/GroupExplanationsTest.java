package io.heddle.campaign.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ConsumerGroupDescribeRequest;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.DescribeGroupsRequest;
import io.heddle.simulator.protocol.DescribeGroupsResponse;
import io.heddle.simulator.protocol.DescribeGroupsResponse.DescribedGroup;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.GroupBytes;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.ListGroupsRequest;
import io.heddle.simulator.protocol.ListGroupsResponse;
import io.heddle.simulator.protocol.ListGroupsResponse.ListedGroup;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;
import org.junit.jupiter.api.Test;

/** Shows each explained difference on both sides, and where it ends. */
class GroupExplanationsTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);
  private static final Caller CALLER = new Caller(new Member("c", 1), "c", KafkaContext.HOST);
  private static final DescribedGroup NONE =
      new DescribedGroup(ErrorCode.GROUP_ID_NOT_FOUND, "g", "Dead", "", "", List.of());
  private static final DescribedGroup EMPTY =
      new DescribedGroup(ErrorCode.NONE, "g", "Empty", "", "", List.of());

  /** A static member gets no id to come back with. */
  private static final Request JOIN =
      new JoinGroupRequest(
          "g",
          10_000,
          10_000,
          "",
          Optional.of("i"),
          "consumer",
          List.of(new JoinGroupRequest.Protocol("range", GroupBytes.of(new byte[0]))),
          "");

  private static final Request STRANGER_JOINS =
      new JoinGroupRequest(
          "g",
          10_000,
          10_000,
          "stranger",
          Optional.empty(),
          "consumer",
          List.of(new JoinGroupRequest.Protocol("range", GroupBytes.of(new byte[0]))),
          "");

  private static final Request FETCH =
      new OffsetFetchRequest("g", "", -1, List.of(PARTITION), false, false);

  private final Settings settings =
      new Settings(GroupSettings.defaults().withOffsetMetadataMaxBytes(4));
  private final Side kafka = new KafkaSide(settings, new GroupCoordinatorMetrics());
  private final Side simulator = new SimulatorSide(settings);

  private static Response ask(Side side, Request request) {
    side.send(0, CALLER, request, "");
    List<Side.Reply> replies = side.replies();
    assertThat(replies).hasSize(1);
    return replies.get(0).response();
  }

  private static Request commit(String note) {
    return new OffsetCommitRequest(
        "g", -1, "", Optional.empty(), Map.of(PARTITION, new OffsetToCommit(1, -1, note)));
  }

  private void commitTooLongANote() {
    for (Side side : List.of(kafka, simulator)) {
      side.createTopic("t", new Uuid(1, 1), 1);
      assertThat(ask(side, commit("too long")))
          .isEqualTo(
              new OffsetCommitResponse(Map.of(PARTITION, ErrorCode.OFFSET_METADATA_TOO_LARGE)));
    }
  }

  private void commitSomething() {
    for (Side side : List.of(kafka, simulator)) {
      assertThat(ask(side, commit("")))
          .isEqualTo(new OffsetCommitResponse(Map.of(PARTITION, ErrorCode.NONE)));
    }
  }

  @Test
  void describingAGroupOfWhichNothingIsWritten() {
    Request describe = new DescribeGroupsRequest(List.of("g"));
    commitTooLongANote();

    assertThat(ask(kafka, describe)).isEqualTo(new DescribeGroupsResponse(List.of(NONE)));
    assertThat(ask(simulator, describe)).isEqualTo(new DescribeGroupsResponse(List.of(EMPTY)));

    commitSomething();
    assertThat(ask(kafka, describe)).isEqualTo(new DescribeGroupsResponse(List.of(EMPTY)));
    assertThat(ask(simulator, describe)).isEqualTo(new DescribeGroupsResponse(List.of(EMPTY)));
  }

  @Test
  void describingItWithAMemberThatHasJoinedSince() {
    Request describe = new DescribeGroupsRequest(List.of("g"));
    commitTooLongANote();
    for (Side side : List.of(kafka, simulator)) {
      side.send(0, CALLER, JOIN, MemberIds.suffix("i", new Random(1)));
      assertThat(side.replies()).isEmpty();
    }

    assertThat(ask(kafka, describe)).isEqualTo(new DescribeGroupsResponse(List.of(NONE)));
    assertThat(((DescribeGroupsResponse) ask(simulator, describe)).groups().get(0))
        .returns(ErrorCode.NONE, DescribedGroup::error)
        .returns("PreparingRebalance", DescribedGroup::state)
        .satisfies(group -> assertThat(group.members()).hasSize(1));
    assertThat(ask(kafka, new ListGroupsRequest()))
        .isEqualTo(new ListGroupsResponse(ErrorCode.NONE, List.of()));
    assertThat(ask(simulator, new ListGroupsRequest()))
        .isEqualTo(
            new ListGroupsResponse(
                ErrorCode.NONE,
                List.of(new ListedGroup("g", "consumer", "PreparingRebalance", "classic"))));
  }

  @Test
  void listingAGroupOfWhichNothingIsWritten() {
    ListGroupsResponse listed =
        new ListGroupsResponse(
            ErrorCode.NONE, List.of(new ListedGroup("g", "", "Empty", "classic")));
    commitTooLongANote();

    assertThat(ask(kafka, new ListGroupsRequest()))
        .isEqualTo(new ListGroupsResponse(ErrorCode.NONE, List.of()));
    assertThat(ask(simulator, new ListGroupsRequest())).isEqualTo(listed);

    commitSomething();
    assertThat(ask(kafka, new ListGroupsRequest())).isEqualTo(listed);
    assertThat(ask(simulator, new ListGroupsRequest())).isEqualTo(listed);
  }

  @Test
  void theExplanationEndsWithTheNextWrite() {
    List<Operation> operations =
        List.of(
            new Operation.CreateTopic("t", new Uuid(1, 1), 1),
            new Operation.Send(CALLER, commit("too long"), ""),
            new Operation.Send(CALLER, new ListGroupsRequest(), ""),
            new Operation.Send(CALLER, commit(""), ""),
            new Operation.Send(CALLER, new ListGroupsRequest(), ""));
    Duel duel =
        new Duel(
            settings,
            new GroupCoordinatorMetrics(),
            Duel.Answers.TRUE,
            (number, operation, response) -> {});

    assertThat(operations).allSatisfy(operation -> assertThat(duel.step(operation)).isEmpty());
    assertThat(duel.explained()).isEqualTo(1);
  }

  private static Request heartbeat(int epoch) {
    return new ConsumerGroupHeartbeatRequest(
        "g",
        "m",
        epoch,
        Optional.empty(),
        Optional.empty(),
        epoch == 0 ? 10_000 : -1,
        Optional.of(List.of("t")),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Map.of()));
  }

  /** A consumer group comes, commits, goes, and makes way for a stranger, who is turned away. */
  private void makeWay() {
    for (Side side : List.of(kafka, simulator)) {
      side.createTopic("t", new Uuid(1, 1), 1);
      side.advanceTo(1_000);
      ask(side, heartbeat(ConsumerGroupHeartbeatRequest.JOIN_EPOCH));
      ask(side, heartbeat(ConsumerGroupHeartbeatRequest.LEAVE_EPOCH));
      ask(side, commit(""));
      assertThat(((JoinGroupResponse) ask(side, STRANGER_JOINS)).error())
          .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    }
  }

  /** To another group, of the same partition of the offsets topic as all have here. */
  private void writeSomethingElse() {
    for (Side side : List.of(kafka, simulator)) {
      ask(
          side,
          new OffsetCommitRequest(
              "h", -1, "", Optional.empty(), Map.of(PARTITION, new OffsetToCommit(1, -1, ""))));
    }
  }

  @Test
  void listingAGroupThatMadeWay() {
    ListedGroup other = new ListedGroup("h", "", "Empty", "classic");
    makeWay();

    assertThat(ask(kafka, new ListGroupsRequest()))
        .isEqualTo(
            new ListGroupsResponse(
                ErrorCode.NONE, List.of(new ListedGroup("g", "consumer", "Empty", "consumer"))));
    assertThat(ask(simulator, new ListGroupsRequest()))
        .isEqualTo(new ListGroupsResponse(ErrorCode.NONE, List.of()));

    writeSomethingElse();
    for (Side side : List.of(kafka, simulator)) {
      assertThat(ask(side, new ListGroupsRequest()))
          .isEqualTo(new ListGroupsResponse(ErrorCode.NONE, List.of(other)));
    }
  }

  @Test
  void describingAGroupThatMadeWay() {
    Request describe = new ConsumerGroupDescribeRequest(List.of("g"));
    makeWay();

    assertThat(((ConsumerGroupDescribeResponse) ask(kafka, describe)).groups().get(0))
        .returns(ErrorCode.NONE, ConsumerGroupDescribeResponse.DescribedGroup::error)
        .returns("Empty", ConsumerGroupDescribeResponse.DescribedGroup::groupState);
    assertThat(((ConsumerGroupDescribeResponse) ask(simulator, describe)).groups().get(0).error())
        .isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);

    writeSomethingElse();
    for (Side side : List.of(kafka, simulator)) {
      assertThat(((ConsumerGroupDescribeResponse) ask(side, describe)).groups().get(0).error())
          .isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
    }
  }

  @Test
  void fetchingOffsetsOfAGroupThatMadeWay() {
    makeWay();

    assertThat(((OffsetFetchResponse) ask(kafka, FETCH)).partitions())
        .containsExactly(
            Map.entry(PARTITION, new OffsetFetchResponse.FetchedOffset(ErrorCode.NONE, 1, -1, "")));
    assertThat(((OffsetFetchResponse) ask(simulator, FETCH)).partitions())
        .containsExactly(
            Map.entry(
                PARTITION, new OffsetFetchResponse.FetchedOffset(ErrorCode.NONE, -1, -1, "")));

    writeSomethingElse();
    assertThat(ask(kafka, FETCH)).isEqualTo(ask(simulator, FETCH));
  }
}
