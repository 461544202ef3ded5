package io.heddle.engine;

import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JZ_Result;

/**
 * Of three records the first and the last are complete. While the poll thread is about to commit,
 * the second is completed too: what is committed is the offset of one moment, and names what is
 * complete behind the gap only if at that moment there was one.
 */
@JCStressTest
@Outcome(id = "2, true", expect = Expect.ACCEPTABLE, desc = "before the second record was complete")
@Outcome(id = "2, false", expect = Expect.ACCEPTABLE, desc = "before, and names nothing")
@Outcome(id = "4, false", expect = Expect.ACCEPTABLE, desc = "after it")
@Outcome(expect = Expect.FORBIDDEN, desc = "offset and metadata of two moments")
@State
public class CompletionAndCommit {
  private static final int MOST_BYTES = 4096;
  private static final PartitionWorker WORKER = Given.worker();

  private final OffsetTracker<Event> tracker = new OffsetTracker<>(Event[]::new);
  private final CommitState commits = new CommitState(MOST_BYTES);
  private final long second;

  /** The strand has published that the second record is missing, and is asked once more. */
  public CompletionAndCommit() {
    long first = append(1);
    second = append(2);
    long third = append(3);
    tracker.complete(first);
    tracker.complete(third);
    boolean unused = commits.publish(tracker, false);
    if (!commits.ask() || !commits.publish(tracker, false) || !commits.ask()) {
      throw new AssertionError("the strand is asked, and answers");
    }
  }

  private long append(long offset) {
    return tracker.append(offset, 1, Given.event(WORKER, offset));
  }

  /** The strand, which answers. */
  @Actor
  public void complete() {
    tracker.complete(second);
    boolean unused = commits.publish(tracker, false);
  }

  /** The poll thread. */
  @Actor
  public void commit(JZ_Result result) {
    Optional<OffsetAndMetadata> due = commits.due(false, 0);
    result.r1 = due.map(OffsetAndMetadata::offset).orElse(-1L);
    result.r2 = due.isPresent() && !due.get().metadata().isEmpty();
  }
}
