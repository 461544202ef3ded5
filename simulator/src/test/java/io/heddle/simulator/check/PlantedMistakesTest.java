package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Correct histories pass every checker; one mistake in them, and the right checker fails. */
class PlantedMistakesTest {
  private static final int SEEDS = 60;
  private static final int STEPS = 400;

  @Test
  void noCheckerFailsOnACorrectHistoryAndNoneIsVacuous() {
    SortedMap<String, Long> excused = new TreeMap<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      Checks checks = Checks.all();
      GroupModel.history(seed, STEPS).forEach(checks::accept);
      assertThat(checks.violations()).as("seed %d", seed).isEmpty();
      assertThat(checks.reports()).as("seed %d", seed).noneMatch(CheckReport::vacuous);
      checks.reports().forEach(r -> r.excused().forEach((k, n) -> excused.merge(k, n, Long::sum)));
    }
    assertThat(excused).containsOnlyKeys("deadline", "session timeout");
  }

  /** Plants a mistake in each history and asks for this invariant's verdict. */
  private static void caught(
      Invariant invariant, BiFunction<List<Fact>, Random, List<Fact>> mistake) {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<Fact> facts = mistake.apply(GroupModel.history(seed, STEPS), new Random(seed));
      CheckReport report = History.judge(facts, invariant.checker());
      assertThat(report.holds()).as("%s, seed %d", invariant, seed).isFalse();
      assertThat(report.violations().get(0).timeline()).isNotEmpty();
    }
  }

  private static List<Fact> inserted(List<Fact> facts, int index, Fact... more) {
    List<Fact> changed = new ArrayList<>(facts);
    changed.addAll(index, List.of(more));
    return changed;
  }

  private static <F extends Fact> int any(List<Fact> facts, Class<F> type, Random random) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      if (type.isInstance(facts.get(i))) {
        places.add(i);
      }
    }
    return places.get(random.nextInt(places.size()));
  }

  @Test
  void aRecordStartedAgainBreaksTheOrderOfItsKey() {
    caught(
        Invariant.KEY_ORDER,
        (facts, random) -> {
          int at = any(facts, Fact.Started.class, random);
          return inserted(facts, at + 1, facts.get(at));
        });
  }

  @Test
  void anEarlierRecordStartedLateBreaksTheOrderOfItsKey() {
    caught(
        Invariant.KEY_ORDER,
        (facts, random) -> {
          int at = any(facts, Fact.Started.class, random);
          Fact.Started start = (Fact.Started) facts.get(at);
          // In front of the first offset there is none, so the record itself comes again.
          return inserted(
              facts,
              at + 1,
              new Fact.Started(
                  start.atNanos(),
                  start.member(),
                  start.partition(),
                  Math.max(0, start.offset() - 1),
                  start.key()));
        });
  }

  @Test
  void endsInTheWrongOrderBreakTheOrderOfTheirKey() {
    caught(
        Invariant.KEY_ORDER,
        (facts, random) -> {
          int at = any(facts, Fact.Started.class, random);
          Fact.Started start = (Fact.Started) facts.get(at);
          long later = start.offset() + 1_000;
          Fact.Started second =
              new Fact.Started(
                  start.atNanos(), start.member(), start.partition(), later, start.key());
          Fact.Ended secondEnd =
              new Fact.Ended(
                  start.atNanos(), start.member(), start.partition(), later, start.key());
          Fact.Ended firstEnd =
              new Fact.Ended(
                  start.atNanos(), start.member(), start.partition(), start.offset(), start.key());
          return inserted(facts, at + 1, second, secondEnd, firstEnd);
        });
  }

  @Test
  void aKeyTakenUpTwiceInAMemberIsNotExclusive() {
    caught(
        Invariant.KEY_EXCLUSIVE,
        (facts, random) -> {
          int at = any(facts, Fact.Started.class, random);
          Fact.Started start = (Fact.Started) facts.get(at);
          return inserted(
              facts,
              at + 1,
              new Fact.Started(
                  start.atNanos(),
                  start.member(),
                  start.partition(),
                  start.offset() + 1,
                  start.key()));
        });
  }

  @Test
  void aKeyTakenUpByAnotherMemberIsNotExclusive() {
    caught(
        Invariant.KEY_EXCLUSIVE,
        (facts, random) -> {
          // The last start belongs to an owner that keeps its partition to the end.
          int at = lastOf(facts, Fact.Started.class);
          Fact.Started start = (Fact.Started) facts.get(at);
          return inserted(
              facts,
              at + 1,
              new Fact.Started(
                  start.atNanos(),
                  new Member("stranger", 1),
                  start.partition(),
                  start.offset(),
                  start.key()));
        });
  }

  private static int lastOf(List<Fact> facts, Class<? extends Fact> type) {
    int last = facts.size() - 1;
    while (!type.isInstance(facts.get(last))) {
      last--;
    }
    return last;
  }

  private static Fact.Committed moved(Fact.Committed commit, Member member, long offset) {
    return new Fact.Committed(
        commit.atNanos(), commit.group(), member, 1, commit.partition(), offset, -1, "");
  }

  @Test
  void aCommitOnePastThePrefixIsFound() {
    caught(
        Invariant.COMMIT_PREFIX,
        (facts, random) -> {
          // A record is appended and at once committed, which nobody can have completed.
          int at = any(facts, Fact.Committed.class, random);
          Fact.Committed commit = (Fact.Committed) facts.get(at);
          long end = endOf(facts, commit.partition(), at);
          Fact.Committed past = moved(commit, commit.member(), end + 1);
          return inserted(
              facts, at, new Fact.Appended(commit.atNanos(), commit.partition(), end, "k"), past);
        });
  }

  private static long endOf(List<Fact> facts, TopicPartition partition, int upTo) {
    long end = 0;
    for (Fact fact : facts.subList(0, upTo)) {
      if (fact instanceof Fact.Appended appended && appended.partition().equals(partition)) {
        end = appended.offset() + 1;
      }
    }
    return end;
  }

  private static List<Fact> withoutCompletionsOf(List<Fact> facts, Fact.Completed lost) {
    return facts.stream()
        .filter(
            fact ->
                !(fact instanceof Fact.Completed completed
                    && completed.partition().equals(lost.partition())
                    && completed.offset() == lost.offset()))
        .toList();
  }

  @Test
  void aForgottenCompletionIsFoundByTheCommitAboveItAndAtTheEnd() {
    BiFunction<List<Fact>, Random, List<Fact>> forgotten =
        (facts, random) ->
            withoutCompletionsOf(
                facts, (Fact.Completed) facts.get(any(facts, Fact.Completed.class, random)));

    caught(Invariant.COMMIT_PREFIX, forgotten);
    caught(Invariant.AT_LEAST_ONCE, forgotten);
  }

  @Test
  void aCommitThatGoesBackIsFound() {
    caught(
        Invariant.OWNER_COMMIT,
        (facts, random) -> {
          int at = lastOf(facts, Fact.Committed.class);
          Fact.Committed commit = (Fact.Committed) facts.get(at);
          return inserted(facts, at + 1, moved(commit, commit.member(), commit.offset() - 1));
        });
  }

  @Test
  void theCommitOfAnotherMemberIsFound() {
    caught(
        Invariant.OWNER_COMMIT,
        (facts, random) -> {
          int at = any(facts, Fact.Committed.class, random);
          Fact.Committed commit = (Fact.Committed) facts.get(at);
          Member stranger = new Member("stranger", 1);
          return inserted(
              facts,
              at + 1,
              new Fact.Assigned(
                  commit.atNanos(), stranger, 1, List.of(new TopicPartition("orders", 99))),
              moved(commit, stranger, commit.offset()));
        });
  }

  @Test
  void anOwnerThatBeginsBelowWhatWasCommittedIsFound() {
    caught(
        Invariant.COMMITTED_ONCE,
        (facts, random) -> {
          int at = any(facts, Fact.Committed.class, random);
          Fact.Committed commit = (Fact.Committed) facts.get(at);
          Member next = new Member("next", 1);
          return inserted(
              facts,
              at + 1,
              new Fact.Assigned(commit.atNanos(), next, 1, List.of(commit.partition())),
              new Fact.Started(
                  commit.atNanos(), next, commit.partition(), commit.offset() - 1, "k"));
        });
  }

  @Test
  void theLateCommitOfAMemberThatLostThePartitionIsFound() {
    caught(
        Invariant.OWNER_COMMIT,
        (facts, random) -> {
          int at = lastOf(facts, Fact.Committed.class);
          Fact.Committed commit = (Fact.Committed) facts.get(at);
          return inserted(
              facts,
              at,
              new Fact.Lost(
                  commit.atNanos(), commit.member(), List.of(commit.partition()), "fenced"));
        });
  }

  @Test
  void anOutputThatIsThereTwiceOrNotAtAllIsFound() {
    caught(
        Invariant.EXACTLY_ONCE,
        (facts, random) -> {
          int at = any(facts, Fact.Visible.class, random);
          Fact.Visible output = (Fact.Visible) facts.get(at);
          return inserted(
              facts,
              at,
              new Fact.Visible(
                  output.atNanos(),
                  new TopicPartition("copies", 1),
                  output.offset(),
                  output.input(),
                  output.inputOffset()));
        });
    caught(
        Invariant.EXACTLY_ONCE,
        (facts, random) -> {
          Fact lost = facts.get(any(facts, Fact.Visible.class, random));
          return facts.stream().filter(fact -> !fact.equals(lost)).toList();
        });
  }

  /** Has an entry of a store say that it is made of other records. */
  private static List<Fact> restored(
      List<Fact> facts, Random random, UnaryOperator<List<Long>> otherwise) {
    int at = any(facts, Fact.Stored.class, random);
    Fact.Stored entry = (Fact.Stored) facts.get(at);
    List<Fact> changed = new ArrayList<>(facts);
    List<Long> offsets = otherwise.apply(new ArrayList<>(entry.offsets()));
    changed.set(at, new Fact.Stored(entry.atNanos(), entry.input(), entry.key(), offsets));
    return changed;
  }

  @Test
  void anEntryOfAStoreThatLacksARecordOrHasItTwiceIsFound() {
    caught(
        Invariant.STORE,
        (facts, random) ->
            restored(facts, random, offsets -> offsets.subList(0, offsets.size() - 1)));
    caught(
        Invariant.STORE,
        (facts, random) ->
            restored(
                facts,
                random,
                offsets -> {
                  offsets.add(offsets.get(offsets.size() - 1));
                  return offsets;
                }));
    caught(
        Invariant.STORE,
        (facts, random) ->
            restored(
                facts,
                random,
                offsets -> {
                  offsets.add(0, offsets.get(offsets.size() - 1));
                  return offsets;
                }));
  }

  @Test
  void aRunThatStopsEarlyMakesNoProgress() {
    caught(
        Invariant.PROGRESS,
        (facts, random) -> {
          List<Fact> changed = new ArrayList<>(facts.subList(0, facts.size() - 1));
          changed.add(new Fact.RunEnded(0, false, "stuck"));
          return changed;
        });
  }
}
