package io.heddle.scenarios.run;

import io.heddle.engine.EventContext;
import io.heddle.engine.ExecutionState;
import io.heddle.scenarios.model.Patience;
import io.heddle.simulator.check.Observer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The records of one member that its engine may leave out, until it says that it does: then they
 * are complete. These are the ones whose last attempt failed and, where the engine takes records
 * back, all that are not complete. Thread-safe.
 */
final class GivenUp {
  private record Place(TopicPartition partition, long offset) {}

  private final Consumer<Item> leftOut;
  private final DeadLetters letters;
  private final Promises promises;
  private final Patience patience;
  private final LongSupplier nanoTime;
  private final boolean takesBack;
  // Only looked up.
  private final Map<Place, Item> known = new ConcurrentHashMap<>();

  /**
   * @param leftOut told of each record that is complete without having succeeded
   */
  GivenUp(
      Consumer<Item> leftOut,
      DeadLetters letters,
      Promises promises,
      Patience patience,
      LongSupplier nanoTime) {
    this.leftOut = leftOut;
    this.letters = letters;
    this.promises = promises;
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.takesBack = !patience.limits().isEmpty();
  }

  /** Such records are complete for those who watch. */
  static GivenUp told(
      Observer observer, RunOutcomes outcomes, Patience patience, LongSupplier nanoTime) {
    return new GivenUp(
        item -> {
          observer.completed(item.input(), item.key());
          outcomes.completed(item.input(), item.payload());
          item.leaves();
        },
        outcomes.letters(),
        outcomes.promises(),
        patience,
        nanoTime);
  }

  /** Whether the engine takes records back from those who have them. */
  boolean takesBack() {
    return takesBack;
  }

  /** Completes what the application has by itself, unless the engine has taken it back. */
  void completeLater(EventContext context, Supplier<ExecutionState> finalizer) {
    try {
      context.asyncJobComplete(finalizer);
    } catch (IllegalStateException refused) {
      if (!takesBack()) {
        throw refused;
      }
    }
  }

  /** A record has come to the application. */
  void accepted(Item item) {
    if (takesBack()) {
      item.accepted(nanoTime.getAsLong());
      known.put(place(item), item);
    }
  }

  /** An attempt failed. */
  void failed(Item item) {
    known.put(place(item), item);
  }

  /** A record has come to the engine, and the application has no handler for it. */
  void unhandled(ConsumerRecord<byte[], byte[]> input) {
    Item item = Item.unhandled(input);
    item.accepted(nanoTime.getAsLong());
    known.put(place(item), item);
  }

  /** Whether the application has no handler for the record. */
  boolean isUnhandled(TopicPartition partition, long offset) {
    Item item = known.get(new Place(partition, offset));
    return item != null && item.isUnhandled();
  }

  /** An attempt succeeded. */
  void recovered(Item item) {
    letters.recovered(item.input());
    if (!takesBack() && !known.isEmpty()) {
      known.remove(place(item));
    }
  }

  /** The record is complete by itself. */
  void completed(Item item) {
    promises.check(
        !item.isTakenBack(),
        "taken-back",
        () -> item.payload() + " was completed after the engine had taken it back");
    if (!known.isEmpty()) {
      known.remove(place(item));
    }
  }

  private static Place place(Item item) {
    return new Place(
        new TopicPartition(item.input().topic(), item.input().partition()), item.input().offset());
  }

  /**
   * The engine leaves the record out.
   *
   * @param back whether it took it back from somebody for that
   */
  void skipped(TopicPartition partition, long offset, boolean back) {
    Item item = remove(partition, offset, back);
    if (item != null) {
      leftOut.accept(item);
    }
  }

  /** The engine sends the record to where dead letters go; {@code back} as above. */
  void deadLettered(TopicPartition partition, long offset, boolean back) {
    Item item = remove(partition, offset, back);
    if (item != null) {
      letters.told(item.input());
      leftOut.accept(item);
    }
  }

  private @Nullable Item remove(TopicPartition partition, long offset, boolean back) {
    Item item = known.remove(new Place(partition, offset));
    boolean isInterjection = offset < 0;
    if (back && !isInterjection) {
      promises.check(
          item != null,
          "taken-back",
          () -> partition + "@" + offset + " was taken back, and nobody had it any more");
      if (item != null) {
        takeBack(item);
      }
    }
    return item;
  }

  private void takeBack(Item item) {
    item.takeBack();
    // A record that is given up may have waited to come here for a part of its time.
    if (patience.giveUp().isEmpty()) {
      long had = nanoTime.getAsLong() - item.acceptedNanos();
      long least = patience.limits().get(0).after().toNanos();
      promises.check(
          had >= least,
          "taken-back",
          () ->
              "%s was taken back after %d us, not %d at least"
                  .formatted(item.payload(), had / 1_000, least / 1_000));
    }
  }
}
