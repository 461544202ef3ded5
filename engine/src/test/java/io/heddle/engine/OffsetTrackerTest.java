package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
  private final OffsetTracker<String> tracker = new OffsetTracker<>(String[]::new);

  @Test
  void hasNothingToCommitBeforeAnythingIsComplete() {
    tracker.append(5, 1, "a");

    assertThat(tracker.hasCommittable()).isFalse();
    assertThat(tracker.oldest()).isEqualTo("a");
  }

  @Test
  void commitsOnlyTheContiguousPrefixWithTheEpochOfItsLastRecord() {
    long a = tracker.append(5, 1, "a");
    long b = tracker.append(6, 2, "b");
    long c = tracker.append(7, 3, "c");

    tracker.complete(c);
    assertThat(tracker.hasCommittable()).isFalse();
    tracker.complete(a);
    assertThat(tracker.committableOffset()).isEqualTo(6);
    assertThat(tracker.committableEpoch()).isEqualTo(1);
    assertThat(tracker.oldest()).isEqualTo("b");
    tracker.complete(b);
    assertThat(tracker.committableOffset()).isEqualTo(8);
    assertThat(tracker.committableEpoch()).isEqualTo(3);
    assertThat(tracker.oldest()).isNull();
  }

  @Test
  void stepsOverGapsInTheLogWithoutReachingIntoThem() {
    long a = tracker.append(5, 1, "a");
    long b = tracker.append(9, 1, "b");

    tracker.complete(a);
    assertThat(tracker.committableOffset()).isEqualTo(6);
    tracker.complete(b);
    assertThat(tracker.committableOffset()).isEqualTo(10);
  }

  @Test
  void followsThePositionOverTheEndOnlyOnceAllBeforeItIsComplete() {
    long a = tracker.append(5, 1, "a");
    tracker.skipTo(8, 2);

    assertThat(tracker.hasCommittable()).isFalse();
    tracker.complete(a);
    assertThat(tracker.committableOffset()).isEqualTo(8);
    assertThat(tracker.committableEpoch()).isEqualTo(2);
  }

  @Test
  void forgetsAPositionThatRecordsHaveOvertaken() {
    long a = tracker.append(5, 1, "a");
    tracker.skipTo(8, 1);
    tracker.append(8, 1, "b");

    tracker.complete(a);

    assertThat(tracker.committableOffset()).isEqualTo(6);
  }

  @Test
  void refusesToCompleteAPlaceTwice() {
    long a = tracker.append(5, 1, "a");
    tracker.append(6, 1, "b");
    tracker.complete(a);

    assertThatThrownBy(() -> tracker.complete(a)).isInstanceOf(AssertionError.class);
  }

  @Test
  void agreesWithTheModelOnManyRandomSequences() {
    for (int seed = 0; seed < 500; seed++) {
      agreesWithTheModel(seed);
    }
  }

  private static void agreesWithTheModel(int seed) {
    Random random = new Random(seed);
    OffsetTracker<Entry> tracker = new OffsetTracker<>(Entry[]::new);
    List<Entry> all = new ArrayList<>();
    List<Entry> pending = new ArrayList<>();
    long offset = random.nextInt(100);
    int bias = 1 + random.nextInt(9);
    for (int step = 0; step < 600; step++) {
      if (pending.isEmpty() || random.nextInt(10) < bias) {
        Entry entry = new Entry(offset, random.nextInt(3));
        entry.place = tracker.append(offset, entry.epoch, entry);
        all.add(entry);
        pending.add(entry);
        offset += 1 + (random.nextInt(4) == 0 ? random.nextInt(5) : 0);
      } else {
        Entry entry = pending.remove(random.nextInt(pending.size()));
        entry.complete = true;
        tracker.complete(entry.place);
      }
      compare(tracker, all, seed);
    }
  }

  /** The model: look at everything from the start until the first that is not complete. */
  private static void compare(OffsetTracker<Entry> tracker, List<Entry> all, int seed) {
    Entry last = null;
    Entry oldest = null;
    for (Entry entry : all) {
      if (!entry.complete) {
        oldest = entry;
        break;
      }
      last = entry;
    }
    long expected = last == null ? -1 : last.offset + 1;
    int epoch = last == null ? OffsetTracker.NO_EPOCH : last.epoch;
    assertThat(tracker.committableOffset()).as("seed %d", seed).isEqualTo(expected);
    assertThat(tracker.committableEpoch()).as("seed %d", seed).isEqualTo(epoch);
    assertThat((@Nullable Object) tracker.oldest()).as("seed %d", seed).isSameAs(oldest);
  }

  private static final class Entry {
    private final long offset;
    private final int epoch;
    private long place;
    private boolean complete;

    Entry(long offset, int epoch) {
      this.offset = offset;
      this.epoch = epoch;
    }
  }
}
