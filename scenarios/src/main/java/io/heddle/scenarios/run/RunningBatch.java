package io.heddle.scenarios.run;

import io.heddle.engine.BatchItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A batch that runs. It works on all of its keys for as long as it does: on the records of a key
 * one after the other as soon as it starts, and on the last of them to its end. A record whose
 * items are in several batches is worked on in each of them.
 */
final class RunningBatch {
  private final Map<String, Item> open = new LinkedHashMap<>();
  private final Consumer<Item> begin;
  private final Consumer<Item> end;

  private RunningBatch(Consumer<Item> begin, Consumer<Item> end) {
    this.begin = begin;
    this.end = end;
  }

  /** Begins to work on all records, in order. */
  static RunningBatch start(
      List<BatchItem<String, Item>> batch, Consumer<Item> begin, Consumer<Item> end) {
    RunningBatch running = new RunningBatch(begin, end);
    batch.forEach(part -> running.begin(part.value()));
    return running;
  }

  private void begin(Item item) {
    Item before = open.put(item.input().topic() + "|" + item.key(), item);
    if (before == item) {
      return;
    }
    if (before != null) {
      end.accept(before);
    }
    begin.accept(item);
  }

  /** Ends the work on the last record of each key. */
  void end() {
    open.values().forEach(end);
  }
}
