package io.heddle.scenarios.run;

import io.heddle.scenarios.load.LoadProfile;
import io.heddle.scenarios.load.LoadRun;
import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Workload;
import io.heddle.simulator.choice.Choices;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Hands a workload's records out when they are due: at the times that the scenario or a load's
 * profile says, whether or not earlier ones have been answered, or, in a closed loop, when there is
 * a place for another one. Is told what became of them, and tells a load.
 *
 * @param clients those of the scenario's workloads that are closed loops, by the workload
 * @param ready whether every partition has been assigned: a load begins then
 * @param over whether nothing is to be sent any more
 */
record Dispatcher(
    Optional<LoadRun> load,
    Optional<ClosedLoop> loop,
    SortedMap<Integer, WaitingClients> clients,
    LongSupplier now,
    MemberSurroundings.Sleeper sleeper,
    BooleanSupplier ready,
    BooleanSupplier over) {
  private static final long LOOK_NANOS = 10_000_000;

  /** Hands out to one producer or, in a closed loop, to those of its clients. */
  @FunctionalInterface
  interface Sender {
    void send(PlannedRecords.Planned record, int client);
  }

  /**
   * For the workloads of a run.
   *
   * @param ready whether every partition has been assigned
   * @param nothingIsLeft whether all that is in the logs is complete
   */
  static Dispatcher of(
      List<Workload> workloads,
      RunOptions options,
      Supplier<Lock> locks,
      LongSupplier now,
      MemberSurroundings.Sleeper sleeper,
      BooleanSupplier ready,
      BooleanSupplier nothingIsLeft) {
    SortedMap<Integer, WaitingClients> clients = new TreeMap<>();
    for (int i = 0; i < workloads.size(); i++) {
      if (workloads.get(i).arrival() instanceof Arrival.ClosedLoop loop) {
        clients.put(i, new WaitingClients(loop, locks, now, nothingIsLeft));
      }
    }
    return new Dispatcher(
        options.load(),
        options
            .load()
            .filter(load -> load.plan().isClosed())
            .map(load -> new ClosedLoop(locks, load.plan().closedLoop())),
        clients,
        now,
        sleeper,
        ready,
        options.interrupted());
  }

  /** Sends all records of a workload; returns when the last one has been handed out. */
  void dispatch(Workload workload, int index, Choices choices, Sender send)
      throws InterruptedException {
    if (clients.containsKey(index)) {
      dispatchLooping(workload, index, choices, send);
      return;
    }
    if (load.isEmpty()) {
      dispatchOpen(new PlannedRecords(workload, index, choices, Optional.empty()), send);
      return;
    }
    long origin = awaitAll(load.get());
    Workload from = workload.withStartAt(Duration.ofNanos(origin));
    if (loop.isPresent()) {
      long endNanos = origin + load.get().profile().endNanos();
      PlannedRecords planned = new PlannedRecords(from, index, choices, Optional.empty());
      dispatchClosed(loop.get(), planned, endNanos, send);
    } else {
      LoadProfile.Pace pace = load.get().pace(index);
      dispatchOpen(new PlannedRecords(from, index, choices, Optional.of(pace)), send);
    }
    if (over.getAsBoolean()) {
      load.get().recorder().endedEarly(now.getAsLong());
    }
  }

  private void dispatchLooping(Workload workload, int index, Choices choices, Sender send)
      throws InterruptedException {
    WaitingClients loop = Objects.requireNonNull(clients.get(index));
    Choices.Stream chance = choices.stream("workload.think." + index);
    PlannedRecords planned = new PlannedRecords(workload, index, choices, Optional.empty());
    long startNanos = workload.startAt().toNanos();
    Duration lasting = workload.lasting();
    long endNanos = lasting == null ? Long.MAX_VALUE : startNanos + lasting.toNanos();
    long wait = startNanos - now.getAsLong();
    if (wait > 0) {
      sleeper.sleep(wait);
    }
    while (planned.hasNext()) {
      OptionalInt client = loop.next(() -> over.getAsBoolean() || now.getAsLong() >= endNanos);
      if (client.isEmpty()) {
        return;
      }
      PlannedRecords.Planned record = planned.nextAt(now.getAsLong());
      loop.sending(record.payload().sequence(), client.getAsInt(), chance);
      send.send(record, client.getAsInt());
    }
  }

  /** Returns when the load begins. */
  private long awaitAll(LoadRun run) throws InterruptedException {
    long patience = LoadRun.UNTIL_ALL_ARE_THERE.toNanos();
    while (!ready.getAsBoolean() && !over.getAsBoolean() && now.getAsLong() < patience) {
      sleeper.sleep(LOOK_NANOS);
    }
    return run.recorder().begins(now.getAsLong());
  }

  private void dispatchOpen(PlannedRecords planned, Sender send) throws InterruptedException {
    while (planned.hasNext() && !over.getAsBoolean()) {
      PlannedRecords.Planned next = planned.next();
      long wait = next.payload().dueNanos() - now.getAsLong();
      if (wait > 0) {
        sleeper.sleep(wait);
      }
      if (!over.getAsBoolean()) {
        send.send(next, 0);
      }
    }
  }

  private void dispatchClosed(ClosedLoop places, PlannedRecords planned, long endNanos, Sender send)
      throws InterruptedException {
    while (places.enter(() -> over.getAsBoolean() || now.getAsLong() >= endNanos)) {
      send.send(planned.nextAt(now.getAsLong()), 0);
    }
  }

  /** A record is in the log. */
  void acknowledged(TopicPartition partition, long offset, Payload payload, long sentNanos) {
    load.ifPresent(
        each ->
            each.recorder()
                .acknowledged(partition, offset, payload.dueNanos(), sentNanos, now.getAsLong()));
    looping(payload).ifPresent(WaitingClients::acknowledged);
  }

  /** A record is in the log, and nobody is to read it before its transaction is committed. */
  void inTransaction(TopicPartition partition, long offset) {
    load.ifPresent(each -> each.recorder().inTransaction(partition, offset));
  }

  /** The transaction of a record is committed. */
  void committed(TopicPartition partition, long offset, Payload payload) {
    load.ifPresent(
        each ->
            each.recorder()
                .transactionCommitted(partition, offset, payload.dueNanos(), now.getAsLong()));
  }

  /** So many records that are in the log will not be committed. */
  void notCommitted(long count) {
    load.ifPresent(each -> each.recorder().notCommitted(count));
  }

  /** A record will not be in the log. */
  void notSent(Payload payload) {
    looping(payload).ifPresent(clients -> clients.notSent(payload.sequence()));
    load.ifPresent(each -> each.recorder().notSent());
    loop.ifPresent(ClosedLoop::leave);
  }

  /** A record is complete, for the first time or again. */
  void completed(Payload payload) {
    looping(payload).ifPresent(clients -> clients.completed(payload.sequence()));
  }

  private Optional<WaitingClients> looping(Payload payload) {
    return Optional.ofNullable(clients.get(payload.workload()));
  }

  /** A record of a load is complete for the first time. */
  void completed() {
    loop.ifPresent(ClosedLoop::leave);
  }
}
