package io.heddle.scenarios.report;

import io.heddle.simulator.check.Violation;
import io.heddle.simulator.history.Fact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What happened around the first violation: the work, the commits and the changes of owner of the
 * partition that it names, for as far back as the last facts reach, and a little further on.
 */
public final class FailureScene {
  /** How many facts of all partitions are remembered before the violation. */
  public static final int BEFORE = 20_000;

  /** How many facts of the scene are taken down after it. */
  public static final int AFTER = 400;

  /** How many facts a scene has at most before the violation; the last ones. */
  public static final int MOST = 2_000;

  private final Deque<Fact> recent = new ArrayDeque<>();
  private final List<Fact> facts = new ArrayList<>();
  private @Nullable Violation violation;
  private @Nullable TopicPartition partition;
  private int after;
  private long leftOut;

  FailureScene() {}

  /** The violation, if there was one. */
  public Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }

  /** The partition that it names; none if it is about the run as a whole. */
  public Optional<TopicPartition> partition() {
    return Optional.ofNullable(partition);
  }

  /** What happened to that partition, in its order. */
  public List<Fact> facts() {
    return List.copyOf(facts);
  }

  /** How many earlier facts of the partition were remembered but are left out. */
  public long leftOut() {
    return leftOut;
  }

  void accept(Fact fact) {
    if (violation != null) {
      if (partition != null && after < AFTER && concerns(fact, partition)) {
        facts.add(fact);
        after++;
      }
      return;
    }
    if (isShown(fact)) {
      recent.add(fact);
      if (recent.size() > BEFORE) {
        recent.remove();
      }
    }
  }

  void violated(Violation first) {
    if (violation != null) {
      return;
    }
    violation = first;
    partition =
        first.timeline().stream()
            .map(FailureScene::partitionOf)
            .flatMap(Optional::stream)
            .reduce((earlier, later) -> later)
            .orElse(null);
    if (partition != null) {
      for (Fact fact : recent) {
        if (concerns(fact, partition)) {
          facts.add(fact);
        }
      }
      int tooMany = facts.size() - MOST;
      if (tooMany > 0) {
        leftOut = tooMany;
        facts.subList(0, tooMany).clear();
      }
    }
    recent.clear();
  }

  private static boolean isShown(Fact fact) {
    return !(fact instanceof Fact.Appended || fact instanceof Fact.Healed);
  }

  private static Optional<TopicPartition> partitionOf(Fact fact) {
    if (fact instanceof Fact.Started started) {
      return Optional.of(started.partition());
    }
    if (fact instanceof Fact.Ended ended) {
      return Optional.of(ended.partition());
    }
    if (fact instanceof Fact.Completed completed) {
      return Optional.of(completed.partition());
    }
    if (fact instanceof Fact.Committed committed) {
      return Optional.of(committed.partition());
    }
    if (fact instanceof Fact.CommitPending pending) {
      return Optional.of(pending.partition());
    }
    return fact instanceof Fact.Appended appended
        ? Optional.of(appended.partition())
        : Optional.empty();
  }

  private static boolean concerns(Fact fact, TopicPartition partition) {
    if (fact instanceof Fact.Assigned assigned) {
      return assigned.partitions().contains(partition);
    }
    if (fact instanceof Fact.RevokeStarted revoke) {
      return revoke.partitions().contains(partition);
    }
    if (fact instanceof Fact.Revoked revoked) {
      return revoked.partitions().contains(partition);
    }
    if (fact instanceof Fact.Lost lost) {
      return lost.partitions().contains(partition);
    }
    return fact instanceof Fact.Crashed || partitionOf(fact).filter(partition::equals).isPresent();
  }
}
