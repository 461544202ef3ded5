package io.heddle.campaign.group;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.TxnOffsetCommitResponse;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Kafka's coordinator has done in memory only. Whoever reads sees what is written, and only
 * with the next write all that was done until then.
 */
final class Unsettled {
  private final Set<String> unwritten = new TreeSet<>();
  private final Set<String> gone = new TreeSet<>();
  private long since;

  /** Forgets all if the coordinator has written since; says up to where it has. */
  void writtenUpTo(long written) {
    if (written != since) {
      unwritten.clear();
      gone.clear();
      since = written;
    }
  }

  /** The groups that are there, and of which nothing is written. */
  Set<String> unwritten() {
    return Collections.unmodifiableSet(unwritten);
  }

  /** The groups that are not there any more, which is not written. */
  Set<String> gone() {
    return Collections.unmodifiableSet(gone);
  }

  /** Takes in an answer, after which the simulator has the group or not. */
  void note(Operation operation, Response response, SimulatorSide simulator) {
    if (operation instanceof Operation.CommitInTransaction request
        && response instanceof TxnOffsetCommitResponse commit
        && nothingKept(commit.partitions().values())) {
      unwritten.add(request.request().groupId());
    }
    if (!(operation instanceof Operation.Send send)) {
      return;
    }
    if (send.request() instanceof OffsetCommitRequest request
        && response instanceof OffsetCommitResponse commit
        && nothingKept(commit.partitions().values())) {
      unwritten.add(request.groupId());
    } else if (send.request() instanceof JoinGroupRequest request
        && response instanceof JoinGroupResponse joined
        && joined.error() == ErrorCode.UNKNOWN_MEMBER_ID
        && !simulator.has(request.groupId())) {
      gone.add(request.groupId());
    }
  }

  private static boolean nothingKept(Collection<ErrorCode> results) {
    return !results.contains(ErrorCode.NONE)
        && results.contains(ErrorCode.OFFSET_METADATA_TOO_LARGE);
  }
}
