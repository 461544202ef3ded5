package io.heddle.engine;

import static io.heddle.engine.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.state.ActionChain;
import org.jspecify.annotations.Nullable;

/** What waits for a batch against one list of places, searched from the front. */
class BatchQueueModelTest {
  private static final int BATCH = 3;
  private static final int SLOTS = 2;
  private static final long DELAY_NANOS = 10;

  private enum Mistake {
    NONE,
    TAKES_KEYS_THAT_RUN,
    TELLS_OF_EVENTS_OUT_OF_ORDER,
    WAITS_A_LITTLE_LONGER
  }

  /** A place in the queue of a key: an item, or one of an event that has none. */
  private record Place(String key, int event, boolean empty, long sinceNanos) {}

  /** An event that is not over: how many of its places are left, and its key. */
  private static final class Open {
    private final int number;
    private final String key;
    private int left;

    Open(int number, String key, int left) {
      this.number = number;
      this.key = key;
      this.left = left;
    }
  }

  /** What runs: the places, and the keys that are out of line meanwhile. */
  private record Running(
      BatchQueue.Batch<String, Integer> batch, List<Place> places, Set<String> keys) {}

  /** Both of them. */
  private static final class Batches {
    private final Rig rig = new Rig();
    private final PartitionWorker worker =
        new PartitionWorker(Rig.partition(0), rig.source.engine(), new Floor());
    private final BatchQueue<String, Integer> queue =
        new BatchQueue<>(BatcherConfig.of(BATCH, SLOTS, Duration.ofNanos(DELAY_NANOS)));
    private final List<Running> running = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();

    private final Mistake mistake;
    private final List<Place> waiting = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private final List<Integer> over = new ArrayList<>();
    private long now;
    private int events;

    Batches(Mistake mistake) {
      this.mistake = mistake;
    }

    /** Adds an event of the first of these keys, with an item for each of the others. */
    void add(List<String> keys) {
      int number = events++;
      String key = keys.get(0);
      Event event = new Event(worker, Rig.record(0, number, key), now);
      assertThat(event.move(EventPhase.HANDLING, EventPhase.QUEUED)).isTrue();
      BatchItems<String, Integer> items =
          new BatchItems<String, Integer>(event, key, (context, all) -> ExecutionState.COMPLETE)
              .withUserData(number);
      keys.stream().skip(1).forEach(each -> items.addWithKey(each, List.of(number)));
      List<BatchJob<String, Integer>> ended = new ArrayList<>();
      queue.add(new BatchJob<>(this, event, items), now, ended);
      tell(ended);

      open.add(new Open(number, key, Math.max(1, keys.size() - 1)));
      keys.stream().skip(1).forEach(each -> waiting.add(new Place(each, number, false, now)));
      if (keys.size() == 1) {
        Place place = new Place(key, number, true, now);
        if (runs(key) || waiting.stream().anyMatch(other -> other.key().equals(key))) {
          waiting.add(place);
        } else {
          leave(place);
        }
      }
      compare();
    }

    void pass(int nanos) {
      now += nanos;
      compare();
    }

    void next() {
      List<BatchJob<String, Integer>> ended = new ArrayList<>();
      BatchQueue.Batch<String, Integer> batch = queue.next(now, ended);
      tell(ended);

      Running expected = batch == null ? null : fill(batch);
      assertThat(batch != null).isEqualTo(expected != null || isDue());
      if (batch != null && expected != null) {
        assertThat(batch.items().stream().map(item -> item.key() + item.value()).toList())
            .isEqualTo(
                expected.places().stream()
                    .filter(place -> !place.empty())
                    .map(place -> place.key() + place.event())
                    .toList());
        running.add(expected);
      }
      compare();
    }

    /** Takes whole keys, the one that waits longest first, as far as they fit. */
    private @Nullable Running fill(BatchQueue.Batch<String, Integer> batch) {
      if (!isDue()) {
        return null;
      }
      Running filled = new Running(batch, new ArrayList<>(), new TreeSet<>());
      int room = BATCH;
      for (Place first = oldest(filled); room > 0 && first != null; first = oldest(filled)) {
        filled.keys().add(first.key());
        for (Place place : List.copyOf(waiting)) {
          boolean fits = place.key().equals(first.key()) && (place.empty() || room > 0);
          if (place.key().equals(first.key()) && !fits) {
            break;
          }
          if (fits) {
            waiting.remove(place);
            filled.places().add(place);
            room -= place.empty() ? 0 : 1;
          }
        }
      }
      return filled;
    }

