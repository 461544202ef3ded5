package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
