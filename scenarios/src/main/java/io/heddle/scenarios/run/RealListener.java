package io.heddle.scenarios.run;

import io.heddle.engine.DeadlineExceededException;
import io.heddle.engine.EngineListener;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the members' engines tell stands for what a real broker is not asked. */
final class RealListener implements EngineListener {
  private final Member member;
  private final String groupId;
  private final RealFacts facts;
  private final MemberDealings dealings;

  RealListener(Member member, String groupId, RealFacts facts, MemberDealings dealings) {
    this.member = member;
    this.groupId = groupId;
    this.facts = facts;
    this.dealings = dealings;
  }

  @Override
  public void skipped(TopicPartition partition, long offset, Exception failure) {
    dealings.givenUp().skipped(partition, offset, failure instanceof DeadlineExceededException);
  }

  @Override
  public void deadLettered(TopicPartition partition, long offset, String topic, Exception failure) {
    dealings
        .givenUp()
        .deadLettered(partition, offset, failure instanceof DeadlineExceededException);
  }

  @Override
  public void assigned(Set<TopicPartition> partitions) {
    dealings.ownerships().assigned(partitions);
    if (!partitions.isEmpty()) {
      facts.accept(new Fact.Assigned(facts.now(), member, 0, List.copyOf(partitions)));
    }
  }

  @Override
  public void willRevoke(Set<TopicPartition> partitions) {
    if (!partitions.isEmpty()) {
      facts.accept(new Fact.RevokeStarted(facts.now(), member, List.copyOf(partitions)));
    }
  }

  @Override
  public void revoked(Set<TopicPartition> partitions) {
    dealings.ownerships().revoked(partitions);
    if (!partitions.isEmpty()) {
      facts.accept(new Fact.Revoked(facts.now(), member, List.copyOf(partitions)));
    }
  }

  @Override
  public void lost(Set<TopicPartition> partitions) {
    if (!partitions.isEmpty()) {
      facts.accept(new Fact.Lost(facts.now(), member, List.copyOf(partitions), "lost"));
    }
  }

  @Override
  public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) ->
            facts.accept(
                new Fact.Committed(
                    facts.now(),
                    groupId,
                    member,
                    0,
                    partition,
                    offset.offset(),
                    offset.leaderEpoch().orElse(-1),
                    offset.metadata())));
  }

  @Override
  public void failed(Throwable failure) {
    facts.failed(member + " stopped by itself: ", failure);
  }
}