    void end(int which) {
      if (running.isEmpty()) {
        return;
      }
      Running done = running.remove(which % running.size());
      List<BatchJob<String, Integer>> ended = new ArrayList<>();
      queue.end(done.batch(), ended);
      tell(ended);

      done.places().forEach(this::leave);
      for (String key : inOrderOfTheirTurn(done)) {
        for (Place place : List.copyOf(waiting)) {
          if (place.key().equals(key)) {
            if (!place.empty()) {
              break;
            }
            waiting.remove(place);
            leave(place);
          }
        }
      }
      compare();
    }

    private static List<String> inOrderOfTheirTurn(Running done) {
      return done.places().stream().map(Place::key).distinct().toList();
    }

    private boolean runs(String key) {
      return mistake != Mistake.TAKES_KEYS_THAT_RUN
          && running.stream().anyMatch(batch -> batch.keys().contains(key));
    }

    private @Nullable Place oldest(@Nullable Running filling) {
      return waiting.stream()
          .filter(place -> !runs(place.key()))
          .filter(place -> filling == null || !filling.keys().contains(place.key()))
          .findFirst()
          .orElse(null);
    }

    private boolean isDue() {
      long inLine = waiting.stream().filter(place -> !place.empty() && !runs(place.key())).count();
      return running.size() < SLOTS && (inLine >= BATCH || untilDue() <= 0);
    }

    private long untilDue() {
      Place oldest = oldest(null);
      long delay = DELAY_NANOS + (mistake == Mistake.WAITS_A_LITTLE_LONGER ? 1 : 0);
      return oldest == null || running.size() == SLOTS
          ? Long.MAX_VALUE
          : oldest.sinceNanos() + delay - now;
    }

    /** An event is over with its last place, and told of after all earlier ones of its key. */
    private void leave(Place place) {
      for (Open event : open) {
        event.left -= event.number == place.event() ? 1 : 0;
      }
      Set<String> blocked = new TreeSet<>();
      for (Open event : List.copyOf(open)) {
        if (event.left > 0 && mistake != Mistake.TELLS_OF_EVENTS_OUT_OF_ORDER) {
          blocked.add(event.key);
        } else if (event.left <= 0 && !blocked.contains(event.key)) {
          open.remove(event);
          over.add(event.number);
        }
      }
    }

    private void tell(List<BatchJob<String, Integer>> ended) {
      ended.forEach(job -> told.add((Integer) job.items().userData()));
    }

    private void compare() {
      assertThat(told).isEqualTo(over);
      assertThat(queue.waiting())
          .isEqualTo((int) waiting.stream().filter(place -> !place.empty()).count());
      assertThat(queue.untilDue(now)).isEqualTo(untilDue());
      Set<String> keys = new TreeSet<>();
      waiting.forEach(place -> keys.add(place.key()));
      running.forEach(batch -> keys.addAll(batch.keys()));
      assertThat(queue.keys()).isEqualTo(keys.size());
    }
  }

  private static Arbitrary<ActionChain<Batches>> histories(Mistake mistake) {
    Arbitrary<List<String>> keys =
        Arbitraries.of("a", "b", "c", "d").list().ofMinSize(1).ofMaxSize(5);
    Arbitrary<Integer> which = Arbitraries.integers().between(0, 3);
    return ActionChain.startWith(() -> new Batches(mistake))
        .withAction(4, step("add", keys, Batches::add))
        .withAction(2, step("pass", Arbitraries.integers().between(1, 12), Batches::pass))
        .withAction(4, step("next", Arbitraries.just(""), (it, none) -> it.next()))
        .withAction(3, step("end", which, Batches::end))
        .withMaxTransformations(50);
  }

  @Provide
  Arbitrary<ActionChain<Batches>> right() {
    return histories(Mistake.NONE);
  }

  @Provide
  Arbitrary<ActionChain<Batches>> runningKeys() {
    return histories(Mistake.TAKES_KEYS_THAT_RUN);
  }

  @Provide
  Arbitrary<ActionChain<Batches>> outOfOrder() {
    return histories(Mistake.TELLS_OF_EVENTS_OUT_OF_ORDER);
  }

  @Provide
  Arbitrary<ActionChain<Batches>> late() {
    return histories(Mistake.WAITS_A_LITTLE_LONGER);
  }

  @Property(tries = 200)
  void agreesWithItsModel(@ForAll("right") ActionChain<Batches> history) {
    history.run();
  }

  @Property(tries = 200, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsAKeyInTwoBatches(@ForAll("runningKeys") ActionChain<Batches> history) {
    history.run();
  }

  @Property(tries = 200, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsCallbacksOutOfOrder(@ForAll("outOfOrder") ActionChain<Batches> history) {
    history.run();
  }

  @Property(tries = 200, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsABatchThatIsLate(@ForAll("late") ActionChain<Batches> history) {
    history.run();
  }
}
