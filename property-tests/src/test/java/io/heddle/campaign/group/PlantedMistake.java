package io.heddle.campaign.group;

import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.HeartbeatResponse;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.LeaveGroupResponse;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.OffsetDeleteResponse;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import io.heddle.simulator.protocol.OffsetFetchResponse.FetchedOffset;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Mistakes in the simulator's answers that the differential has to find. Run as a command, it says
 * for each whether it did.
 */
public enum PlantedMistake implements Duel.Answers {
  /** Members do not hear of a rebalance. */
  DEAF_HEARTBEAT {
    @Override
    public Response of(Request request, Response response) {
      return response.equals(new HeartbeatResponse(ErrorCode.REBALANCE_IN_PROGRESS))
          ? new HeartbeatResponse(ErrorCode.NONE)
          : response;
    }
  },
  /** A static leader that came back assigns anew. */
  ASSIGNMENT_NOT_SKIPPED {
    @Override
    public Response of(Request request, Response response) {
      return response instanceof JoinGroupResponse joined && joined.skipAssignment()
          ? new JoinGroupResponse(
              joined.error(),
              joined.generationId(),
              joined.protocolType(),
              joined.protocolName(),
              joined.leader(),
              false,
              joined.memberId(),
              joined.members())
          : response;
    }
  },
  /** Of two members the second leads, whoever does. */
  WRONG_LEADER {
    @Override
    public Response of(Request request, Response response) {
      return response instanceof JoinGroupResponse joined && joined.members().size() == 2
          ? new JoinGroupResponse(
              joined.error(),
              joined.generationId(),
              joined.protocolType(),
              joined.protocolName(),
              joined.members().get(1).memberId(),
              joined.skipAssignment(),
              joined.memberId(),
              joined.members())
          : response;
    }
  },
  /** A member is told the name of no protocol with its assignment. */
  SYNC_WITHOUT_PROTOCOL {
    @Override
    public Response of(Request request, Response response) {
      return response instanceof SyncGroupResponse synced && synced.error() == ErrorCode.NONE
          ? new SyncGroupResponse(synced.error(), synced.protocolType(), "", synced.assignment())
          : response;
    }
  },
  /** Whoever left before leaves again. */
  LEAVING_TWICE {
    @Override
    public Response of(Request request, Response response) {
      return response instanceof LeaveGroupResponse left
          ? new LeaveGroupResponse(
              left.error(),
              left.members().stream()
                  .map(
                      it ->
                          new LeaveGroupResponse.MemberResult(
                              ErrorCode.NONE, it.memberId(), it.groupInstanceId()))
                  .toList())
          : response;
    }
  },
  /** A commit of an old generation is told that there is a rebalance. */
  OLD_GENERATION_REBALANCES {
    @Override
    public Response of(Request request, Response response) {
      if (!(response instanceof OffsetCommitResponse committed)) {
        return response;
      }
      Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>(committed.partitions());
      results.replaceAll(
          (id, error) ->
              error == ErrorCode.ILLEGAL_GENERATION ? ErrorCode.REBALANCE_IN_PROGRESS : error);
      return new OffsetCommitResponse(results);
    }
  },
  /** Offsets that a transaction may change pass for stable. */
  UNSTABLE_AS_STABLE {
    @Override
    public Response of(Request request, Response response) {
      if (!(response instanceof OffsetFetchResponse fetched)) {
        return response;
      }
      Map<TopicPartition, FetchedOffset> offsets = new LinkedHashMap<>(fetched.partitions());
      offsets.replaceAll(
          (id, offset) ->
              offset.error() == ErrorCode.UNSTABLE_OFFSET_COMMIT
                  ? new FetchedOffset(ErrorCode.NONE, -1, -1, "")
                  : offset);
      return new OffsetFetchResponse(fetched.error(), offsets);
    }
  },
  /** A member of a consumer group is not told of an assignment that has no partitions. */
  EMPTY_ASSIGNMENT_UNTOLD {
    @Override
    public Response of(Request request, Response response) {
      return response instanceof ConsumerGroupHeartbeatResponse told
              && told.assignment().map(Map::isEmpty).orElse(false)
          ? new ConsumerGroupHeartbeatResponse(
              told.error(),
              told.errorMessage(),
              told.memberId(),
              told.memberEpoch(),
              told.heartbeatIntervalMs(),
              Optional.empty())
          : response;
    }
  },
  /** An old epoch will do for every commit of a consumer group's member. */
  OLD_EPOCH_COMMITS {
    @Override
    public Response of(Request request, Response response) {
      if (!(response instanceof OffsetCommitResponse committed)) {
        return response;
      }
      Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>(committed.partitions());
      results.replaceAll(
          (id, error) -> error == ErrorCode.STALE_MEMBER_EPOCH ? ErrorCode.NONE : error);
      return new OffsetCommitResponse(results);
    }
  },
  /** Offsets of topics that are subscribed to are deleted. */
  SUBSCRIPTION_IGNORED {
    @Override
    public Response of(Request request, Response response) {
      if (!(response instanceof OffsetDeleteResponse deleted)) {
        return response;
      }
      Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>(deleted.partitions());
      results.replaceAll(
          (id, error) -> error == ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC ? ErrorCode.NONE : error);
      return new OffsetDeleteResponse(deleted.error(), results);
    }
  };

  private static final long SEED = 1;

  /** Tells for each mistake how many of so many sequences found it; fails if none did. */
  public static void main(String[] arguments) {
    long operations = Long.parseLong(arguments[0]);
    List<PlantedMistake> missed = new ArrayList<>();
    for (PlantedMistake mistake : values()) {
      GroupCampaign.Report report = GroupCampaign.run(SEED, 0, operations, mistake);
      System.out.println(mistake + ": found in " + report.unexplained() + " sequences");
      if (report.unexplained() == 0 || report.failure().isEmpty()) {
        missed.add(mistake);
      }
    }
    System.exit(missed.isEmpty() ? 0 : 1);
  }
}
