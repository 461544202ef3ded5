package io.heddle.scenarios.run;

import io.heddle.engine.EngineListener;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.KafkaClients;
import io.heddle.simulator.check.Observer;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a member of the group under test needs of the world it runs in.
 *
 * @param member its name
 * @param outputs the topic of its outputs, if it has any
 * @param changeLog the topic of its store's changes, if it has one
 * @param named what other topics of the scenario are called in Kafka
 * @param observer told what the member does
 * @param sleeper lets time pass for the calling thread
 * @param timers completes asynchronous work
 * @param service what becomes of the work on a record
 * @param disk where a store can be that is to be there after a restart
 * @param dealings what its engine owes it
 */
record MemberSurroundings(
    String member,
    String outputs,
    String changeLog,
    UnaryOperator<String> named,
    KafkaClients clients,
    EngineRuntime runtime,
    EngineListener listener,
    Observer observer,
    Sleeper sleeper,
    ScheduledExecutorService timers,
    Service service,
    MemberDisk disk,
    MemberDealings dealings,
    Outcomes outcomes) {

  /** Has something done when so many nanoseconds have passed. */
  void later(long nanos, Runnable action) {
    Future<?> timer = timers.schedule(action, nanos, TimeUnit.NANOSECONDS);
    if (timer.isCancelled()) {
      throw new AssertionError("a timer was cancelled as soon as it was made");
    }
  }

  /** Decides what becomes of each attempt at a record. */
  interface Service {
    /** How long it takes, in nanoseconds. */
    long nanos(Payload payload);

    /** Whether it then fails. */
    boolean fails(Payload payload);

    /** Whether it cannot even be decoded, this time or any other. */
    boolean isUndecodable(Payload payload);

    /** Whether something happens that happens with this probability. */
    boolean happens(double share);
  }

  /** Told of interjections. */
  interface Interjected {
    /** Hears nothing. */
    Interjected NOBODY =
        new Interjected() {
          @Override
          public void begun(TopicPartition partition) {}

          @Override
          public void ended(TopicPartition partition) {}
        };

    /** One begins for the partition. */
    void begun(TopicPartition partition);

    /** One that did not end at once has ended. */
    void ended(TopicPartition partition);
  }

  /** Lets time pass. */
  @FunctionalInterface
  interface Sleeper {
    /** Returns when so many nanoseconds have passed. */
    void sleep(long nanos) throws InterruptedException;
  }

  /** Told how far records are, and how long things took. */
  interface Outcomes {
    /** Work on a record begins. */
    void began(ConsumerRecord<?, ?> input, Payload payload);

    /** Work on a record took so long. */
    void worked(ConsumerRecord<?, ?> input, Payload payload, long nanos);

    /** A record is complete. */
    void completed(ConsumerRecord<?, ?> input, Payload payload);
  }
}
