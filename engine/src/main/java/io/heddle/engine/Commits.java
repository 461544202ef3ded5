package io.heddle.engine;

import java.util.Collection;

/** How what is complete gets committed, for one way of delivery. Of the poll thread. */
interface Commits {

  /** Nanoseconds until {@link #step} has something to do; negative if it is overdue. */
  long untilDue(long nowNanos);

  /** Does what is due. Called between polls. */
  void step(Assignment assignment, long nowNanos);

  /** Partitions are being assigned, and nobody has heard of it yet. */
  void assignmentBegins();

  /** These partitions were assigned, nothing of them has been polled. */
  void assigned(Collection<PartitionWorker> workers);

  /** These are to be dropped, since what could be finished has been. */
  void beforeDrop(Collection<PartitionWorker> leaving);

  /** These have been dropped after {@link #beforeDrop}, and are about to be given back. */
  void afterDrop(Collection<PartitionWorker> leaving);
}
