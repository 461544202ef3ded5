package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;

class PollWakerTest {
  private final PollWaker waker = new PollWaker();
  private int wakeUps;

  PollWakerTest() {
    @SuppressWarnings("unchecked")
    Consumer<byte[], byte[]> consumer =
        (Consumer<byte[], byte[]>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Consumer.class},
                (self, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("wakeup");
                  wakeUps++;
                  return null;
                });
    waker.attach(consumer);
  }

  @Test
  void wakesAPollOnce() {
    waker.lookAround();
    assertThat(waker.enterPoll()).isTrue();

    waker.wake();
    waker.wake();

    assertThat(wakeUps).isEqualTo(1);
  }

  @Test
  void leavesNoWakeUpOverForOtherCalls() {
    waker.lookAround();
    waker.wake();

    assertThat(wakeUps).isZero();
    assertThat(waker.enterPoll()).as("may wait").isFalse();
    waker.leavePoll();
    waker.wake();
    assertThat(wakeUps).isZero();
  }

  @Test
  void holdsAWakeUpBackUntilACallbackEnds() {
    waker.lookAround();
    waker.enterPoll();
    boolean polling = waker.enterCallback();

    waker.wake();
    assertThat(wakeUps).isZero();
    waker.leaveCallback(polling);

    assertThat(wakeUps).isEqualTo(1);
  }

  @Test
  void staysOutsideAfterACallbackThatNoPollCalled() {
    waker.lookAround();
    boolean polling = waker.enterCallback();
    waker.leaveCallback(polling);

    waker.wake();

    assertThat(wakeUps).isZero();
  }
}
