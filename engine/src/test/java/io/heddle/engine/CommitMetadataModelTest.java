package io.heddle.engine;

import static io.heddle.engine.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.state.ActionChain;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What travels in commits against the set of offsets that are complete behind a gap. */
class CommitMetadataModelTest {
  /** Header, check sum and what Base64 makes of them never need more. */
  private static final int FRAME = 64;

  private enum Mistake {
    NONE,
    FORGETS_THE_LAST,
    EXPECTS_ALL_WHATEVER_THE_ROOM,
    IS_TAKEN_FOR_ANOTHER_COMMIT
  }

  /** So many offsets, so far from the committed one. */
  private record Run(int from, int count) {}

  /** A commit, and what is complete above it. */
  private static final class Commits {
    private final Mistake mistake;
    private final TreeSet<Long> complete = new TreeSet<>();
    private long base = 1_000;

    Commits(Mistake mistake) {
      this.mistake = mistake;
    }

    /** The first offset stays incomplete: it is the witness. */
    void complete(Run run) {
      for (int i = 0; i < run.count(); i++) {
        complete.add(base + 1 + run.from() + i);
      }
      commit(4_096);
    }

    /** The first is complete now, and all that follows it. */
    void advance() {
      base++;
      while (complete.remove(base)) {
        base++;
      }
      commit(4_096);
    }

    void commit(int room) {
      long[] offsets = complete.stream().mapToLong(offset -> offset).toArray();
      String text = new CommitMetadata(base, 3, base * 7, 4, offsets).encode(base, room);

      assertThat(text.length()).isLessThanOrEqualTo(room);
      if (text.isEmpty()) {
        assertThat(room < FRAME || complete.isEmpty()).isTrue();
        return;
      }
      CommitMetadata told = CommitMetadata.decode(base, text).orElseThrow();
      List<Long> named = told.offsets().boxed().toList();
      int fit = complete.size();
      if (mistake == Mistake.FORGETS_THE_LAST) {
        fit--;
      } else if (mistake != Mistake.EXPECTS_ALL_WHATEVER_THE_ROOM && !allFit(room)) {
        fit = named.size();
      }
      // Fewer if they do not fit, but the nearest ones.
      assertThat(named).isEqualTo(complete.stream().limit(fit).toList());
      assertThat(told.isWitness(record(base, base * 7))).isTrue();
      assertThat(told.isWitness(record(base, base * 7 + 1))).isFalse();
      for (long offset : List.of(base, base + 1, base + 2, base + 30)) {
        assertThat(told.covers(record(offset, 0))).isEqualTo(named.contains(offset));
      }
      assertThat(CommitMetadata.decode(base + 1, text).isPresent())
          .isEqualTo(mistake == Mistake.IS_TAKEN_FOR_ANOTHER_COMMIT);
    }

    private boolean allFit(int room) {
      long spread = complete.isEmpty() ? 0 : complete.last() - base;
      return room >= FRAME + spread / 6 || room >= FRAME + 12 * complete.size();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, long timestamp) {
      return CommitMetadataTest.record(offset, timestamp, 3);
    }
  }

  private static Arbitrary<ActionChain<Commits>> histories(Mistake mistake) {
    Arbitrary<Run> runs =
        Combinators.combine(
                Arbitraries.integers().between(0, 2_000), Arbitraries.integers().between(1, 300))
            .as(Run::new);
    return ActionChain.startWith(() -> new Commits(mistake))
        .withAction(4, step("complete", runs, Commits::complete))
        .withAction(2, step("advance", Arbitraries.just(""), (it, none) -> it.advance()))
        .withAction(3, step("commit in", Arbitraries.integers().between(0, 600), Commits::commit))
        .withMaxTransformations(30);
  }

  @Provide
  Arbitrary<ActionChain<Commits>> right() {
    return histories(Mistake.NONE);
  }

  @Provide
  Arbitrary<ActionChain<Commits>> forgetful() {
    return histories(Mistake.FORGETS_THE_LAST);
  }

  @Provide
  Arbitrary<ActionChain<Commits>> cramped() {
    return histories(Mistake.EXPECTS_ALL_WHATEVER_THE_ROOM);
  }

  @Provide
  Arbitrary<ActionChain<Commits>> misplaced() {
    return histories(Mistake.IS_TAKEN_FOR_ANOTHER_COMMIT);
  }

  @Property(tries = 150)
  void agreesWithItsModel(@ForAll("right") ActionChain<Commits> history) {
    history.run();
  }

  @Property(tries = 300, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsAnOffsetThatIsLeftOut(@ForAll("forgetful") ActionChain<Commits> history) {
    history.run();
  }

  @Property(tries = 300, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsThatNotAllFits(@ForAll("cramped") ActionChain<Commits> history) {
    history.run();
  }

  @Property(tries = 300, seed = "1")
  @AddLifecycleHook(Steps.MustBeFalsified.class)
  void findsACommitThatIsTakenForAnother(@ForAll("misplaced") ActionChain<Commits> history) {
    history.run();
  }
}
