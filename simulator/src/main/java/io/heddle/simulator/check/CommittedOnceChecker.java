package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Judges {@link Invariant#COMMITTED_ONCE}. */
final class CommittedOnceChecker implements Checker {
  private final Findings findings = new Findings(Invariant.COMMITTED_ONCE);
  private final Ownership ownership;
  private final LostLogs lostLogs;
  private final boolean seeksAreMeant;
  private final NearMap<TopicPartition, Fact.Committed> committed = new NearMap<>();
  private final NearMap<TopicPartition, NearMap<Member, Window>> windows = new NearMap<>();

  CommittedOnceChecker(CheckSettings settings, Bookkeeping books) {
    ownership = books.ownership();
    lostLogs = books.lostLogs();
    seeksAreMeant = settings.seeksAreMeant();
  }

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Started started) {
      started(started);
    } else if (fact instanceof Fact.Committed commit) {
      if (!lostLogs.isAboutLost(commit)) {
        committed(commit);
      }
    } else if (fact instanceof Fact.Assigned assigned) {
      if (ownership.heard(assigned.member())) {
        assigned.partitions().forEach(partition -> assigned(assigned, partition));
      }
    } else if (fact instanceof Fact.Sought sought) {
      Window window = window(sought.member(), sought.partition());
      if (window != null && seeksAreMeant) {
        window.sought = Math.min(window.sought, sought.offset());
      }
    } else if (fact instanceof Fact.Truncated truncated) {
      // Other records take the offsets of those that are gone.
      committed.remove(truncated.partition());
      windows.remove(truncated.partition());
    }
  }

  private @Nullable Window window(Member member, TopicPartition partition) {
    NearMap<Member, Window> owners = windows.get(partition);
    return owners == null ? null : owners.get(member);
  }

  private void assigned(Fact.Assigned assigned, TopicPartition partition) {
    Fact.Committed commit = committed.get(partition);
    windows
        .get(partition, NearMap::new)
        .put(assigned.member(), new Window(assigned, commit, commit == null ? 0 : commit.offset()));
  }

  private void committed(Fact.Committed commit) {
    committed.put(commit.partition(), commit);
    NearMap<Member, Window> owners = windows.get(commit.partition());
    if (owners == null) {
      return;
    }
    for (Window window : owners.values()) {
      if (isOf(window, commit) || commit.offset() < window.from) {
        window.from = commit.offset();
        window.commit = commit;
      }
    }
  }

  /** Whether the owner made it in this ownership, and not in an earlier one, to be applied now. */
  private boolean isOf(Window window, Fact.Committed commit) {
    return !seeksAreMeant
        && commit.member().equals(window.assigned.member())
        && commit.generation() >= window.assigned.generation()
        && !commit.givenUp();
  }

  private void started(Fact.Started started) {
    Window window = window(started.member(), started.partition());
    if (window == null || !ownership.heard(started.member())) {
      return;
    }
    findings.judged();
    if (started.offset() >= window.from) {
      return;
    }
    if (started.offset() >= window.sought) {
      findings.excused("sought");
      return;
    }
    findings.violated(
        "%s: %s works on offset %d again, and %d was committed"
            .formatted(started.partition(), started.member(), started.offset(), window.from),
        started,
        Findings.timeline(window.commit, window.assigned, started));
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }

  /** What a member must not go back behind while it has a partition. */
  private static final class Window {
    private final Fact.Assigned assigned;
    private Fact.@Nullable Committed commit;
    private long from;
    private long sought = Long.MAX_VALUE;

    Window(Fact.Assigned assigned, Fact.@Nullable Committed commit, long from) {
      this.assigned = assigned;
      this.commit = commit;
      this.from = from;
    }
  }
}
