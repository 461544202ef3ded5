package io.heddle.scenarios.run;

import io.heddle.engine.CommitBlocker;
import io.heddle.engine.DeadlineExceededException;
import io.heddle.engine.EngineListener;
import io.heddle.engine.FailureStage;
import io.heddle.engine.PauseReason;
import io.heddle.scenarios.model.CoverageMark;
import io.heddle.scenarios.model.Interjections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;

/**
 * Hears what a member's engine tells: for the marks, and whether interjections go on. Thread-safe,
 * since all that it knows it touches inside the simulation.
 */
final class MemberWatch implements EngineListener, MemberSurroundings.Interjected {
  /** An interjection takes its turn behind what is under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Map<PauseReason, CoverageMark> WHY =
      Map.of(
          PauseReason.IN_FLIGHT, CoverageMark.PAUSED_FOR_IN_FLIGHT,
          PauseReason.IN_FLIGHT_BYTES, CoverageMark.PAUSED_FOR_IN_FLIGHT_BYTES,
          PauseReason.COMMIT_GAP, CoverageMark.PAUSED_FOR_COMMIT_GAP,
          PauseReason.KEY_QUEUE, CoverageMark.PAUSED_FOR_KEY_QUEUE,
          PauseReason.KEY_TABLE, CoverageMark.PAUSED_FOR_KEY_TABLE,
          PauseReason.BATCH_QUEUE, CoverageMark.PAUSED_FOR_BATCH_QUEUE,
          PauseReason.TRANSACTION, CoverageMark.PAUSED_FOR_TRANSACTION);

  private final Marks marks;
  private final LongSupplier nanoTime;
  private final Executor inside;
  private final Map<TopicPartition, Long> interjected = new TreeMap<>(Partitions.ORDER);
  private final InterjectionPromises promises;
  private final MemberDealings dealings;

  /**
   * @param inside where the run's state may be touched
   */
  MemberWatch(
      Marks marks,
      LongSupplier nanoTime,
      Executor inside,
      InterjectionPromises promises,
      MemberDealings dealings) {
    this.marks = marks;
    this.nanoTime = nanoTime;
    this.inside = inside;
    this.promises = promises;
    this.dealings = dealings;
  }

  @Override
  public void assigned(Set<TopicPartition> partitions) {
    dealings.ownerships().assigned(partitions);
  }

  @Override
  public void revoked(Set<TopicPartition> partitions) {
    dealings.ownerships().revoked(partitions);
  }

  @Override
  public void activated(Set<TopicPartition> partitions) {
    inside.execute(() -> partitions.forEach(each -> interjected.put(each, nanoTime.getAsLong())));
  }

  @Override
  public void willRevoke(Set<TopicPartition> partitions) {
    forget(partitions);
  }

  @Override
  public void lost(Set<TopicPartition> partitions) {
    forget(partitions);
  }

  private void forget(Collection<TopicPartition> partitions) {
    inside.execute(
        () ->
            partitions.forEach(
                each -> {
                  interjected.remove(each);
                  promises.forget(each);
                }));
  }

  @Override
  public void paused(TopicPartition partition, PauseReason reason) {
    if (reason == PauseReason.RESTORING) {
      return;
    }
    hit(CoverageMark.INTAKE_PAUSED);
    CoverageMark why = WHY.get(reason);
    if (why != null) {
      hit(why);
    }
  }

  @Override
  public void restored(TopicPartition partition, String store, long changes) {
    if (changes > 0) {
      hit(CoverageMark.STORE_RESTORED);
    }
  }

  /** A store that was on its disk is used again. */
  void kept() {
    hit(CoverageMark.STORE_KEPT);
  }

  @Override
  public void commitFailed(
      Map<TopicPartition, OffsetAndMetadata> offsets, int failedAttempts, Exception failure) {
    hit(CoverageMark.COMMIT_FAILED);
  }

  @Override
  public void retrying(
      TopicPartition partition,
      long offset,
      FailureStage stage,
      int failedAttempts,
      Duration delay,
      Exception failure) {
    hit(CoverageMark.RETRY);
  }

  @Override
  public void transactionAborted(Set<TopicPartition> partitions, Exception cause) {
    hit(CoverageMark.TRANSACTION_ABORTED);
  }

  @Override
  public void rejoining(Exception cause) {
    hit(
        cause instanceof UnreleasedInstanceIdException
            ? CoverageMark.INSTANCE_REFUSED
            : CoverageMark.PRODUCER_LOST);
  }

  private void hit(CoverageMark mark) {
    inside.execute(() -> marks.hit(mark));
  }

  @Override
  public void begun(TopicPartition partition) {
    hit(CoverageMark.INTERJECTION);
    inside.execute(
        () -> {
          interjected.computeIfPresent(partition, (each, before) -> nanoTime.getAsLong());
          promises.begun(partition, nanoTime.getAsLong());
        });
  }

  @Override
  public void ended(TopicPartition partition) {
    inside.execute(() -> promises.ended(partition, nanoTime.getAsLong()));
  }

  @Override
  public void skipped(TopicPartition partition, long offset, Exception failure) {
    hit(CoverageMark.SKIPPED);
    leftOut(partition, offset, failure);
    dealings.givenUp().skipped(partition, offset, takenBack(failure));
  }

  @Override
  public void deadLettered(TopicPartition partition, long offset, String topic, Exception failure) {
    hit(CoverageMark.DEAD_LETTERED);
    leftOut(partition, offset, failure);
    dealings.givenUp().deadLettered(partition, offset, takenBack(failure));
  }

  @Override
  public void partitionStopped(TopicPartition partition, long offset, Exception failure) {
    hit(CoverageMark.PARTITION_STOPPED);
    var unused = takenBack(failure);
  }

  @Override
  public void stuck(CommitBlocker blocker) {
    hit(CoverageMark.STUCK);
  }

  private void leftOut(TopicPartition partition, long offset, Exception failure) {
    if (dealings.givenUp().isUnhandled(partition, offset)) {
      hit(CoverageMark.UNHANDLED);
    }
    if (failure instanceof Undecodables.UndecodableException) {
      hit(CoverageMark.UNDECODABLE);
    }
  }

  private boolean takenBack(Exception failure) {
    boolean back = failure instanceof DeadlineExceededException;
    if (back) {
      hit(CoverageMark.TAKEN_BACK);
    }
    return back;
  }

  /** For which partitions there has been none for too long, as clauses. */
  List<String> overdue(Interjections asked) {
    long longest = asked.every().plus(asked.jitter()).plus(PATIENCE).toNanos();
    List<String> overdue = new ArrayList<>();
    inside.execute(
        () ->
            interjected.forEach(
                (partition, last) -> {
                  long since = nanoTime.getAsLong() - last;
                  if (since > longest) {
                    overdue.add(
                        partition + " had no interjection for " + since / 1_000_000 + " ms");
                  }
                }));
    return overdue;
  }
}
