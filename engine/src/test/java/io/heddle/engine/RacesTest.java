package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/**
 * What several threads share, with real threads that meet again and again: races inside one step of
 * the engine, which no simulated thread can be interrupted in.
 */
class RacesTest {
  private static final int ROUNDS = 20_000;
  private static final int LATEST = 100;

  private final Rig rig = new Rig();

  private PartitionWorker worker() {
    return new PartitionWorker(Rig.partition(0), rig.source.engine(), new Floor());
  }

  /** Has the actors act at once, and then the judge alone, in each round. */
  private static void race(int rounds, Runnable judge, List<Runnable> actors) throws Exception {
    List<Throwable> broken = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger arrived = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (Runnable actor : actors) {
      boolean judges = threads.isEmpty();
      Thread thread =
          new Thread(
              () -> {
                try {
                  int all = actors.size();
                  for (int i = 0; i < rounds; i++) {
                    meet(arrived, (3 * i + 1) * all, broken);
                    // The second one comes later and later, so that it meets each step of the
                    // first.
                    for (int late = judges ? 0 : i % LATEST; late > 0; late--) {
                      Thread.onSpinWait();
                    }
                    actor.run();
                    meet(arrived, (3 * i + 2) * all, broken);
                    if (judges) {
                      judge.run();
                    }
                    meet(arrived, (3 * i + 3) * all, broken);
                  }
                } catch (RuntimeException | Error e) {
                  broken.add(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(broken).isEmpty();
  }

  /** Waits for all the others without falling asleep, so that they go on at the same moment. */
  private static void meet(AtomicInteger arrived, int all, List<Throwable> broken) {
    arrived.incrementAndGet();
    for (int spins = 1; arrived.get() < all; spins++) {
      if (spins % 1_000 == 0) {
        if (!broken.isEmpty()) {
          throw new IllegalStateException("another one is broken");
        }
        LockSupport.parkNanos(1);
      }
      Thread.onSpinWait();
    }
  }

  /** Counts what it is delivered, without a lock; notices if two threads do so at once. */
  private static final class Count implements Strand.Work {
    private final PartitionWorker worker;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicInteger overlaps = new AtomicInteger();
    private int delivered;

    Count(PartitionWorker worker) {
      this.worker = worker;
    }

    @Override
    public void deliver(Message message) {
      if (busy.getAndSet(true)) {
        overlaps.incrementAndGet();
      }
      delivered++;
      message.deliver(worker);
      busy.set(false);
    }

    @Override
    public boolean advance() {
      return false;
    }

    @Override
    public boolean hasMore() {
      return false;
    }

    @Override
    public void endTurn() {}

    @Override
    public void died(Throwable cause) {
      throw new AssertionError(cause);
    }
  }

  @Test
  void aMailboxLosesNothingAndIsEmptiedByOneThreadAtATime() throws Exception {
    Count count = new Count(worker());
    Strand strand = new Strand(Runnable::run, Runnable::run, count, new Floor(), System::nanoTime);
    Runnable post = () -> strand.post(worker -> {});
    race(
        ROUNDS,
        // Whoever posts runs the turn, so what is still there would stay there.
        () -> assertThat(strand.isMailboxEmpty()).isTrue(),
        List.of(post, post));

    assertThat(count.overlaps).hasValue(0);
    assertThat(count.delivered).isEqualTo(2 * ROUNDS);
  }

  @Test
  void aRoleIsTakenByOneOfThoseWhoOffer() throws Exception {
    Count count = new Count(worker());
    Strand strand = new Strand(Runnable::run, Runnable::run, count, new Floor(), System::nanoTime);
    AtomicInteger holders = new AtomicInteger();
    Runnable offer =
        () -> {
          if (strand.offer(worker -> {})) {
            holders.incrementAndGet();
          }
        };
    race(
        ROUNDS,
        () -> {
          assertThat(holders.getAndSet(0)).isEqualTo(1);
          strand.run();
        },
        List.of(offer, offer));

    assertThat(count.delivered).isEqualTo(2 * ROUNDS);
  }

  @Test
  void aKeyIsClaimedByOneAndLosesNoJob() throws Exception {
    PartitionWorker worker = worker();
    KeyLanes<String, Integer> lanes =
        new KeyLanes<>(new ReentrantLock(), Integer.MAX_VALUE, Integer.MAX_VALUE);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    AtomicLong done = new AtomicLong();
    Runnable add =
        () -> {
          Event event = new Event(worker, Rig.record(0, 0, "a"), 0);
          Lane<String, Integer> lane =
              lanes.add(
                  new Job<>(
                      lanes, event, "a", 1, (context, k, v, failure) -> ExecutionState.COMPLETE));
          boolean more = true;
          while (lane != null && more) {
            if (running.incrementAndGet() > 1) {
              overlaps.incrementAndGet();
            }
            done.incrementAndGet();
            running.decrementAndGet();
            more = lanes.advance(lane);
          }
        };
    race(
        ROUNDS,
        () -> {
          assertThat(lanes.size()).isZero();
          assertThat(done.getAndSet(0)).isEqualTo(2);
        },
        List.of(add, add));

    assertThat(overlaps).hasValue(0);
  }

  @Test
  void anEventIsHandedOverToOneOfThoseWhoWantIt() throws Exception {
    PartitionWorker worker = worker();
    Event[] event = {null};
    AtomicInteger takers = new AtomicInteger();
    Runnable renew =
        () -> {
          event[0] = new Event(worker, Rig.record(0, 0, "a"), 0);
          assertThat(event[0].move(EventPhase.HANDLING, EventPhase.QUEUED)).isTrue();
        };
    renew.run();
    race(
        ROUNDS,
        () -> {
          assertThat(takers.getAndSet(0)).isEqualTo(1);
          renew.run();
        },
        List.of(
            () -> takers.addAndGet(event[0].move(EventPhase.QUEUED, EventPhase.PROCESSING) ? 1 : 0),
            () -> takers.addAndGet(event[0].move(EventPhase.QUEUED, EventPhase.POSTED) ? 1 : 0)));
  }

  @Test
  void aPhaseMovesForwardOnceForEachOfItsSteps() throws Exception {
    PhaseRef[] phase = {new PhaseRef()};
    AtomicInteger moved = new AtomicInteger();
    Runnable drop = () -> moved.addAndGet(phase[0].advanceTo(WorkerPhase.DROPPED) ? 1 : 0);
    race(
        ROUNDS,
        () -> {
          assertThat(phase[0].get()).isEqualTo(WorkerPhase.DROPPED);
          assertThat(moved.getAndSet(0)).isEqualTo(1);
          phase[0] = new PhaseRef();
        },
        List.of(drop, drop));
  }

  @Test
  void whoOpensAGateThatIsBeingPausedWakesThePollThread() throws Exception {
    PollWaker waker = new PollWaker();
    IntakeGate gate = new IntakeGate(FlowLimits.defaults().withMaxInFlight(1), waker);
    gate.taken(1, 1);
    AtomicInteger waits = new AtomicInteger();
    race(
        ROUNDS,
        () -> {
          // The thread polls now, with the partition paused though nothing holds it back.
          boolean forgotten = gate.paused() != null && waits.getAndSet(0) > 0;
          assertThat(forgotten && waker.enterPoll()).isFalse();
          waker.leavePoll();
          gate.markPaused(null);
          gate.taken(1, 1);
        },
        List.of(
            () -> gate.finished(1, 1),
            () -> {
              waker.lookAround();
              gate.markPaused(PauseReason.IN_FLIGHT);
              if (gate.pressure() == null) {
                gate.markPaused(null);
              } else {
                waits.incrementAndGet();
              }
            }));
  }
}
