package io.heddle.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that calls the consumer: it polls, hands out, pauses, commits, and in the end
 * gives everything back.
 *
 * <p>Order and commit, in short. A record's place in its partition's tracker is taken on the
 * strand, in the order of offsets, before its handler runs; its key's queue is joined by that
 * handler, so per key the order is the partition's. Whoever finishes a job first puts the
 * completion into the partition's mailbox and only then lets the key's next job go, so finalizers
 * keep the key's order without any lock. The strand marks completed places and publishes the
 * contiguous prefix as one value; this thread commits only what was published. Nothing else moves a
 * commit: an event that fails, is dropped or is forgotten leaves a place that is never completed,
 * and the prefix ends there.
 */
final class PollLoop implements Runnable {
  private final Engine engine;
  private final KafkaClients clients;
  private volatile @Nullable Session session;

  PollLoop(Engine engine, KafkaClients clients) {
    this.engine = engine;
    this.clients = clients;
  }

  /** The workers of the partitions owned right now. Any thread. */
  Collection<PartitionWorker> workers() {
    Session current = session;
    return current == null ? List.of() : current.assignment.workers();
  }

  /** The worker of a partition, if it is owned right now. Any thread. */
  @Nullable PartitionWorker worker(TopicPartition partition) {
    Session current = session;
    return current == null ? null : current.assignment.worker(partition);
  }

  @Override
  public void run() {
    try {
      new Overdue(engine, this::workers).start();
      Session current = new Session(engine, clients.consumers(), null, Refusals.NONE);
      while (current != null) {
        session = current;
        current = current.run();
      }
    } catch (InterruptedException e) {
      engine.lifecycle().fail(new InterruptException(e));
    } catch (RuntimeException e) {
      engine.lifecycle().fail(e);
    } catch (Error e) {
      engine.lifecycle().fail(e);
      throw e;
    } finally {
      end();
    }
  }

  private void end() {
    try {
      engine.lifecycle().failure().ifPresent(engine.listener()::failed);
    } finally {
      // In this order: whoever hears of the end may rely on every answer; and once the source has
      // ended, a task that the pools refuse is no failure.
      engine.interjections().endAll();
      engine.lifecycle().end();
      engine.stragglers().gone();
    }
  }

  /** What exists only together with a consumer. */
  private static final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
    private final Engine engine;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Consumer<byte[], byte[]> consumer;
    private final Refusals refusals;
    private final Commits commits;
    private final Assignment assignment;
    private final IntakeControl intake;
    private final Sentry sentry;
    private long drainDeadlineNanos;
    private boolean draining;

    /**
     * @param former what the session in whose place this comes had; null for the first
     */
    Session(
        Engine engine,
        Supplier<Consumer<byte[], byte[]>> consumers,
        @Nullable Assignment former,
        Refusals refusals) {
      this.engine = engine;
      this.consumers = consumers;
      this.consumer = consumers.get();
      this.refusals = refusals;
      Transactions transactions = engine.transactions();
      this.commits =
          transactions == null
              ? new Committer(engine, consumer)
              : new TransactionalCommits(engine, consumer, transactions);
      this.assignment = new Assignment(engine, consumer, commits, former);
      this.intake = new IntakeControl(engine, consumer);
      this.sentry = new Sentry(engine, consumer);
      engine.waker().attach(consumer);
    }

    /** Runs to its end, and returns the one that comes in its place, if the source goes on. */
    @Nullable Session run() throws InterruptedException {
      Session next = null;
      try {
        if (engine.transactions() != null && refusals.count() == 0) {
          engine.transactions().start();
        }
        consumer.subscribe(engine.config().topics(), assignment);
        while (engine.lifecycle().isRunning()) {
          step();
        }
        startDraining();
        while (isWorthWaiting()) {
          step();
        }
      } catch (RuntimeException e) {
        next = successor(e);
        if (next == null) {
          // Recorded before the partitions are given back: their drain depends on it.
          engine.lifecycle().fail(e);
        }
      } catch (Error e) {
        engine.lifecycle().fail(e);
        assignment.dropAll();
        throw e;
      } finally {
        if (next == null) {
          close();
        }
      }
      return next;
    }

