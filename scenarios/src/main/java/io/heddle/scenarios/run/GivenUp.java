package io.heddle.scenarios.run;

import io.heddle.simulator.check.Observer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one member whose last attempt failed, until the engine says that it leaves them
 * out: then they are complete. Thread-safe.
 */
final class GivenUp {
  private record Place(TopicPartition partition, long offset) {}

  private final Consumer<Item> leftOut;
  private final DeadLetters letters;
  // Only looked up.
  private final Map<Place, Item> failed = new ConcurrentHashMap<>();

  /**
   * @param leftOut told of each record that is complete without having succeeded
   */
  GivenUp(Consumer<Item> leftOut, DeadLetters letters) {
    this.leftOut = leftOut;
    this.letters = letters;
  }

  /** Such records are complete for those who watch. */
  static GivenUp told(
      Observer observer, MemberSurroundings.Outcomes outcomes, DeadLetters letters) {
    return new GivenUp(
        item -> {
          observer.completed(item.input(), item.key());
          outcomes.completed(item.input(), item.payload());
          item.leaves();
        },
        letters);
  }

  /** An attempt failed. */
  void failed(Item item) {
    failed.put(place(item), item);
  }

  /** An attempt succeeded, or the record is complete by itself. */
  void recovered(Item item) {
    letters.recovered(item.input());
    if (!failed.isEmpty()) {
      failed.remove(place(item));
    }
  }

  private static Place place(Item item) {
    return new Place(
        new TopicPartition(item.input().topic(), item.input().partition()), item.input().offset());
  }

  /** The engine leaves the record out. */
  void skipped(TopicPartition partition, long offset) {
    Item item = failed.remove(new Place(partition, offset));
    if (item != null) {
      leftOut.accept(item);
    }
  }

  /** The engine sends the record to where dead letters go. */
  void deadLettered(TopicPartition partition, long offset) {
    Item item = failed.remove(new Place(partition, offset));
    if (item != null) {
      letters.told(item.input());
      leftOut.accept(item);
    }
  }
}
