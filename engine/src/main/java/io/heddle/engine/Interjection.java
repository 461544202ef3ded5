package io.heddle.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of an interjector for one partition. However it ends, its owner hears of it once. */
final class Interjection implements Intake {
  private final Interjector interjector;
  private final Consumer<@Nullable Exception> onEnd;
  private final AtomicBoolean ended = new AtomicBoolean();

  Interjection(Interjector interjector, Consumer<@Nullable Exception> onEnd) {
    this.interjector = interjector;
    this.onEnd = onEnd;
  }

  Interjector interjector() {
    return interjector;
  }

  /** Null if it is complete. Any thread. */
  void end(@Nullable Exception failure) {
    if (!ended.getAndSet(true)) {
      onEnd.accept(failure);
    }
  }

  void drop(PartitionWorker worker) {
    end(new InterjectionDroppedException(worker.partition() + " is given away or stopped"));
  }

  @Override
  public void deliver(PartitionWorker worker) {
    worker.accept(this);
  }
}
