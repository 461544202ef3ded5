package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Handler;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Draws what becomes of the work on a record for each record by itself, as far as that can be: here
 * nobody decides which thread is first. Thread-safe.
 */
final class RealService implements MemberSurroundings.Service {
  private final Handler handler;
  private final long seed;
  private final Lock lock = new ReentrantLock();
  private final Choices.Stream errors;
  private final Undecodables undecodable;

  RealService(Handler handler, long seed) {
    this.handler = handler;
    this.seed = seed;
    this.errors = new SeededChoices(seed).stream("handler.error");
    this.undecodable = new Undecodables(handler.undecodable(), seed);
  }

  @Override
  public long nanos(Payload payload) {
    Choices.Stream stream =
        new SeededChoices(seed)
            .stream("handler.service." + payload.workload() + "." + payload.sequence());
    return handler.serviceOf(payload.key()).sample(stream::unit);
  }

  @Override
  public boolean fails(Payload payload) {
    return happens(handler.errors());
  }

  @Override
  public boolean isUndecodable(Payload payload) {
    return undecodable.contains(payload);
  }

  @Override
  public boolean happens(double share) {
    if (share == 0) {
      return false;
    }
    lock.lock();
    try {
      return errors.unit() < share;
    } finally {
      lock.unlock();
    }
  }
}
