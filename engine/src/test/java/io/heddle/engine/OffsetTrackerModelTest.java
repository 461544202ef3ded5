package io.heddle.engine;

import static io.heddle.engine.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.state.ActionChain;
import org.jspecify.annotations.Nullable;

/** The tracker against a list from which what is complete is taken off at the front. */
class OffsetTrackerModelTest {
  private static final int NO_RECORD = -1;

  private enum Mistake {
    NONE,
    STEPS_OVER_A_GAP,
    BELIEVES_AN_END_THAT_RECORDS_HAVE_OVERTAKEN,
    COMMITS_INTERJECTIONS
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

  /** Both of them, and what the log holds next. */
  private static final class Tracked {
    private final OffsetTracker<Entry> tracker = new OffsetTracker<>(Entry[]::new);
    private final Mistake mistake;
    private final List<Entry> entries = new ArrayList<>();
    private long log = 10;
    private int epoch;
    private long prefix;
    private long next = -1;
    private int nextEpoch = -1;
    private long end = -1;

    Tracked(Mistake mistake) {
      this.mistake = mistake;
    }

    void append(int records) {
      for (int i = 0; i < records; i++) {
        Entry entry = new Entry(log++, epoch);
        entry.place = tracker.append(entry.offset, entry.epoch, entry);
        entries.add(entry);
      }
      if (mistake != Mistake.BELIEVES_AN_END_THAT_RECORDS_HAVE_OVERTAKEN) {
        end = -1;
      }
      compare();
    }

    void interject() {
      Entry entry = new Entry(NO_RECORD, -1);
      entry.place = tracker.append(entry);
      entries.add(entry);
      compare();
    }

    void complete(int which) {
      List<Entry> pending = entries.stream().filter(entry -> !entry.complete).toList();
      if (pending.isEmpty()) {
        return;
      }
      Entry entry = pending.get(which % pending.size());
      tracker.complete(entry.place);
      entry.complete = true;
      settle();
      compare();
    }

    /** The log goes on somewhat later, maybe after an election. */
    void skip(int offsets) {
      log += offsets;
      epoch += offsets % 2;
      tracker.skipTo(log, epoch);
      end = log;
      settle();
      compare();
    }

    private void settle() {
      boolean overGaps = mistake == Mistake.STEPS_OVER_A_GAP && entries.size() > 2;
      while (!entries.isEmpty() && (overGaps || entries.get(0).complete)) {
        Entry first = entries.remove(0);
        overGaps = false;
        prefix++;
        if (first.offset != NO_RECORD || mistake == Mistake.COMMITS_INTERJECTIONS) {
          next = first.offset + 1;
          nextEpoch = first.epoch;
        }
      }
      if (entries.isEmpty() && end >= 0) {
        next = end;
        nextEpoch = epoch;
        end = -1;
      }
    }

    private void compare() {
      assertThat(tracker.prefix()).isEqualTo(prefix);
      assertThat(tracker.hasCommittable()).isEqualTo(next >= 0);
      assertThat(tracker.committableOffset()).isEqualTo(next);
      assertThat(tracker.committableEpoch()).isEqualTo(nextEpoch);
      List<Entry> pending = entries.stream().filter(entry -> !entry.complete).toList();
      List<Entry> behind = entries.stream().filter(entry -> entry.complete).toList();
      assertSame(tracker.oldest(), pending.stream().findFirst().orElse(null));
      assertSame(
          tracker.oldestRecord(),
          pending.stream().filter(entry -> entry.offset != NO_RECORD).findFirst().orElse(null));
      assertThat(tracker.hasGap()).isEqualTo(!behind.isEmpty());
      assertThat(tracker.behindGap()).isEqualTo(behind.size());
      assertThat(tracker.completeBehindGap())
          .containsExactly(
              behind.stream()
                  .mapToLong(entry -> entry.offset)
                  .filter(offset -> offset != NO_RECORD)
                  .toArray());
      assertThat(tracker.highestEpochBehindGap())
          .isEqualTo(behind.stream().mapToInt(entry -> entry.epoch).max().orElse(-1));
      List<Entry> told = new ArrayList<>();
      tracker.forEachPending(told::add);
      Collections.reverse(told);
      assertThat(told).isEqualTo(pending);
    }

    private static void assertSame(@Nullable Entry actual, @Nullable Entry expected) {
      assertThat((@Nullable Object) actual).isSameAs(expected);
    }
  }

  private static Arbitrary<ActionChain<Tracked>> histories(Mistake mistake) {
    // A burst now and then, so that the ring grows.
    Arbitrary<Integer> records =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.integers().between(1, 3)),
            Tuple.of(1, Arbitraries.integers().between(1, 90)));
    return ActionChain.startWith(() -> new Tracked(mistake))
        .withAction(4, step("append", records, Tracked::append))
        .withAction(8, step("complete", Arbitraries.integers().between(0, 200), Tracked::complete))
        .withAction(1, step("interject", Arbitraries.just(""), (it, none) -> it.interject()))
        .withAction(1, step("skip", Arbitraries.integers().between(0, 3), Tracked::skip))
        .withMaxTransformations(60);
  }

  @Provide
  Arbitrary<ActionChain<Tracked>> right() {
    return histories(Mistake.NONE);
  }

  @Provide
  Arbitrary<ActionChain<Tracked>> overGaps() {
    return histories(Mistake.STEPS_OVER_A_GAP);
  }

  @Provide
  Arbitrary<ActionChain<Tracked>> oldEnds() {
    return histories(Mistake.BELIEVES_AN_END_THAT_RECORDS_HAVE_OVERTAKEN);
  }

  @Provide
  Arbitrary<ActionChain<Tracked>> interjections() {
    return histories(Mistake.COMMITS_INTERJECTIONS);
  }

  @Property(tries = 150)
  void agreesWithItsModel(@ForAll("right") ActionChain<Tracked> history) {
    history.run();
  }

  @Property(tries = 300, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsAStepOverAGap(@ForAll("overGaps") ActionChain<Tracked> history) {
    history.run();
  }

  @Property(tries = 300, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsAnEndThatIsOutOfDate(@ForAll("oldEnds") ActionChain<Tracked> history) {
    history.run();
  }

  @Property(tries = 300, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsAnInterjectionWithAnOffset(@ForAll("interjections") ActionChain<Tracked> history) {
    history.run();
  }
}