    /**
     * Another try after a failure that only this consumer cannot get over: the group keeps the
     * member's instance id for a life of it that has crashed. Null if there is nothing to try.
     */
    private @Nullable Session successor(RuntimeException failure) throws InterruptedException {
      Refusals before = assignment.wasTold() ? Refusals.NONE : refusals;
      Refusals now = before.another(engine.nanoTime());
      if (FailureResponse.to(failure) != FailureResponse.NEW_CONSUMER
          || !engine.lifecycle().isRunning()
          || !now.areWithin(engine.config().patience().instanceTimeout(), engine.nanoTime())) {
        return null;
      }
      LOG.warn("The group has not released this member's id, which is asked for again", failure);
      try {
        engine.listener().rejoining(failure);
        assignment.loseAll();
        consumer.close();
        long backoff = now.backoffNanos(engine.runtime().chance().getAsDouble());
        boolean unused =
            engine
                .monitor()
                .awaitUntil(() -> !engine.lifecycle().isRunning(), engine.nanoTime() + backoff);
        return new Session(engine, consumers, assignment, now);
      } catch (RuntimeException e) {
        LOG.warn("Could not ask again", e);
        return null;
      }
    }

    private void step() {
      engine.waker().lookAround();
      if (draining) {
        assignment.windDown();
      }
      engine.timers().runDue(engine.nanoTime());
      assignment.announceRestored();
      intake.apply(assignment.workers());
      ConsumerRecords<byte[], byte[]> records = poll();
      long now = engine.nanoTime();
      assignment.take(records, now);
      commits.step(assignment, now);
      sentry.look(assignment, now);
    }

    private ConsumerRecords<byte[], byte[]> poll() {
      long now = engine.nanoTime();
      assignment.pollStarts(now);
      long wait = Math.min(engine.config().pollTimeout().toNanos(), commits.untilDue(now));
      wait = Math.min(wait, inWholeMillis(engine.timers().untilNext(now)));
      if (draining) {
        wait = Math.min(wait, drainDeadlineNanos - now);
      }
      if (!engine.waker().enterPoll()) {
        wait = 0;
      }
      try {
        return consumer.poll(Duration.ofNanos(Math.max(0, wait)));
      } catch (WakeupException e) {
        return ConsumerRecords.empty();
      } catch (UnknownMemberIdException | StaleMemberEpochException e) {
        // The consumer looked for its positions before it noticed that it has been put out.
        LOG.info("The group has put this member out, and it joins again", e);
        return ConsumerRecords.empty();
      } finally {
        engine.waker().leavePoll();
      }
    }

    /** Rounded up: consumers count in milliseconds, and would not wait for the rest of one. */
    private static long inWholeMillis(long nanos) {
      return nanos > Long.MAX_VALUE - 1_000_000 ? nanos : (nanos + 999_999) / 1_000_000 * 1_000_000;
    }

    private void startDraining() {
      draining = true;
      drainDeadlineNanos = engine.nanoTime() + engine.config().drainTimeout().toNanos();
      assignment.windDown();
    }

    private boolean isWorthWaiting() {
      return !engine.lifecycle().isImmediate()
          && !assignment.isDrained()
          && drainDeadlineNanos - engine.nanoTime() > 0;
    }

    private void close() throws InterruptedException {
      try {
        if (!draining) {
          startDraining();
        }
        assignment.releaseAll(drainDeadlineNanos);
      } finally {
        try {
          // What is to be sent has been by now, unless the drain ran out of time.
          long timeout = engine.config().commitTimeout().toNanos();
          engine.outputs().close(engine.nanoTime() + timeout);
          engine.stores().restorer().close(engine.nanoTime() + timeout);
          if (engine.transactions() != null) {
            engine.transactions().close(engine.nanoTime() + timeout);
          }
        } finally {
          consumer.close();
        }
      }
    }
  }
}
