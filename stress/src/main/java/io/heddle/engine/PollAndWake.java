package io.heddle.engine;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Somebody wants the poll thread just when it is about to poll: it does not wait, or is woken. */
@JCStressTest
@Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "the poll does not wait")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the poll is woken")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "asleep, and nobody will wake it")
@State
public class PollAndWake {
  private final AtomicBoolean woken = new AtomicBoolean();
  private final PollWaker waker = new PollWaker();

  /** A consumer that only knows that it was woken. */
  public PollAndWake() {
    @SuppressWarnings("unchecked")
    Consumer<byte[], byte[]> consumer =
        (Consumer<byte[], byte[]>)
            Proxy.newProxyInstance(
                PollAndWake.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                (self, method, arguments) -> {
                  woken.set(true);
                  return null;
                });
    waker.attach(consumer);
    waker.lookAround();
  }

  /** The poll thread. */
  @Actor
  public void poll(ZZ_Result result) {
    result.r1 = waker.enterPoll();
  }

  /** Any other. */
  @Actor
  public void wake() {
    waker.wake();
  }

  /** Both are done. */
  @Arbiter
  public void look(ZZ_Result result) {
    result.r2 = woken.get();
  }
}
