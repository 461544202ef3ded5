package io.heddle.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A job ends at its deadline: the event is completed by the job, or taken back from it. */
@JCStressTest
@Outcome(
    id = {"true, false", "false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "by one of them")
@Outcome(expect = Expect.FORBIDDEN, desc = "completed twice, or by nobody")
@State
public class OneTakesTheEvent {
  private final Event event = Given.event(Given.worker(), 1);

  /** Its job runs. */
  public OneTakesTheEvent() {
    if (!event.move(EventPhase.HANDLING, EventPhase.QUEUED) || !event.begin()) {
      throw new AssertionError("a job of a new event can begin");
    }
  }

  /** The job's thread. */
  @Actor
  public void end(ZZ_Result result) {
    result.r1 = event.endJob();
  }

  /** The strand, at the deadline. */
  @Actor
  public void takeBack(ZZ_Result result) {
    result.r2 = event.takeBack();
  }
}
