package io.heddle.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * There is one slot. Who has it finds nothing more to do just when another lane comes, whose
 * submitter finds no slot: one of the two has to see the other, or the lane waits for ever.
 */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "both lanes were run to their ends")
@Outcome(expect = Expect.FORBIDDEN, desc = "a lane was left behind, or run twice")
@State
public class SlotGivenUp {
  private static final PartitionWorker WORKER = Given.droppedWorker();

  private final KeyLanes<String, Integer> lanes = Given.lanes();
  private final JobDispatcher<String, Integer> dispatcher =
      new JobDispatcher<>(
          lanes,
          (job, later) -> {
            throw new AssertionError("jobs of a dropped partition do not begin, they only end");
          },
          Given.engine(),
          StageTimes.create(),
          1);
  private final Lane<String, Integer> first = Given.opened(lanes, Given.event(WORKER, 1), "a");
  private final Lane<String, Integer> second = Given.opened(lanes, Given.event(WORKER, 2), "b");

  /** One who submits, and runs. */
  @Actor
  public void one() {
    dispatcher.submit(first);
  }

  /** Another. */
  @Actor
  public void two() {
    dispatcher.submit(second);
  }

  /** Both are done. */
  @Arbiter
  public void look(I_Result result) {
    result.r1 = lanes.size();
  }
}
