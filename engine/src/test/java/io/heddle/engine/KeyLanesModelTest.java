package io.heddle.engine;

import static io.heddle.engine.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.state.ActionChain;

/** The keys of a scheduler against a queue of numbers for each. */
class KeyLanesModelTest {
  private static final int DEPTH = 2;
  private static final int MAX_KEYS = 3;

  private enum Mistake {
    NONE,
    TAKES_THE_LAST_FIRST,
    RELEASES_AT_THE_LIMIT,
    CLAIMS_A_KEY_TWICE
  }

  /** Both of them, with two partitions that can be held back. */
  private static final class Lanes {
    private final Rig rig = new Rig();
    private final List<PartitionWorker> workers = List.of(worker(), worker());
    private final KeyLanes<String, Integer> lanes =
        new KeyLanes<>(rig.baton.newLock(), DEPTH, MAX_KEYS);
    private final Map<String, Lane<String, Integer>> claimed = new TreeMap<>();

    private final Mistake mistake;
    private final Map<String, Deque<Integer>> jobs = new TreeMap<>();
    private final Map<String, Set<Integer>> heldByKey = new TreeMap<>();
    private final Set<Integer> heldByTable = new TreeSet<>();
    private int added;

    Lanes(Mistake mistake) {
      this.mistake = mistake;
    }

    private PartitionWorker worker() {
      return new PartitionWorker(Rig.partition(0), rig.source.engine(), new Floor());
    }

    /** Adds a job of one of six keys that comes from one of the two partitions. */
    void add(int which) {
      String key = "key" + which / 2;
      int from = which % 2;
      int value = added++;
      Event event = new Event(workers.get(from), Rig.record(0, value, key), 0);
      Lane<String, Integer> opened =
          lanes.add(
              new Job<>(lanes, event, key, value, (c, k, v, failure) -> ExecutionState.COMPLETE));

      boolean fresh = !jobs.containsKey(key) || mistake == Mistake.CLAIMS_A_KEY_TWICE;
      Deque<Integer> queue = jobs.computeIfAbsent(key, k -> new ArrayDeque<>());
      queue.add(value);
      if (queue.size() - 1 > DEPTH) {
        heldByKey.computeIfAbsent(key, k -> new TreeSet<>()).add(from);
      }
      if (fresh && jobs.size() > MAX_KEYS) {
        heldByTable.add(from);
      }
      assertThat(opened != null).isEqualTo(fresh);
      if (opened != null) {
        claimed.put(key, opened);
      }
      compare();
    }

    void advance(int which) {
      if (claimed.isEmpty()) {
        return;
      }
      String key = List.copyOf(claimed.keySet()).get(which % claimed.size());
      boolean more = lanes.advance(Objects.requireNonNull(claimed.get(key)));

      Deque<Integer> queue = Objects.requireNonNull(jobs.get(key));
      queue.poll();
      if (mistake == Mistake.TAKES_THE_LAST_FIRST && queue.size() > 1) {
        queue.addFirst(queue.removeLast());
      }
      int lowWater = mistake == Mistake.RELEASES_AT_THE_LIMIT ? DEPTH : DEPTH / 2;
      if (queue.size() - 1 <= lowWater) {
        heldByKey.remove(key);
      }
      if (queue.isEmpty()) {
        jobs.remove(key);
        claimed.remove(key);
        if (jobs.size() <= MAX_KEYS / 2) {
          heldByTable.clear();
        }
      }
      assertThat(more).isEqualTo(jobs.containsKey(key));
      compare();
    }

    private void compare() {
      assertThat(lanes.size()).isEqualTo(jobs.size());
      assertThat(claimed.keySet()).isEqualTo(jobs.keySet());
      List<String> current = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      claimed.forEach((key, lane) -> current.add(key + lane.current().value() + "/" + lane.jobs()));
      jobs.forEach((key, queue) -> expected.add(key + queue.element() + "/" + queue.size()));
      assertThat(current).isEqualTo(expected);
      for (int worker = 0; worker < workers.size(); worker++) {
        int which = worker;
        IntakeGate gate = workers.get(worker).gate();
        assertThat(gate.isHeld(PauseReason.KEY_QUEUE))
            .isEqualTo(heldByKey.values().stream().anyMatch(held -> held.contains(which)));
        assertThat(gate.isHeld(PauseReason.KEY_TABLE)).isEqualTo(heldByTable.contains(which));
      }
    }
  }

  private static Arbitrary<ActionChain<Lanes>> histories(Mistake mistake) {
    return ActionChain.startWith(() -> new Lanes(mistake))
        .withAction(3, step("add", Arbitraries.integers().between(0, 11), Lanes::add))
        .withAction(2, step("advance", Arbitraries.integers().between(0, 5), Lanes::advance))
        .withMaxTransformations(50);
  }

  @Provide
  Arbitrary<ActionChain<Lanes>> right() {
    return histories(Mistake.NONE);
  }

  @Provide
  Arbitrary<ActionChain<Lanes>> lastFirst() {
    return histories(Mistake.TAKES_THE_LAST_FIRST);
  }

  @Provide
  Arbitrary<ActionChain<Lanes>> tooSoon() {
    return histories(Mistake.RELEASES_AT_THE_LIMIT);
  }

  @Provide
  Arbitrary<ActionChain<Lanes>> twice() {
    return histories(Mistake.CLAIMS_A_KEY_TWICE);
  }

  @Property(tries = 200)
  void agreesWithItsModel(@ForAll("right") ActionChain<Lanes> history) {
    history.run();
  }

  @Property(tries = 200, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsAKeyOutOfOrder(@ForAll("lastFirst") ActionChain<Lanes> history) {
    history.run();
  }

  @Property(tries = 200, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsAPartitionThatGoesOnTooSoon(@ForAll("tooSoon") ActionChain<Lanes> history) {
    history.run();
  }

  @Property(tries = 200, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsAKeyThatIsClaimedTwice(@ForAll("twice") ActionChain<Lanes> history) {
    history.run();
  }
}
