package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Follows which member holds which partition. */
final class Ownership {
  private static final String FENCED = "fenced";

  private final NearMap<Member, Holdings> members = new NearMap<>();
  private final Map<TopicPartition, Tenure> latest = new HashMap<>();

  void accept(Fact fact) {
    if (fact instanceof Fact.Assigned assigned) {
      if (heard(assigned.member())) {
        assigned.partitions().forEach(partition -> begin(assigned, partition));
      }
    } else if (fact instanceof Fact.RevokeStarted started) {
      if (heard(started.member())) {
        started.partitions().forEach(p -> tenure(started.member(), p).revokeStarted(started));
      }
    } else if (fact instanceof Fact.Revoked revoked) {
      if (heard(revoked.member())) {
        revoked.partitions().forEach(p -> tenure(revoked.member(), p).revoked(revoked));
      }
    } else if (fact instanceof Fact.Lost lost) {
      // The coordinator's word: it counts for a member that has crashed, too.
      lost.partitions().forEach(p -> tenure(lost.member(), p).lost(lost));
      if (!lost.byMember()) {
        holdings(lost.member()).removal = lost;
      }
    } else if (fact instanceof Fact.Replaced replaced) {
      // An assignment of this generation can be on its way to the one, and is the other's own.
      holdings(replaced.member()).removal =
          Fact.Lost.decided(
              replaced.atNanos(), replaced.member(), List.of(), FENCED, replaced.generation());
      holdings(replaced.successor()).removal = null;
    } else if (fact instanceof Fact.Regained regained) {
      holdings(regained.member()).removal = null;
      regained.partitions().forEach(p -> regain(regained.member(), p));
    } else if (fact instanceof Fact.Crashed crashed) {
      holdings(crashed.member()).crash = crashed;
    }
  }

  private void begin(Fact.Assigned assigned, TopicPartition partition) {
    Holdings holdings = holdings(assigned.member());
    Tenure before = holdings.tenures.get(partition);
    int epoch = before == null ? 1 : before.epoch() + 1;
    Tenure tenure = new Tenure(assigned.member(), epoch, assigned);
    holdings.assigned = true;
    holdings.tenures.put(partition, tenure);
    Fact.Lost removal = holdings.removal;
    if (removal != null && assigned.generation() <= removal.generation()) {
      // It was on its way for long, and the group has gone on without the member.
      tenure.lost(removal);
    } else if (!isOutdated(assigned, latest.get(partition))) {
      latest.put(partition, tenure);
    }
  }

  /** A member that stood still takes up an assignment which others have moved on from. */
  private static boolean isOutdated(Fact.Assigned assigned, @Nullable Tenure current) {
    Fact.Assigned since = current == null ? null : current.since();
    return current != null
        && since != null
        && current.holds()
        && assigned.generation() < since.generation();
  }

  /** Whoever has the partition has it again; so has who was assigned it after its removal. */
  private void regain(Member member, TopicPartition partition) {
    Tenure tenure = tenure(member, partition);
    Tenure current = latest(partition);
    boolean nobodySince =
        current == null || (!current.holds() && current.generation() < tenure.generation());
    if (tenure == current || (nobodySince && tenure.since() != null)) {
      latest.put(partition, tenure);
      tenure.regained();
    }
  }

  /** Returns whether what the member reports counts: it has not crashed. */
  boolean heard(Member member) {
    return crash(member) == null;
  }

  Fact.@Nullable Crashed crash(Member member) {
    Holdings holdings = members.get(member);
    return holdings == null ? null : holdings.crash;
  }

  /** Returns whether the member takes part in assignments; otherwise it assigns itself. */
  boolean everAssigned(Member member) {
    Holdings holdings = members.get(member);
    return holdings != null && holdings.assigned;
  }

  /** Returns the member's last tenure of the partition, past or present. */
  Tenure tenure(Member member, TopicPartition partition) {
    NearMap<TopicPartition, Tenure> tenures = holdings(member).tenures;
    Tenure tenure = tenures.get(partition);
    if (tenure == null) {
      tenure = new Tenure(member, 0, null);
      tenures.put(partition, tenure);
    }
    return tenure;
  }

  /** Returns the tenure that began last among all members, or null. */
  @Nullable Tenure latest(TopicPartition partition) {
    return latest.get(partition);
  }

  private Holdings holdings(Member member) {
    return members.get(member, Holdings::new);
  }

  private static final class Holdings {
    final NearMap<TopicPartition, Tenure> tenures = new NearMap<>();
    boolean assigned;
    Fact.@Nullable Lost removal;
    Fact.@Nullable Crashed crash;
  }
}
