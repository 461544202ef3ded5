package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.Optional;

/** How a group protocol fences commits and look-ups of offsets, and what it makes of refusals. */
interface CommitRules {
  /**
   * What a commit is sent with.
   *
   * @param managed whether the group assigns the partitions
   * @throws org.apache.kafka.common.KafkaException if nothing can be committed now
   */
  Generation committing(boolean managed);

  /** Whether a commit names the instance of a static member. */
  boolean commitsNameInstance(boolean managed);

  /** What a look-up is sent with. */
  Generation lookingUp(boolean managed);

  /** What the application is told of an error of this protocol; empty if it is none. */
  Optional<RuntimeException> failure(ErrorCode error, Generation sent);

  /** What a call that waits for its commit throws instead of a failure that is not retriable. */
  RuntimeException finalFailure(RuntimeException failed);

  /** Whether to look up again after that error, since the member has another epoch by now. */
  boolean retriesLookUp(ErrorCode error);

  /** Whether the callback of a commit that has failed is told of its offsets. */
  boolean tellsOffsetsOfFailure();

  /** Whether a commit that does not find the coordinator waits for it as long as it takes. */
  boolean waitsForCoordinator();
}
