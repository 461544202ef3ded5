package io.heddle.engine;

import org.jspecify.annotations.Nullable;

/**
 * One event's work for one key: in the key's lane first, then with who runs it, at last a message
 * to the event's strand. Each hands it on to the next; there is never more than one who has it.
 */
final class Job<K, V> implements Message, Callback {
  /** What finalizers keep in order: a key of one scheduler. */
  private record Order(KeyLanes<?, ?> lanes, Object key) {}

  private final KeyLanes<K, V> lanes;
  private final Event event;
  private final K key;
  private final V value;
  private final JobFinalizer<K, V> finalizer;
  private @Nullable Exception failure;

  Job(KeyLanes<K, V> lanes, Event event, K key, V value, JobFinalizer<K, V> finalizer) {
    this.lanes = lanes;
    this.event = event;
    this.key = key;
    this.value = value;
    this.finalizer = finalizer;
  }

  Event event() {
    return event;
  }

  K key() {
    return key;
  }

  V value() {
    return value;
  }

  void setFailure(@Nullable Exception cause) {
    failure = cause;
  }

  /**
   * Puts the completion into the mailbox of the event's strand, if the job ran at all. Returns true
   * if the caller has to have the strand run.
   */
  boolean post() {
    return event.endJob() && event.worker().strand().offer(this);
  }

  @Nullable Exception failure() {
    return failure;
  }

  @Override
  public Object order() {
    return new Order(lanes, key);
  }

  @Override
  public boolean declines(Exception thrown) {
    return thrown == failure;
  }

  @Override
  public String stage() {
    return "finalizer of " + lanes;
  }

  @Override
  public void deliver(PartitionWorker worker) {
    worker.finish(event, this);
  }

  @Override
  public ExecutionState run() throws Exception {
    return finalizer.finish(event, key, value, failure);
  }
}
