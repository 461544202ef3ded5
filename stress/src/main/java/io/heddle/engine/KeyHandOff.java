package io.heddle.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The last job of a key ends while another one comes: it is either found by whoever ran the last
 * one, or opens a lane of its own; not both, and not neither.
 */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "it joins the lane, which goes on")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the lane ends, another is opened")
@Outcome(expect = Expect.FORBIDDEN, desc = "a job that nobody runs, or a key that two run")
@State
public class KeyHandOff {
  private static final PartitionWorker WORKER = Given.worker();

  private final KeyLanes<String, Integer> lanes = Given.lanes();
  private final Lane<String, Integer> lane = Given.opened(lanes, Given.event(WORKER, 1), "a");
  private final Job<String, Integer> second = Given.job(lanes, Given.event(WORKER, 2), "a");

  /** Who ran the first job. */
  @Actor
  public void end(ZZ_Result result) {
    result.r1 = lanes.advance(lane);
  }

  /** The strand. */
  @Actor
  public void add(ZZ_Result result) {
    result.r2 = lanes.add(second) != null;
  }
}
