package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrandTest {
  private final Deque<Runnable> executor = new ArrayDeque<>();
  private final Deque<Runnable> workers = new ArrayDeque<>();

  @Test
  void takesOneTurnPerBurstOfMessages() {
    Counting work = new Counting();
    Strand strand = new Strand(executor::add, workers::add, work, new Floor(), () -> 0);

    strand.post(worker -> {});
    strand.post(worker -> {});

    assertThat(executor).hasSize(1);
    executor.remove().run();
    assertThat(work.delivered).isEqualTo(2);
    assertThat(work.turns).isEqualTo(1);
    assertThat(executor).isEmpty();
  }

  @Test
  void letsAnotherStrandRunAfterABoundedTurn() {
    Counting greedy = new Counting();
    greedy.backlog = 10 * Strand.TURN;
    Counting modest = new Counting();
    Strand first = new Strand(executor::add, workers::add, greedy, new Floor(), () -> 0);
    Strand second = new Strand(executor::add, workers::add, modest, new Floor(), () -> 0);
    first.post(worker -> {});
    second.post(worker -> {});

    executor.remove().run();
    executor.remove().run();

    assertThat(modest.delivered).isEqualTo(1);
    assertThat(greedy.advanced).isLessThanOrEqualTo(Strand.TURN);
    while (!executor.isEmpty()) {
      executor.remove().run();
    }
    assertThat(greedy.advanced).isEqualTo(10 * Strand.TURN);
  }

  @Test
  void deliversCompletionsBeforeItTakesMoreRecords() {
    List<String> order = new ArrayList<>();
    Counting work = new Counting();
    work.backlog = 2;
    work.onAdvance = () -> order.add("record");
    Strand strand = new Strand(executor::add, workers::add, work, new Floor(), () -> 0);

    strand.post(worker -> order.add("completion"));
    executor.remove().run();

    assertThat(order).containsExactly("completion", "record", "record");
  }

  @Test
  void lendsTheRoleToWhoeverOffersFirst() {
    Counting work = new Counting();
    Strand strand = new Strand(executor::add, workers::add, work, new Floor(), () -> 0);

    assertThat(strand.offer(worker -> {})).isTrue();
    assertThat(strand.offer(worker -> {})).isFalse();
    strand.run();

    assertThat(work.delivered).isEqualTo(2);
    assertThat(strand.offer(worker -> {})).isTrue();
  }

  @Test
  void runsOneOfTheStrandsThatShareAFloorAtATime() {
    Floor floor = new Floor();
    List<String> order = new ArrayList<>();
    Counting before = new Counting();
    Counting after = new Counting();
    Strand successor = new Strand(executor::add, workers::add, after, floor, () -> 0);
    Strand first = new Strand(executor::add, workers::add, before, floor, () -> 0);
    after.backlog = 1;
    after.onAdvance = () -> order.add("successor");
    before.backlog = 1;
    before.onAdvance =
        () -> {
          // The handler still runs when the partition comes back and its new strand is run.
          successor.post(worker -> {});
          executor.remove().run();
          order.add("first");
        };

    first.post(worker -> {});
    while (!executor.isEmpty()) {
      executor.remove().run();
    }

    assertThat(order).containsExactly("first", "successor");
  }

  @Test
  void endsATurnInWhichMuchTimeHasPassed() {
    Counting work = new Counting();
    long[] now = new long[1];
    work.backlog = 10;
    work.onAdvance = () -> now[0] += Strand.TURN_NANOS;
    Strand strand = new Strand(executor::add, workers::add, work, new Floor(), () -> now[0]);

    strand.post(worker -> {});
    executor.remove().run();

    assertThat(work.advanced).isLessThan(5);
    assertThat(executor).hasSize(1);
  }

  @Test
  void leavesWhatIsSubmittedLastToAThreadThatMayBeKept() {
    List<String> order = new ArrayList<>();
    Counting work = new Counting();
    Strand strand = new Strand(executor::add, workers::add, work, new Floor(), () -> 0);
    work.backlog = 2;
    work.onAdvance =
        () -> {
          String name = "of record " + work.backlog;
          order.add("record " + work.backlog);
          assertThat(strand.leave(new Noted(name, order))).isTrue();
        };

    strand.postToWorker(worker -> {});
    workers.remove().run();

    assertThat(order)
        .containsExactly("record 1", "elsewhere of record 1", "record 0", "here of record 0");
    assertThat(executor).isEmpty();
    assertThat(strand.offer(worker -> {})).isTrue();
  }

  @Test
  void leavesNothingToAThreadThatIsWantedBackOrRunsNoTurn() {
    List<String> order = new ArrayList<>();
    Counting work = new Counting();
    Strand strand = new Strand(executor::add, workers::add, work, new Floor(), () -> 0);
    work.backlog = 1;
    work.onAdvance = () -> assertThat(strand.leave(new Noted("it", order))).isFalse();

    strand.post(worker -> {});
    executor.remove().run();

    assertThat(work.advanced).isOne();
    assertThat(strand.leave(new Noted("it", order))).isFalse();
    assertThat(order).isEmpty();
  }

  @Test
  void passesOnWhatWasLeftWhenATurnDies() {
    List<String> order = new ArrayList<>();
    Counting work = new Counting();
    Strand strand = new Strand(executor::add, workers::add, work, new Floor(), () -> 0);
    work.backlog = 1;
    work.onAdvance =
        () -> {
          assertThat(strand.leave(new Noted("it", order))).isTrue();
          throw new IllegalStateException("broken");
        };

    assertThat(strand.offer(worker -> {})).isTrue();
    assertThatThrownBy(strand::runOnWorker).hasMessage("broken");

    assertThat(work.deaths).hasSize(1);
    assertThat(order).containsExactly("elsewhere it");
  }

  private record Noted(String name, List<String> order) implements Strand.FollowUp {
    @Override
    public void here() {
      order.add("here " + name);
    }

    @Override
    public void elsewhere() {
      order.add("elsewhere " + name);
    }
  }

  @Test
  void tellsItsWorkWhenThereIsNoThreadForIt() {
    Counting work = new Counting();
    Strand strand =
        new Strand(
            task -> {
              throw new IllegalStateException("full");
            },
            workers::add,
            work,
            new Floor(),
            () -> 0);

    strand.post(worker -> {});

    assertThat(work.deaths).hasSize(1);
  }

  private static final class Counting implements Strand.Work {
    private final List<Throwable> deaths = new ArrayList<>();
    private Runnable onAdvance = () -> {};
    private int backlog;
    private int delivered;
    private int advanced;
    private int turns;

    @Override
    public void deliver(Message message) {
      delivered++;
      message.deliver(worker());
    }

    // Messages of these tests do not look at it.
    private static PartitionWorker worker() {
      Rig rig = new Rig();
      return new PartitionWorker(Rig.partition(0), rig.source.engine(), new Floor());
    }

    @Override
    public boolean advance() {
      if (backlog == 0) {
        return false;
      }
      backlog--;
      advanced++;
      onAdvance.run();
      return true;
    }

    @Override
    public boolean hasMore() {
      return backlog > 0;
    }

    @Override
    public void endTurn() {
      turns++;
    }

    @Override
    public void died(Throwable cause) {
      deaths.add(cause);
    }
  }
}
