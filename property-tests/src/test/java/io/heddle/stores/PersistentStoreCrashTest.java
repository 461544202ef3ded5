package io.heddle.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.store.OrderedStore;
import io.heddle.engine.store.OrderedTable;
import io.heddle.stores.OnDisk.Delivery;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A member with a store in a file crashes once, at each of many points, and starts again: in the
 * end file and change log are as if it had not. With a store that has a mistake they are not.
 */
class PersistentStoreCrashTest {
  private static final String[] SENT = {
    "d1", "a1", "b1", "e1", "a2", "b-", "f1", "a3", "b2", "g1", "b3", "a4"
  };
  private static final Map<String, String> EXPECTED =
      Map.of("a", "1234", "b", "23", "d", "1", "e", "1", "f", "1", "g", "1");

  private static final int BETWEEN_MS = 150;
  private static final int TIMES = 20;
  private static final int WRITES = 6;
  private static final int NEVER = -1;

  /** When, beside the write of a batch, the process dies. */
  private enum Moment {
    BEFORE,
    IN_THE_MIDST,
    AFTER
  }

  @TempDir private Path directory = Path.of("");

  /**
   * Where the member crashes: at one of so many times, or at one of its writes.
   *
   * @param write counted from one
   */
  private record Crash(int time, int write, Moment moment) {
    /** How long after this record, if not longer than till the next one. */
    int millisAfter(int number) {
      return time != NEVER && time % (SENT.length - 2) == number
          ? time * 37 % BETWEEN_MS
          : BETWEEN_MS;
    }
  }

  /** What came of a run. */
  private record Outcome(String crash, boolean right, String found, List<String> heard) {}

  @ParameterizedTest
  @EnumSource
  void aCrashChangesNothing(Delivery delivery) throws Exception {
    List<Outcome> outcomes = crashes(delivery, OrderedStore::on);

    assertThat(outcomes).hasSize(TIMES + 3 * WRITES).allMatch(Outcome::right);
    List<Integer> tails = outcomes.stream().map(PersistentStoreCrashTest::tail).toList();
    // A batch was missing, and that was read again; with none missing, nothing was.
    assertThat(tails).contains(0).anyMatch(tail -> tail > 0).allMatch(tail -> tail < SENT.length);
  }

  /** How many changes the second life has read. */
  private static int tail(Outcome outcome) {
    String last = outcome.heard().get(outcome.heard().size() - 1);
    return Integer.parseInt(last.substring("m1 restored ".length()));
  }

  @ParameterizedTest
  @EnumSource
  void aStoreThatSaysThatItIsFurtherThanItIsLosesAChange(Delivery delivery) throws Exception {
    assertThat(
            crashes(
                delivery,
                table ->
                    new ForwardingTableStore(table) {
                      @Override
                      public void write(ChangeLogPlace place) throws Exception {
                        super.write(
                            new ChangeLogPlace(place.topicId(), place.offset() + 1, place.time()));
                      }
                    }))
        .last()
        .matches(outcome -> !outcome.right());
  }

  @ParameterizedTest
  @EnumSource
  void aStoreThatWritesBeforeTheCommitHasWhatNobodyElseHas(Delivery delivery) throws Exception {
    assertThat(
            crashes(
                delivery,
                table ->
                    new ForwardingTableStore(table) {
                      private ChangeLogPlace last =
                          new ChangeLogPlace(Optional.empty(), 0, Instant.EPOCH);

                      @Override
                      public void write(ChangeLogPlace place) throws Exception {
                        super.write(place);
                        last = place;
                      }

                      @Override
                      public void keep(long position) {
                        super.keep(position);
                        super.commit(Long.MAX_VALUE);
                        try {
                          super.write(last);
                        } catch (RuntimeException e) {
                          throw e;
                        } catch (Exception e) {
                          throw new AssertionError(e);
                        }
                      }
                    }))
        .last()
        .matches(outcome -> !outcome.right());
  }

  @ParameterizedTest
  @EnumSource
  void aStoreThatWritesThePlaceBeforeTheChangesLosesSome(Delivery delivery) throws Exception {
    assertThat(
            crashes(
                delivery,
                table ->
                    OrderedStore.on(
                        new ForwardingTable(table) {
                          @Override
                          public void write(
                              NavigableMap<byte[], byte @Nullable []> changes, ChangeLogPlace place)
                              throws IOException {
                            super.write(new TreeMap<>(Arrays::compareUnsigned), place);
                            super.write(changes, place);
                          }
                        })))
        .last()
        .matches(outcome -> !outcome.right());
  }

  /** What came of each crash, up to the first that left traces. */
  private List<Outcome> crashes(Delivery delivery, Function<OrderedTable, OrderedStore> stores)
      throws Exception {
    List<Crash> crashes = new ArrayList<>();
    for (Moment moment : Moment.values()) {
      for (int write = 1; write <= WRITES; write++) {
        crashes.add(new Crash(NEVER, write, moment));
      }
    }
    for (int time = 0; time < TIMES; time++) {
      crashes.add(new Crash(time, NEVER, Moment.BEFORE));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Crash crash : crashes) {
      Outcome outcome = new Run(delivery, stores, crash).run();
      outcomes.add(outcome);
      if (!outcome.right()) {
        return outcomes;
      }
    }
    return outcomes;
  }

  /** One member with one crash. */
  private final class Run {
    private final Crash crash;
    private final OnDisk app;
    private int writes;

    Run(Delivery delivery, Function<OrderedTable, OrderedStore> stores, Crash crash) {
      this.crash = crash;
      this.app =
          new OnDisk(
              17,
              delivery,
              directory.resolve(crash.toString()),
              (table, member) -> stores.apply(new Crashing(table)));
    }

    Outcome run() throws Exception {
      List<String> found = new ArrayList<>();
      app.run(
          () -> {
            app.start("m1");
            app.await(() -> app.heard.size() == 1 || app.isCrashed("m1"));
            for (int number = 0; number < SENT.length; number++) {
              app.send(SENT[number]);
              int until = crash.millisAfter(number);
              app.sleep(Duration.ofMillis(until));
              if (until < BETWEEN_MS) {
                app.crash("m1");
              }
              app.sleep(Duration.ofMillis(BETWEEN_MS - until));
            }
            app.await(() -> app.isCrashed("m1"));
            app.start("m1");
            app.awaitAll();
            app.stop("m1");
            found.add(app.inLog() + " in the log, " + app.onDisk("m1") + " on the disk");
          });
      String expected =
          new TreeMap<>(EXPECTED) + " in the log, " + new TreeMap<>(EXPECTED) + " on the disk";
      return new Outcome(
          crash.toString(), found.equals(List.of(expected)), found.get(0), app.heard);
    }

    /** The table of a process that dies at a write. */
    private final class Crashing extends ForwardingTable {
      Crashing(OrderedTable table) {
        super(table);
      }

      @Override
      public void write(NavigableMap<byte[], byte @Nullable []> changes, ChangeLogPlace place)
          throws IOException {
        writes++;
        if (writes == crash.write() && crash.moment() == Moment.BEFORE) {
          die();
        }
        super.write(changes, place);
        if (writes == crash.write()) {
          if (crash.moment() == Moment.IN_THE_MIDST) {
            try (FileChannel file = FileChannel.open(app.path("m1"), StandardOpenOption.WRITE)) {
              var unused = file.truncate(file.size() - 3);
            }
          }
          die();
        }
      }

      private void die() {
        app.crash("m1");
        // Ends this thread, too.
        app.sleep(Duration.ofMillis(1));
        throw new AssertionError("it goes on although it has crashed");
      }
    }
  }
}
