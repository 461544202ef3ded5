package io.heddle.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.EventSource;
import io.heddle.engine.SourceState;
import io.heddle.engine.store.OrderedStore;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;

/**
 * A transaction's offsets are committed, and the marker in the change log is still on its way when
 * the member crashes: whoever is next has to wait for it.
 */
class RestoreTest {

  @Test
  void aStoreIsRestoredUpToTheHighWatermark() throws Exception {
    Move move = new Move(isolation -> isolation);
    move.run();

    assertThat(move.app.texts).containsExactly("1", "12", "123");
    assertThat(move.app.heard)
        .containsExactly(
            "m1 paused RESTORING",
            "m1 restored 0",
            "m1 activated",
            "m2 paused RESTORING",
            "the marker arrives",
            "m2 restored 2",
            "m2 activated");
  }

  @Test
  void upToTheLastStableOffsetAChangeWouldBeMissed() throws Exception {
    Move planted = new Move(isolation -> IsolationLevel.READ_COMMITTED);
    planted.run();

    assertThat(planted.app.texts).containsExactly("1", "12", "13");
    assertThat(planted.app.heard).endsWith("m2 restored 1", "m2 activated", "the marker arrives");
  }

  @Test
  void aMemberThatRestoresCanBeStopped() throws Exception {
    Move move = new Move(isolation -> isolation);
    move.runUntilStoppedWhileRestoring();

    assertThat(move.app.heard)
        .containsExactly(
            "m1 paused RESTORING",
            "m1 restored 0",
            "m1 activated",
            "m2 paused RESTORING",
            "m2 closed Optional.empty");
  }

  @Test
  void aPartitionCanBeGivenAwayWhileItsStoreIsRestored() throws Exception {
    Move move = new Move(isolation -> isolation);
    move.runWithAnotherMember();

    assertThat(move.app.texts).containsExactly("1", "12", "123");
    assertThat(move.app.heard)
        .contains("m2 paused RESTORING", "m3 paused RESTORING")
        .endsWith("the marker arrives", "m3 restored 2", "m3 activated")
        .doesNotContain("m2 activated");
  }

  /** A partition's way from one member to the next. */
  private static final class Move {
    private final OneKey app;

    Move(UnaryOperator<IsolationLevel> tailIsolation) {
      app = new OneKey(tailIsolation, partition -> OrderedStore.inMemory());
    }

    void run() throws Exception {
      app.run(
          () -> {
            crashWithAMarkerOnItsWay();
            app.start(app.kafka.process("m2"));
            app.kafka.simulation().sleep(Duration.ofSeconds(20).toNanos());
            finish();
          });
    }

    void runUntilStoppedWhileRestoring() throws Exception {
      app.run(
          () -> {
            crashWithAMarkerOnItsWay();
            app.start(app.kafka.process("m2"));
            app.await(() -> app.heard.contains("m2 paused RESTORING"));
            EventSource source = app.source("m2");
            var unused = source.stop();
            app.await(() -> source.state() == SourceState.CLOSED);
            app.heard.add("m2 closed " + source.failure());
          });
    }

    void runWithAnotherMember() throws Exception {
      app.run(
          () -> {
            crashWithAMarkerOnItsWay();
            app.start(app.kafka.process("m2"));
            app.await(() -> app.heard.contains("m2 paused RESTORING"));
            app.start(app.kafka.process("m3"));
            app.kafka.simulation().sleep(Duration.ofSeconds(5).toNanos());
            // The only partition goes to the other one.
            var unused = app.source("m2").stop();
            app.await(() -> app.heard.contains("m3 paused RESTORING"));
            app.kafka.simulation().sleep(Duration.ofSeconds(2).toNanos());
            finish();
          });
    }

    private void finish() {
      app.heard.add("the marker arrives");
      app.kafka.cluster().operations().releaseMarkers();
      app.await(() -> app.isCommitted(3));
    }

    private void crashWithAMarkerOnItsWay() {
      app.start(app.kafka.process("m1"));
      app.send("1");
      app.await(() -> app.isCommitted(1));
      app.kafka
          .cluster()
          .operations()
          .delayMarkers(log -> log.topic().equals(OneKey.CHANGES) ? Long.MAX_VALUE : 0);
      app.send("2");
      app.await(() -> app.isCommitted(2));
      app.kafka.crash("m1");
      app.send("3");
    }
  }
}
