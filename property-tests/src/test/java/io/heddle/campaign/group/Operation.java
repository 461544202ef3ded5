package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import org.apache.kafka.common.Uuid;

/** One step of a sequence, done to both sides. */
sealed interface Operation {
  /**
   * Sends a request.
   *
   * @param suffix what the id of a new member ends with, if the request makes one
   */
  record Send(Caller caller, Request request, String suffix) implements Operation {
    @Override
    public String toString() {
      return caller.clientId() + " sends " + request + (suffix.isEmpty() ? "" : " *" + suffix);
    }
  }

  /** Commits offsets in the producer's transaction; its id and epoch are filled in. */
  record CommitInTransaction(int producer, Caller caller, TxnOffsetCommitRequest request)
      implements Operation {}

  /** Ends the producer's transaction and writes its markers. */
  record EndTransaction(int producer, boolean committed) implements Operation {}

  /** Lets time pass. */
  record Advance(long ms) implements Operation {}

  /** Creates a topic. */
  record CreateTopic(String name, Uuid id, int partitions) implements Operation {}

  /** Adds partitions to a topic up to so many, if it is there and has fewer. */
  record GrowTopic(String name, int partitions) implements Operation {}

  /** Deletes a topic, if it is there. */
  record DeleteTopic(String name) implements Operation {}
}
