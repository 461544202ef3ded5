package io.heddle.scenarios.run;

import io.heddle.scenarios.load.LoadRun;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.result.RunResult.LatencySummary;
import io.heddle.simulator.check.Observer;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures what the members tell, for the result, a report and a load, and takes down which
 * promises they were not kept. Thread-safe.
 */
final class RunOutcomes implements MemberSurroundings.Outcomes {
  /** Told about latencies, for a report: when, how long, and whether they are measured. */
  interface Watcher {
    void service(long atNanos, long nanos, boolean measured);

    void response(long atNanos, long nanos, boolean measured);
  }

  private final Measurements measurements = new Measurements();
  private final LongSupplier now;
  private final Watcher watcher;
  private final Optional<LoadRun> load;
  private final Dispatcher dispatcher;
  private final Promises promises;
  private final DeadLetters letters;
  private final Uncommitted uncommitted;

  /**
   * @param committedOnly whether all members read committed records only
   */
  RunOutcomes(
      LongSupplier now,
      Watcher watcher,
      Optional<LoadRun> load,
      Dispatcher dispatcher,
      boolean committedOnly) {
    this.now = now;
    this.watcher = watcher;
    this.load = load;
    this.dispatcher = dispatcher;
    this.promises = new Promises(now);
    this.letters = new DeadLetters(promises);
    this.uncommitted = new Uncommitted(promises, committedOnly);
  }

  @Override
  public void began(ConsumerRecord<?, ?> input, Payload payload) {
    uncommitted.seen(payload);
    load.ifPresent(
        each ->
            each.recorder()
                .started(partition(input), input.offset(), payload.dueNanos(), now.getAsLong()));
  }

  @Override
  public void worked(ConsumerRecord<?, ?> input, Payload payload, long nanos) {
    measurements.service(nanos);
    long at = now.getAsLong();
    watcher.service(at, nanos, measured(payload));
    load.ifPresent(
        each ->
            each.recorder()
                .worked(partition(input), input.offset(), payload.dueNanos(), at, nanos));
  }

  @Override
  public void completed(ConsumerRecord<?, ?> input, Payload payload) {
    long at = now.getAsLong();
    long nanos = at - payload.dueNanos();
    measurements.response(nanos);
    watcher.response(at, nanos, measured(payload));
    if (load.isPresent()
        && load.get()
            .recorder()
            .completed(partition(input), input.offset(), payload.dueNanos(), at)) {
      dispatcher.completed();
    }
    dispatcher.completed(payload);
  }

  /** What the engine promises the members. */
  Promises promises() {
    return promises;
  }

  /** What the engine owes one member; nobody is told of interjections. */
  MemberDealings dealings(Observer observer, Engine engine) {
    GivenUp givenUp = GivenUp.told(observer, this, engine.work().patience(), now);
    return new MemberDealings(
        givenUp,
        promises,
        new OwnershipPromises(promises, engine.flow().records()),
        new AskedPromises(promises, givenUp.takesBack()),
        MemberSurroundings.Interjected.NOBODY);
  }

  /** Which records nobody may be given. */
  Uncommitted uncommitted() {
    return uncommitted;
  }

  /** What becomes of records that are given up. */
  DeadLetters letters() {
    return letters;
  }

  private boolean measured(Payload payload) {
    return load.isEmpty() || load.get().recorder().measures(payload.dueNanos());
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** Service times; under load, without what comes before it is measured. */
  LatencySummary service() {
    return load.map(each -> each.recorder().service()).orElseGet(measurements::serviceSummary);
  }

  /** Response times; under load, without what comes before it is measured. */
  LatencySummary response() {
    return load.map(each -> each.recorder().response()).orElseGet(measurements::responseSummary);
  }
}
