package io.heddle.campaign.group;

import io.heddle.campaign.Explanation;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse;
import io.heddle.simulator.protocol.DescribeGroupsResponse;
import io.heddle.simulator.protocol.DescribeGroupsResponse.DescribedGroup;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListGroupsResponse;
import io.heddle.simulator.protocol.ListGroupsResponse.ListedGroup;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The differences between the two coordinators that are left as they are. */
public enum GroupExplanation implements Explanation {
  /** See {@link #when()}. */
  DESCRIBE_UNWRITTEN(
      "DescribeGroups",
      "A commit made the group, but every offset of it was refused as too long, and the coordinator"
          + " has not written anything to the group's partition of the offsets topic since.",
      "Kafka does not find the group until that next write, whoever joins it meanwhile, since reads"
          + " see only what is written; the simulator, in which no write takes time, shows it at"
          + " once.",
      "GroupExplanationsTest.describingAGroupOfWhichNothingIsWritten") {
    @Override
    boolean covers(Difference difference, Unsettled unsettled) {
      if (!(difference.kafka().orElse(null) instanceof DescribeGroupsResponse left)
          || !(difference.simulator().orElse(null) instanceof DescribeGroupsResponse right)
          || left.groups().size() != right.groups().size()) {
        return false;
      }
      for (int i = 0; i < left.groups().size(); i++) {
        DescribedGroup ofKafka = left.groups().get(i);
        DescribedGroup ofSimulator = right.groups().get(i);
        String group = ofSimulator.groupId();
        boolean hidden =
            unsettled.unwritten().contains(group)
                && ofKafka.equals(
                    new DescribedGroup(
                        ErrorCode.GROUP_ID_NOT_FOUND, group, "Dead", "", "", List.of()))
                && ofSimulator.error() == ErrorCode.NONE
                && WITHOUT_WRITE.contains(ofSimulator.state());
        if (!hidden && !ofKafka.equals(ofSimulator)) {
          return false;
        }
      }
      return true;
    }
  },
  /** See {@link #when()}. */
  LIST_UNWRITTEN(
      "ListGroups",
      DESCRIBE_UNWRITTEN.when(),
      "Kafka does not list the group until that next write; the simulator lists it at once.",
      "GroupExplanationsTest.listingAGroupOfWhichNothingIsWritten") {
    @Override
    boolean covers(Difference difference, Unsettled unsettled) {
      return difference.kafka().orElse(null) instanceof ListGroupsResponse left
          && difference.simulator().orElse(null) instanceof ListGroupsResponse right
          && left.error() == right.error()
          && left.groups().equals(shown(right, unsettled));
    }
  },
  /** See {@link #when()}. */
  LIST_GONE(
      "ListGroups",
      "Someone joined an empty consumer group by the classic protocol, with the id of a member that"
          + " is not known, and the coordinator has not written anything to the group's partition"
          + " of the offsets topic since.",
      "The group makes way for a classic one that does not come into being. Kafka lists it until"
          + " that next write; the simulator, in which no write takes time, does not.",
      "GroupExplanationsTest.listingAGroupThatMadeWay") {
    @Override
    boolean covers(Difference difference, Unsettled unsettled) {
      return difference.kafka().orElse(null) instanceof ListGroupsResponse left
          && difference.simulator().orElse(null) instanceof ListGroupsResponse right
          && left.error() == right.error()
          && left.groups().stream()
              .filter(
                  it -> !(unsettled.gone().contains(it.groupId()) && it.state().equals("Empty")))
              .toList()
              .equals(shown(right, unsettled));
    }
  },
  /** See {@link #when()}. */
  DESCRIBE_GONE(
      "ConsumerGroupDescribe",
      LIST_GONE.when(),
      "Kafka describes the group until that next write; the simulator does not find it.",
      "GroupExplanationsTest.describingAGroupThatMadeWay") {
    @Override
    boolean covers(Difference difference, Unsettled unsettled) {
      if (!(difference.kafka().orElse(null) instanceof ConsumerGroupDescribeResponse left)
          || !(difference.simulator().orElse(null) instanceof ConsumerGroupDescribeResponse right)
          || left.groups().size() != right.groups().size()) {
        return false;
      }
      return IntStream.range(0, left.groups().size())
          .allMatch(
              i -> {
                ConsumerGroupDescribeResponse.DescribedGroup ofKafka = left.groups().get(i);
                ConsumerGroupDescribeResponse.DescribedGroup ofSimulator = right.groups().get(i);
                return ofKafka.equals(ofSimulator)
                    || (unsettled.gone().contains(ofKafka.groupId())
                        && ofKafka.groupState().equals("Empty")
                        && ofSimulator.error() == ErrorCode.GROUP_ID_NOT_FOUND);
              });
    }
  },
  /** See {@link #when()}. */
  FETCH_GONE(
      "OffsetFetch",
      LIST_GONE.when(),
      "Kafka finds the group and its offsets until that next write, unless stable ones are asked"
          + " for; the simulator finds none.",
      "GroupExplanationsTest.fetchingOffsetsOfAGroupThatMadeWay") {
    @Override
    boolean covers(Difference difference, Unsettled unsettled) {
      return difference.asked() instanceof Operation.Send send
          && send.request() instanceof OffsetFetchRequest request
          && !request.requireStable()
          && unsettled.gone().contains(request.groupId())
          && difference.kafka().orElse(null) instanceof OffsetFetchResponse found
          && (found.error() == ErrorCode.NONE || found.error() == ErrorCode.UNKNOWN_MEMBER_ID)
          && difference.simulator().orElse(null) instanceof OffsetFetchResponse fetched
          && fetched.error() == ErrorCode.NONE
          && fetched.partitions().values().stream().allMatch(it -> it.offset() < 0);
    }
  };

  /** The states that a group can get to without a write. */
  private static final Set<String> WITHOUT_WRITE =
      Set.of("Empty", "PreparingRebalance", "CompletingRebalance");

  private final String api;
  private final String when;
  private final String why;
  private final String test;

  GroupExplanation(String api, String when, String why, String test) {
    this.api = api;
    this.when = when;
    this.why = why;
    this.test = test;
  }

  /**
   * Whether it explains why the answers differ.
   *
   * @param unsettled what Kafka's coordinator has not written yet
   */
  abstract boolean covers(Difference difference, Unsettled unsettled);

  /** The listed groups without those of which Kafka has written nothing. */
  private static List<ListedGroup> shown(ListGroupsResponse listed, Unsettled unsettled) {
    return listed.groups().stream()
        .filter(
            it ->
                !(unsettled.unwritten().contains(it.groupId())
                    && WITHOUT_WRITE.contains(it.state())))
        .toList();
  }

  static Optional<GroupExplanation> of(Difference difference, Unsettled unsettled) {
    if (difference.kafka().isEmpty() || difference.simulator().isEmpty()) {
      return Optional.empty();
    }
    return Arrays.stream(values()).filter(each -> each.covers(difference, unsettled)).findFirst();
  }

  @Override
  public String api() {
    return api;
  }

  @Override
  public String when() {
    return when;
  }

  @Override
  public String why() {
    return why;
  }

  @Override
  public String test() {
    return test;
  }
}
