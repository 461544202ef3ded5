package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatesTest {

  @Test
  void aSourceEndsOnce() {
    assertThat(after(SourceState.NEW)).containsExactly(SourceState.RUNNING, SourceState.CLOSED);
    assertThat(after(SourceState.RUNNING))
        .containsExactly(SourceState.DRAINING, SourceState.FAILED);
    assertThat(after(SourceState.DRAINING)).containsExactly(SourceState.CLOSED, SourceState.FAILED);
    assertThat(after(SourceState.CLOSED)).isEmpty();
    assertThat(after(SourceState.FAILED)).isEmpty();
  }

  @Test
  void aPartitionOnlyEverMovesTowardsItsEnd() {
    for (WorkerPhase from : WorkerPhase.values()) {
      for (WorkerPhase to : WorkerPhase.values()) {
        assertThat(from.canBecome(to)).isEqualTo(to.compareTo(from) > 0);
      }
    }
  }

  @Test
  void onlyAHaltedOrDroppedPartitionCallsNoApplicationCode() {
    assertThat(EnumSet.allOf(WorkerPhase.class).stream().filter(WorkerPhase::runsCallbacks))
        .containsExactly(
            WorkerPhase.ACTIVE,
            WorkerPhase.FINISHING_ACCEPTED,
            WorkerPhase.FINISHING_STARTED,
            WorkerPhase.STOPPED);
  }

  @Test
  void anEventIsCompletedOrTakenBackOnlyFromWhereSomebodyHasIt() {
    Set<EventPhase> sources =
        Stream.of(EventPhase.values())
            .filter(phase -> phase.canBecome(EventPhase.POSTED))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventPhase.class)));

    assertThat(sources)
        .containsExactly(
            EventPhase.HANDLING, EventPhase.AWAITED, EventPhase.QUEUED, EventPhase.PROCESSING);
  }

  @Test
  void nothingHappensToADroppedEvent() {
    assertThat(EventPhase.values()).noneMatch(EventPhase.DROPPED::canBecome);
  }

  private static Stream<SourceState> after(SourceState state) {
    return Stream.of(SourceState.values()).filter(state::canBecome);
  }
}
