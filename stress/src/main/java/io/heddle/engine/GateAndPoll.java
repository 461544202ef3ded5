package io.heddle.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A partition is being paused while the last of what holds it back is finished: either it is not
 * paused after all, or the poll thread does not wait before it has looked again.
 */
@JCStressTest
@Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "it is not paused")
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "paused, but the next poll returns")
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "paused for nothing, and asleep")
@State
public class GateAndPoll {
  private final PollWaker waker = new PollWaker();
  private final IntakeGate gate = new IntakeGate(FlowLimits.defaults().withMaxInFlight(1), waker);
  private boolean paused;
  private boolean waits;

  /** One record is in flight, as many as may be. */
  public GateAndPoll() {
    gate.taken(1, 1);
  }

  /** The strand. */
  @Actor
  public void finish() {
    gate.finished(1, 1);
  }

  /** The poll thread, as {@link IntakeControl} and the poll after it do. */
  @Actor
  public void pause() {
    waker.lookAround();
    if (gate.pressure() != null) {
      gate.markPaused(PauseReason.IN_FLIGHT);
      if (gate.pressure() == null) {
        gate.markPaused(null);
      }
    }
    paused = gate.paused() != null;
  }

  /** What the poll would do. */
  @Arbiter
  public void poll(ZZ_Result result) {
    waits = waker.enterPoll();
    result.r1 = paused;
    result.r2 = waits;
  }
}
