package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges {@link Invariant#KEY_EXCLUSIVE}. */
final class KeyExclusiveChecker implements Checker {
  private static final String DEADLINE = "deadline";

  private final Findings findings = new Findings(Invariant.KEY_EXCLUSIVE);
  private final Ownership ownership = new Ownership();
  private final OpenWork<Work> open = new OpenWork<>();
  private final Map<TopicKey, List<Work>> byKey = new HashMap<>();
  private final long revokeDeadlineNanos;

  KeyExclusiveChecker(CheckSettings settings) {
    revokeDeadlineNanos = settings.revokeDeadline().toNanos();
  }

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Started started) {
      if (ownership.heard(started.member())) {
        started(started);
      }
    } else if (fact instanceof Fact.Ended ended) {
      Work work = ownership.heard(ended.member()) ? open.close(ended) : null;
      if (work != null) {
        close(work);
      }
    } else {
      ownership.accept(fact);
      if (fact instanceof Fact.Crashed crashed) {
        open.closeAll(crashed.member()).forEach(this::close);
      }
    }
  }

  private void started(Fact.Started started) {
    findings.judged();
    Tenure tenure = ownership.tenure(started.member(), started.partition());
    Work work = new Work(started, tenure, tenure.revoked() != null);
    List<Work> others = byKey.computeIfAbsent(work.key(), key -> new ArrayList<>(2));
    others.forEach(other -> overlap(other, work));
    others.add(work);
    open.open(started, work);
  }

  private void close(Work work) {
    List<Work> others = byKey.get(work.key());
    if (others != null && others.remove(work) && others.isEmpty()) {
      byKey.remove(work.key());
    }
  }

  private void overlap(Work earlier, Work later) {
    if (!earlier.started.member().equals(later.started.member())) {
      String excuse = excuse(earlier);
      excuse = excuse != null ? excuse : excuse(later);
      if (excuse != null) {
        findings.excused(excuse);
        return;
      }
    }
    findings.violated(
        message(earlier, later),
        later.started,
        Findings.timeline(
            earlier.tenure.since(),
            earlier.started,
            earlier.tenure.closing(),
            later.tenure.since(),
            later.started));
  }

  /** Returns why the member may be working on the key though it is not the owner, or null. */
  private @Nullable String excuse(Work work) {
    Fact.Lost lost = work.tenure.lost();
    if (lost != null) {
      return lost.reason();
    }
    boolean outlivedRevoke = work.tenure.revoked() != null && !work.startedAfterRevoke;
    return outlivedRevoke && work.tenure.revokeNanos() >= revokeDeadlineNanos ? DEADLINE : null;
  }

  private static String message(Work earlier, Work later) {
    Fact.Started first = earlier.started;
    Fact.Started second = later.started;
    if (first.partition().equals(second.partition())) {
      return "key %s of %s: offset %d started at %s while offset %d was still running at %s"
          .formatted(
              second.key(),
              second.partition(),
              second.offset(),
              second.member(),
              first.offset(),
              first.member());
    }
    return "key %s of %s: offset %d of %s started at %s while offset %d of %s was still running at %s"
        .formatted(
            second.key(),
            second.partition().topic(),
            second.offset(),
            second.partition(),
            second.member(),
            first.offset(),
            first.partition(),
            first.member());
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }

  private record TopicKey(String topic, String key) {}

  /**
   * @param startedAfterRevoke whether the member had given the partition up before
   */
  private record Work(Fact.Started started, Tenure tenure, boolean startedAfterRevoke) {
    TopicKey key() {
      return new TopicKey(started.partition().topic(), started.key());
    }
  }
}
