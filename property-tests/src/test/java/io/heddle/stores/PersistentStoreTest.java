package io.heddle.stores;

import static io.heddle.stores.OnDisk.Delivery.AT_LEAST_ONCE;
import static io.heddle.stores.OnDisk.Delivery.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.EventSource;
import io.heddle.engine.store.OrderedStore;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.stores.OnDisk.Delivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store in a file, on the simulated Kafka: what is read of its change log, and what it has. */
class PersistentStoreTest {
  @TempDir private Path directory = Path.of("");

  private OnDisk app(Delivery delivery) {
    return new OnDisk(11, delivery, directory, (table, member) -> OrderedStore.on(table));
  }

  @ParameterizedTest
  @EnumSource
  void afterAnOrderlyStopNothingIsReadAgain(Delivery delivery) throws Exception {
    OnDisk app = app(delivery);
    app.run(
        () -> {
          app.start("m1");
          app.send("a1", "b1", "a2");
          app.awaitAll();
          app.stop("m1");
          assertThat(app.onDisk("m1")).containsExactly(entry("a", "12"), entry("b", "1"));
          app.start("m1");
          app.send("a3", "b-");
          app.awaitAll();
          app.stop("m1");
          assertThat(app.onDisk("m1")).containsExactly(entry("a", "123")).isEqualTo(app.inLog());
        });

    assertThat(app.heard).containsExactly("m1 restored 0", "m1 restored 0");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenByTheCommitIsNotReadAgainAfterACrash(Delivery delivery) throws Exception {
    OnDisk app = app(delivery);
    app.run(
        () -> {
          app.start("m1");
          app.send("a1", "b1", "a2");
          app.awaitAll();
          app.sleep(Duration.ofSeconds(1));
          app.crash("m1");
          assertThat(app.onDisk("m1")).containsExactly(entry("a", "12"), entry("b", "1"));
          app.start("m1");
          app.send("a3");
          app.awaitAll();
        });

    assertThat(app.heard).containsExactly("m1 restored 0", "m1 restored 0");
    assertThat(app.onDisk("m1")).containsExactly(entry("a", "123"), entry("b", "1"));
  }

  @ParameterizedTest
  @EnumSource
  void aMemberThatComesBackReadsWhatOthersHaveDoneMeanwhile(Delivery delivery) throws Exception {
    OnDisk app = app(delivery);
    app.run(
        () -> {
          app.start("m1");
          app.send("a1", "b1", "c1");
          app.awaitAll();
          app.stop("m1");
          app.start("m2");
          app.send("a2", "b-");
          app.awaitAll();
          app.stop("m2");
          app.start("m1");
          app.send("a3");
          app.awaitAll();
        });

    assertThat(app.heard).containsExactly("m1 restored 0", "m2 restored 3", "m1 restored 2");
    assertThat(app.onDisk("m1")).containsExactly(entry("a", "123"), entry("c", "1"));
    assertThat(app.onDisk("m2")).containsExactly(entry("a", "12"), entry("c", "1"));
  }

  @ParameterizedTest
  @EnumSource
  void aPartitionThatIsGivenAwayAndComesBackIsOpenOnce(Delivery delivery) throws Exception {
    OnDisk app = app(delivery);
    app.run(
        () -> {
          app.start("m1");
          app.send("a1", "a2");
          app.awaitAll();
          for (int round = 3; round < 9; round++) {
            // All partitions are revoked, and the only one comes back at once, or goes to m2.
            if (round == 5) {
              app.start("m2");
            }
            boolean unused = app.kafka.forceRebalance("app");
            // Until the heartbeats say so.
            app.sleep(Duration.ofSeconds(4));
            app.send("a" + round);
            app.awaitAll();
          }
          assertThat(app.inLog()).containsExactly(entry("a", "12345678"));
        });

    assertThat(app.heard).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @EnumSource
  void aPartitionThatComesBackBeforeItsStoreIsClosedWaitsForThat(Delivery delivery)
      throws Exception {
    OnDisk app = app(delivery);
    app.run(
        () -> {
          app.start("m1");
          app.send("a1");
          app.awaitAll();
          // Longer than the drain may take.
          app.send("a~", "a2");
          app.sleep(Duration.ofSeconds(1));
          assertThat(app.kafka.forceRebalance("app")).isTrue();
          app.awaitAll();
          assertThat(app.inLog()).containsExactly(entry("a", "12"));
        });

    assertThat(app.heard).containsExactly("m1 restored 0", "m1 restored 0");
  }

  @Test
  void aProducerThatHearsOfNoOffsetsIsRefused() throws Exception {
    OnDisk app =
        app(AT_LEAST_ONCE).withProducer(Map.of("acks", "0", "enable.idempotence", "false"));
    app.run(
        () -> {
          app.start("m1");
          EventSource source = app.source("m1");
          app.send("a1");
          app.sleep(Duration.ofSeconds(10));
          assertThat(source.failure().orElseThrow())
              .hasStackTraceContaining(
                  "a persistent store needs the offsets of its changes, which acks=0 does not"
                      + " tell");
          app.crash("m1");
        });
  }

  @ParameterizedTest
  @EnumSource
  void aLogThatWasMadeAnewIsReadFromTheBeginning(Delivery delivery) throws Exception {
    OnDisk app = app(delivery);
    app.run(() -> makeTheLogAnew(app));

    assertThat(app.heard).hasSize(4);
    assertThat(app.heard.get(2)).startsWith("m1 discarded: the change log was made anew: its id");
    assertThat(app.heard.get(3)).isEqualTo("m1 restored 4");
    assertThat(app.onDisk("m1")).containsExactly(entry("c", "12345"));
  }

  @Test
  void aStoreThatKeepsWhatItHadOfAnotherLogIsFound() throws Exception {
    OnDisk app =
        new OnDisk(
            11,
            EXACTLY_ONCE,
            directory,
            (table, member) ->
                new ForwardingTableStore(table) {
                  @Override
                  public void reset() {
                    // As if that were enough.
                  }
                });
    app.run(() -> makeTheLogAnew(app));

    assertThat(app.onDisk("m1")).containsKeys("a", "b");
  }

  private static void makeTheLogAnew(OnDisk app) {
    app.start("m1");
    app.send("a1", "b1");
    app.awaitAll();
    app.stop("m1");
    app.deleteLog();
    app.createLog();
    app.start("m2");
    // As long as the old one at least, so that the place is one of it.
    app.send("c1", "c2", "c3", "c4");
    app.awaitAll();
    app.stop("m2");
    app.start("m1");
    app.send("c5");
    app.awaitAll();
  }

  @Test
  void aLogThatEndsBeforeThePlaceIsReadFromTheBeginning() throws Exception {
    OnDisk app = app(EXACTLY_ONCE).withoutAdmins();
    app.run(
        () -> {
          app.start("m1");
          app.send("a1", "b1");
          app.awaitAll();
          app.stop("m1");
          app.deleteLog();
          app.createLog();
          app.start("m1");
          app.send("c1");
          app.awaitAll();
        });

    assertThat(app.heard).hasSize(3).startsWith("m1 restored 0").endsWith("m1 restored 0");
    assertThat(app.heard.get(1))
        .startsWith("m1 discarded: the change log ends at 0, before the store's place ");
    assertThat(app.onDisk("m1")).containsExactly(entry("c", "1"));
  }

  @Test
  void aLogThatWasCutWhileTheStoreWasOpenIsReadFromTheBeginning() throws Exception {
    OnDisk app = app(AT_LEAST_ONCE).withoutAdmins();
    app.run(
        () -> {
          app.start("m1");
          app.send("a1");
          app.awaitAll();
          app.send("b1", "c1");
          app.awaitAll();
          long unused = app.kafka.cluster().operations().truncate(OnDisk.LOG, 1, 0);
          app.send("d1", "d2", "d3");
          app.awaitAll();
          app.stop("m1");
          app.start("m1");
          app.send("d4");
          app.awaitAll();
        });

    assertThat(app.heard)
        .containsExactly(
            "m1 restored 0",
            "m1 discarded: the change log was cut while the store was open",
            "m1 restored 4");
    assertThat(app.onDisk("m1")).containsExactly(entry("a", "1"), entry("d", "1234"));
  }

  @Test
  void aLogThatBeginsBehindThePlaceIsReadFromTheBeginning() throws Exception {
    OnDisk app = app(AT_LEAST_ONCE);
    app.run(
        () -> {
          app.start("m1");
          app.send("a1", "b1");
          app.awaitAll();
          app.stop("m1");
          app.start("m2");
          app.send("c1", "c2");
          app.awaitAll();
          app.stop("m2");
          assertThat(app.kafka.cluster().operations().deleteRecords(OnDisk.LOG, 3)).isTrue();
          app.start("m1");
          app.await(() -> app.heard.contains("m1 restored 1"));
        });

    assertThat(app.heard)
        .endsWith(
            "m1 discarded: the change log begins at 3, behind the store's place 2",
            "m1 restored 1");
    assertThat(app.onDisk("m1")).containsExactly(entry("c", "12"));
  }

  @Test
  void aPlaceThatIsOlderThanATombstoneMayGetIsNotTrusted() throws Exception {
    OnDisk app = app(EXACTLY_ONCE).withTombstonesKeptFor(Duration.ofMinutes(1));
    app.run(() -> deleteUnseen(app));

    assertThat(app.heard.get(2))
        .startsWith("m1 discarded: the store's place is of ")
        .endsWith("a deletion can be gone from the change log after PT1M");
    assertThat(app.onDisk("m1")).containsExactly(entry("b", "12"));
  }

  @Test
  void withAPlaceThatIsTrustedForTooLongADeletionIsMissed() throws Exception {
    List<SimulatedProcess> processes = new ArrayList<>();
    OnDisk app =
        new OnDisk(
                11,
                EXACTLY_ONCE,
                directory,
                (table, member) ->
                    new ForwardingTableStore(table) {
                      @Override
                      public Optional<ChangeLogPlace> place() {
                        return super.place()
                            .map(
                                place ->
                                    new ChangeLogPlace(
                                        place.topicId(),
                                        place.offset(),
                                        processes.get(0).runtime().clock().instant()));
                      }
                    })
            .withTombstonesKeptFor(Duration.ofMinutes(1));
    processes.add(app.kafka.process("m1"));
    app.run(() -> deleteUnseen(app));

    assertThat(app.heard).noneMatch(line -> line.contains("discarded"));
    assertThat(app.onDisk("m1")).containsExactly(entry("a", "1"), entry("b", "12"));
  }

  /** Has a text of m1 deleted by m2, and the tombstone taken out before m1 is back. */
  static void deleteUnseen(OnDisk app) {
    app.start("m1");
    app.send("a1", "b1");
    app.awaitAll();
    app.stop("m1");
    app.start("m2");
    app.send("a-");
    app.awaitAll();
    assertThat(app.kafka.cluster().operations().compact(OnDisk.LOG)).isTrue();
    app.sleep(Duration.ofMinutes(2));
    app.send("b2");
    app.awaitAll();
    app.stop("m2");
    assertThat(app.kafka.cluster().operations().compact(OnDisk.LOG)).isTrue();
    int before = app.heard.size();
    app.start("m1");
    app.await(
        () ->
            app.heard.size() > before && app.heard.get(app.heard.size() - 1).contains("restored"));
    app.stop("m1");
    assertThat(app.inLog()).isEqualTo(Map.of("b", "12"));
  }
}
