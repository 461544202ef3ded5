package io.heddle.engine;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** What became of a transaction, for the poll thread to draw the consequences. */
sealed interface TransactionOutcome {

  /** These offsets are committed, and what belongs to them is visible. */
  record Committed(Map<PartitionWorker, OffsetAndMetadata> offsets) implements TransactionOutcome {}

  /** It was aborted: these ownerships are dropped, and what they did is to be done again. */
  record Aborted(Set<PartitionWorker> workers, Exception cause) implements TransactionOutcome {}

  /**
   * The producer was given up, maybe without knowing how its last transaction ended: everything is
   * dropped, and the member has to join the group anew.
   */
  record Rejoin(Exception cause) implements TransactionOutcome {}
}
