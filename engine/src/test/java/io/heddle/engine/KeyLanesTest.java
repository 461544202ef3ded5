package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyLanesTest {
  private final Rig rig = new Rig();
  private final PartitionWorker worker =
      new PartitionWorker(Rig.partition(0), rig.source.engine(), new Floor());
  private final KeyLanes<String, Integer> lanes = new KeyLanes<>(rig.baton.newLock(), 2, 3);

  private @Nullable Lane<String, Integer> add(String key, int value) {
    Event event = new Event(worker, Rig.record(0, value, key), 0);
    return lanes.add(
        new Job<>(lanes, event, key, value, (context, k, v, failure) -> ExecutionState.COMPLETE));
  }

  private Lane<String, Integer> open(String key, int value) {
    Lane<String, Integer> lane = add(key, value);
    if (lane == null) {
      throw new AssertionError(key + " has a lane already");
    }
    return lane;
  }

  @Test
  void opensALaneForTheFirstJobOfAKeyOnly() {
    open("a", 1);

    assertThat(add("a", 2)).isNull();
    open("b", 3);
    assertThat(lanes.size()).isEqualTo(2);
  }

  @Test
  void closesALaneWithItsLastJobAndOpensAnother() {
    Lane<String, Integer> lane = open("a", 1);

    assertThat(lanes.advance(lane)).isFalse();
    assertThat(lanes.size()).isZero();
    assertThat(open("a", 2)).isNotSameAs(lane);
  }

  @Test
  void holdsAPartitionBackWhileAKeyHasTooManyJobs() {
    Lane<String, Integer> lane = open("a", 1);
    add("a", 2);
    add("a", 3);
    assertThat(worker.gate().pressure()).isNull();
    add("a", 4);
    add("a", 5);

    assertThat(worker.gate().pressure()).isEqualTo(PauseReason.KEY_QUEUE);
    lanes.advance(lane);
    lanes.advance(lane);
    assertThat(worker.gate().pressure()).isEqualTo(PauseReason.KEY_QUEUE);
    lanes.advance(lane);
    assertThat(worker.gate().pressure()).isNull();
  }

  @Test
  void holdsAPartitionBackWhileThereAreTooManyKeys() {
    List<Lane<String, Integer>> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      open.add(open("key" + i, i));
    }

    assertThat(worker.gate().pressure()).isEqualTo(PauseReason.KEY_TABLE);
    lanes.advance(open.get(0));
    lanes.advance(open.get(1));
    assertThat(worker.gate().pressure()).isEqualTo(PauseReason.KEY_TABLE);
    lanes.advance(open.get(2));
    assertThat(worker.gate().pressure()).isNull();
  }
}
