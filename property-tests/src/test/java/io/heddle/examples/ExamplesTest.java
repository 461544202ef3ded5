package io.heddle.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.BatchItem;
import io.heddle.engine.codec.Codecs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The samples, each as two members on the simulated Kafka, which crash, come back and are
 * rebalanced: nothing is lost, calls of a key come in its order, and stores are as if nothing had
 * happened.
 */
class ExamplesTest {
  /** Each notice was called for, and each key's first calls in the order of sending. */
  private static void assertOrderAndThatNothingIsLost(Rehearsal rehearsal) {
    for (String key : Rehearsal.keys()) {
      Set<String> firsts = new LinkedHashSet<>();
      rehearsal.made().stream()
          .filter(call -> call.key().equals(key))
          .forEach(call -> firsts.add(call.text()));
      assertThat(List.copyOf(firsts)).as(key).isEqualTo(Rehearsal.sentOf(key));
    }
    assertThat(rehearsal.crashesWithWork()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theNaiveSampleCallsForEveryEvent(long seed) throws Exception {
    Rehearsal rehearsal =
        Rehearsal.disturbed(
            seed,
            List.of(),
            (clients, runtime, member, calls) ->
                new NaiveAsync(calls.runtime().executor("calls", 16), calls::call)
                    .source(clients, runtime));

    Set<String> called = new TreeSet<>();
    rehearsal.made().forEach(call -> called.add(call.text()));
    assertThat(called).hasSize(Rehearsal.NOTICES);
    assertThat(rehearsal.crashesWithWork()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSchedulerSampleCountsEachEventOnceAndCallsInOrder(long seed) throws Exception {
    Rehearsal.Application application =
        (clients, runtime, member, calls) ->
            new NotifyExternalSystems(clients, runtime, member, (key, notice) -> calls.call(notice))
                .source();
    Rehearsal rehearsal = Rehearsal.disturbed(seed, List.of("notice-counts"), application);

    assertOrderAndThatNothingIsLost(rehearsal);
    Map<String, Long> counts = new TreeMap<>();
    rehearsal
        .stored("notice-counts")
        .forEach((key, value) -> counts.put(key, Codecs.sortableLongs().decode(value)));
    assertThat(counts.keySet()).containsExactlyElementsOf(Rehearsal.keys());
    assertThat(counts)
        .allSatisfy((key, count) -> assertThat(count).isEqualTo(Rehearsal.sentOf(key).size()));
  }

  /** A database that knows something of every key. */
  private static Database database(Rehearsal.Calls calls, List<String> reads) {
    return new Database() {
      @Override
      public String read(String key) {
        calls.runtime().sleep(30_000_000);
        reads.add(key);
        return "seed of " + key;
      }

      @Override
      public void write(String key, String text) {
        calls.call(new Notice(key, text));
      }
    };
  }

  private static Map<String, String> seededAndApplied(String separator) {
    Map<String, String> expected = new TreeMap<>();
    for (String key : Rehearsal.keys()) {
      expected.put(key, separator + "," + String.join(",", Rehearsal.sentOf(key)));
    }
    return expected;
  }

  private static Map<String, String> seeded() {
    Map<String, String> expected = seededAndApplied("");
    expected.replaceAll((key, texts) -> "seed of " + key + texts);
    return expected;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theMigratingSampleSeedsTheStoreOnceAndAppliesEachEventOnce(long seed) throws Exception {
    List<String> reads = new ArrayList<>();
    Rehearsal.Application application =
        (clients, runtime, member, calls) ->
            new MigrateFromDatabase(clients, runtime, member, database(calls, reads)).source();
    Rehearsal rehearsal = Rehearsal.disturbed(seed, List.of("notice-texts"), application);
    Rehearsal quiet = Rehearsal.quiet(seed, List.of("notice-texts"), application);

    assertThat(rehearsal.crashesWithWork()).isEqualTo(3);
    assertThat(rehearsal.storedTexts("notice-texts"))
        .isEqualTo(seeded())
        .isEqualTo(quiet.storedTexts("notice-texts"));
    assertThat(reads).containsAll(Rehearsal.keys()).hasSizeLessThan(Rehearsal.NOTICES);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theChainedSampleAppliesEachEventOnceAndWritesBackInOrder(long seed) throws Exception {
    List<String> reads = new ArrayList<>();
    Rehearsal.Application application =
        (clients, runtime, member, calls) ->
            new DualWrite(clients, runtime, member, database(calls, reads)).source();
    Rehearsal rehearsal =
        Rehearsal.disturbed(seed, List.of("notice-texts", "notice-changes"), application);
    Rehearsal quiet = Rehearsal.quiet(seed, List.of("notice-texts", "notice-changes"), application);

    assertOrderAndThatNothingIsLost(rehearsal);
    assertThat(rehearsal.storedTexts("notice-texts"))
        .isEqualTo(seeded())
        .isEqualTo(quiet.storedTexts("notice-texts"));
    // What was forwarded last of each key is what the store has.
    assertThat(rehearsal.storedTexts("notice-changes")).isEqualTo(seeded());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theBatcherSampleWritesEachKeyInOrderAndAppliesEachEventOnce(long seed) throws Exception {
    List<Integer> sizes = new ArrayList<>();
    Rehearsal.Application application =
        (clients, runtime, member, calls) ->
            new BatchWrites(
                    clients,
                    runtime,
                    member,
                    items -> {
                      sizes.add(items.size());
                      items.forEach(item -> calls.call(new Notice(item.key(), item.value())));
                    })
                .source();
    Rehearsal rehearsal = Rehearsal.disturbed(seed, List.of("notice-texts"), application);

    assertOrderAndThatNothingIsLost(rehearsal);
    assertThat(rehearsal.storedTexts("notice-texts")).isEqualTo(seededAndApplied(""));
    assertThat(sizes).allMatch(size -> size <= 50).anyMatch(size -> size > 1);
  }

  /** A system that fails every write for a while, and then only those that it has not seen. */
  private static final class Flaky {
    private final Set<String> written = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>();

    void write(List<BatchItem<String, String>> items, Rehearsal.Calls calls) {
      calls.runtime().sleep(5_000_000);
      for (BatchItem<String, String> item : items) {
        boolean down = calls.runtime().simulation().nanoTime() < 3_000_000_000L;
        if (down || (item.value().endsWith("3") && refused.add(item.value()))) {
          refused.add(item.value());
          item.setError(new IllegalStateException("not now"));
        } else {
          written.add(item.value());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theRetryingSampleRecordsFailedWritesAndTriesThemUntilTheySucceed(long seed)
      throws Exception {
    Flaky flaky = new Flaky();
    Rehearsal rehearsal =
        Rehearsal.disturbedUntil(
            seed,
            List.of("failed-writes"),
            (clients, runtime, member, calls) ->
                new RetriedBatchWrites(clients, runtime, member, items -> flaky.write(items, calls))
                    .source(),
            () -> flaky.written.size() == Rehearsal.NOTICES);

    assertThat(rehearsal.crashesWithWork()).isEqualTo(3);
    assertThat(flaky.refused).hasSizeGreaterThan(24);
    assertThat(flaky.written).hasSize(Rehearsal.NOTICES);
    assertThat(rehearsal.stored("failed-writes")).isEmpty();
  }
}
