package io.heddle.scenarios.run;

import io.heddle.engine.EngineListener;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.KafkaClients;
import io.heddle.simulator.check.Observer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.ToLongFunction;

/**
 * What a member of the group under test needs of the world it runs in.
 *
 * @param observer told what the member does
 * @param sleeper lets time pass for the calling thread
 * @param timers completes asynchronous work
 * @param serviceNanos how long the work on a record takes
 */
record MemberSurroundings(
    KafkaClients clients,
    EngineRuntime runtime,
    EngineListener listener,
    Observer observer,
    Sleeper sleeper,
    ScheduledExecutorService timers,
    ToLongFunction<Payload> serviceNanos,
    Outcomes outcomes) {

  /** Lets time pass. */
  @FunctionalInterface
  interface Sleeper {
    /** Returns when so many nanoseconds have passed. */
    void sleep(long nanos) throws InterruptedException;
  }

  /** Told how long things took. */
  interface Outcomes {
    /** Work on a record took so long. */
    void worked(long nanos);

    /** A record is complete. */
    void completed(Payload payload);
  }
}
