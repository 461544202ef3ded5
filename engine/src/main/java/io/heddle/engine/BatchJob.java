package io.heddle.engine;

/**
 * One event's way through a batcher. The batcher calls everything here under its lock, save for
 * {@link #deliver} and {@link #run}, which are the strand's.
 */
final class BatchJob<K, V> implements Message, Callback {
  /** What callbacks keep in order: a key of one batcher, in one ownership of a partition. */
  record Order(Object batcher, Object key, PartitionWorker worker) {}

  private enum Fate {
    WAITING,
    BEGUN,
    DROPPED
  }

  private final Event event;
  private final BatchItems<K, V> items;
  private final Order order;
  private Fate fate = Fate.WAITING;
  // An event without items has one place in its key's queue all the same.
  private int placesLeft;

  BatchJob(Object batcher, Event event, BatchItems<K, V> items) {
    this.event = event;
    this.items = items;
    this.order = new Order(batcher, items.key(), event.worker());
    this.placesLeft = Math.max(1, items.items().size());
  }

  Event event() {
    return event;
  }

  BatchItems<K, V> items() {
    return items;
  }

  boolean isOfOneItem() {
    return items.items().size() <= 1;
  }

  /** Whether an item of this event may run now; its first one asks the event. */
  boolean begin() {
    if (fate == Fate.WAITING) {
      fate = event.begin() ? Fate.BEGUN : Fate.DROPPED;
    }
    return fate == Fate.BEGUN && !event.worker().isDropped();
  }

  /** One place in a queue is done with. */
  void leavePlace() {
    placesLeft--;
  }

  boolean isOver() {
    return placesLeft == 0;
  }

  /** As {@link Job#post}. */
  boolean post() {
    return event.endJob() && event.worker().strand().offer(this);
  }

  @Override
  public Order order() {
    return order;
  }

  @Override
  public String stage() {
    return "callback of " + order.batcher();
  }

  @Override
  public void deliver(PartitionWorker worker) {
    worker.finish(event, this);
  }

  @Override
  public ExecutionState run() throws Exception {
    return items.callback().complete(event, items);
  }
}
