package io.heddle.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gives the lanes that have something to do the slots there are. Thread-safe, without a lock.
 *
 * <p>A lane is in {@link #ready} or with one thread or stage, never both. A slot is a count, not a
 * thread: it goes with a running job, and its holder looks for the next lane itself, so nothing
 * lies between a completion and the next start. Who finds no slot leaves the lane in the queue to
 * those who have one; who gives up a slot looks once more, so that no lane is left behind.
 */
final class JobDispatcher<K, V> implements Strand.FollowUp {
  /**
   * Workers on their way to a thread at once. Each starts another one when it arrives, if there is
   * need, so all slots are soon taken; but jobs that take next to no time are done by few threads,
   * and not each by one that had to be woken for it.
   */
  private static final int MAX_STARTING = 4;

  private final Queue<Lane<K, V>> ready = new ConcurrentLinkedQueue<>();
  private final AtomicInteger starting = new AtomicInteger();
  private final AtomicInteger slotsTaken = new AtomicInteger();
  private final KeyLanes<K, V> lanes;
  private final JobRunner<K, V> runner;
  private final Executor workers;
  private final Lifecycle lifecycle;
  private final boolean answersFailures;
  private final StageTimes times;
  private final LatencyHistogram backoff;
  private final Runnable work = this::work;
  private volatile int concurrency;

  JobDispatcher(
      KeyLanes<K, V> lanes,
      JobRunner<K, V> runner,
      Engine engine,
      StageTimes times,
      int concurrency) {
    this.lanes = lanes;
    this.runner = runner;
    this.workers = engine.runtime().workers();
    this.lifecycle = engine.lifecycle();
    FailureHandling handling = engine.config().onFailure(FailureStage.PROCESSOR);
    this.answersFailures =
        handling.maxAttempts() > 1 || handling.then() != FailurePolicy.TO_FINALIZER;
    this.times = times;
    this.backoff = engine.observatory().backoff();
    this.concurrency = concurrency;
  }

  /** Has the lane run as soon as there is a slot. */
  void submit(Lane<K, V> lane) {
    Event event = lane.current().event();
    event.lap(times.key());
    ready.add(lane);
    if (!event.worker().strand().leave(this)) {
      startWorker();
    }
  }

  @Override
  public void here() {
    if (takeSlotIfReady()) {
      startWorker();
      runLanes();
    }
  }

  @Override
  public void elsewhere() {
    startWorker();
  }

  void setConcurrency(int slots) {
    concurrency = slots;
    while (startWorker()) {
      // Each start takes a slot, so this ends with the slots or with the lanes.
    }
  }

  /** Starts a worker if there are a slot and a lane for it. */
  private boolean startWorker() {
    if (starting.get() >= MAX_STARTING || !takeSlotIfReady()) {
      return false;
    }
    starting.incrementAndGet();
    try {
      workers.execute(work);
      return true;
    } catch (RuntimeException e) {
      starting.decrementAndGet();
      slotsTaken.decrementAndGet();
      lifecycle.fail(e);
      return false;
    }
  }

  private boolean takeSlotIfReady() {
    int taken = slotsTaken.get();
    while (taken < concurrency && !ready.isEmpty()) {
      if (slotsTaken.compareAndSet(taken, taken + 1)) {
        return true;
      }
      taken = slotsTaken.get();
    }
    return false;
  }

  private void work() {
    starting.decrementAndGet();
    startWorker();
    runLanes();
  }

  /** Runs lanes until there is none, or no slot to run it in. The caller brings a slot. */
  private void runLanes() {
    boolean hasSlot = true;
    Lane<K, V> lane = null;
    while (hasSlot) {
      lane = lane == null ? ready.poll() : lane;
      if (lane == null || slotsTaken.get() > concurrency) {
        hasSlot = giveUpSlot(lane);
        lane = null;
      } else if (run(lane)) {
        lane = advance(lane);
      } else {
        // The stage has the slot now; this thread goes on only if it gets another one.
        lane = null;
        hasSlot = takeSlotIfReady();
      }
    }
  }

  private boolean giveUpSlot(@Nullable Lane<K, V> lane) {
    if (lane != null) {
      ready.add(lane);
    }
    slotsTaken.decrementAndGet();
    return takeSlotIfReady();
  }

  /** Runs the lane's current job; returns false if a stage will end it. */
  private boolean run(Lane<K, V> lane) {
    Job<K, V> job = lane.current();
    if (!job.event().begin()) {
      return true;
    }
    job.event().lap(times.slot());
    try {
      return runner.run(job, () -> stageCompleted(lane));
    } catch (Error e) {
      lifecycle.fail(e);
      job.event().worker().post(worker -> worker.abandon(job.event()));
      throw e;
    }
  }

  /** Ends the lane's current job; returns the lane if its next one is to be run at once. */
  private @Nullable Lane<K, V> advance(Lane<K, V> lane) {
    ended(lane);
    if (handOverIfFailed(lane)) {
      return null;
    }
    Strand strand = lane.current().event().worker().strand();
    // The completion is posted before the key's next job can start: finalizers keep the order.
    boolean strandIsOurs = lane.current().post();
    boolean more = lanes.advance(lane);
    if (more) {
      lane.current().event().lap(times.key());
    }
    boolean others = !ready.isEmpty();
    if (strandIsOurs) {
      if (more || others) {
        strand.runLater();
      } else {
        // Nothing else to do for this thread, so it saves the strand a wake-up. It goes on with
        // what the turn leaves to it here, if that is for this scheduler.
        Strand.FollowUp left = strand.runOnWorker();
        if (left != null && left != this) {
          left.elsewhere();
        }
      }
    }
    if (more && others) {
      ready.add(lane);
    }
    return more && !others ? lane : null;
  }

  private void ended(Lane<K, V> lane) {
    Event event = lane.current().event();
    if (event.phase() == EventPhase.PROCESSING) {
      event.lap(times.work());
    }
  }

  /** Called on whatever thread completed the stage, which is not one to run user code on. */
  private void stageCompleted(Lane<K, V> lane) {
    try {
      ended(lane);
      if (!handOverIfFailed(lane)) {
        Job<K, V> job = lane.current();
        if (job.post()) {
          job.event().worker().strand().runLater();
        }
        if (lanes.advance(lane)) {
          lane.current().event().lap(times.key());
          ready.add(lane);
        }
      }
      slotsTaken.decrementAndGet();
      startWorker();
    } catch (RuntimeException | Error e) {
      // Thrown into the stage alone, nobody would ever see it.
      lifecycle.fail(e);
      throw e;
    }
  }

  /**
   * Hands a lane whose job failed to the job's strand, which decides; the slot is free meanwhile.
   * Returns false if there is nothing to decide.
   */
  private boolean handOverIfFailed(Lane<K, V> lane) {
    Job<K, V> job = lane.current();
    Exception failure = job.failure();
    if (!answersFailures || failure == null || !job.event().endJob()) {
      return false;
    }
    Runnable again =
        () -> {
          job.setFailure(null);
          job.event().lap(backoff);
          submit(lane);
        };
    Runnable release =
        () -> {
          if (lanes.advance(lane)) {
            submit(lane);
          }
        };
    job.event().worker().post(worker -> worker.recovery().jobFailed(job, failure, again, release));
    return true;
  }
}
