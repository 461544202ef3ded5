package io.heddle.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two post to one mailbox at once, and whoever finds the role free runs the turn: both messages are
 * delivered, and what the turns write without a lock is seen by the next.
 */
@JCStressTest
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both delivered, one after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "a message lost, or two turns at once")
@State
public class RoleOfAStrand implements Strand.Work {
  private static final PartitionWorker WORKER = Given.worker();

  private final Strand strand =
      new Strand(Runnable::run, Runnable::run, this, new Floor(), () -> 0);
  // Plain, as everything of a strand is.
  private int delivered;
  private int inside;
  private int overlaps;

  /** One who posts. */
  @Actor
  public void one() {
    strand.post(worker -> {});
  }

  /** Another. */
  @Actor
  public void two() {
    strand.postToWorker(worker -> {});
  }

  /** Both are done. */
  @Arbiter
  public void look(II_Result result) {
    result.r1 = delivered;
    result.r2 = overlaps + inside;
  }

  @Override
  public void deliver(Message message) {
    if (++inside != 1) {
      overlaps++;
    }
    delivered++;
    message.deliver(WORKER);
    inside--;
  }

  @Override
  public boolean advance() {
    return false;
  }

  @Override
  public boolean hasMore() {
    return false;
  }

  @Override
  public void endTurn() {}

  @Override
  public void died(Throwable cause) {
    throw new AssertionError(cause);
  }
}
