package io.heddle.campaign.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.TopicPartition;

/** The steps that change who is in a group; each ends when the group has settled. */
final class GroupSteps {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(5);

  /** A poll that has so much time throws its failure itself. */
  private static final Duration COMPLAINT = Duration.ofSeconds(1);

  private static final int QUIET_ROUNDS = 3;

  /** So long it takes a leader to look at its topics twice, if it looks often. */
  private static final long TWO_LOOKS_NANOS = Duration.ofMillis(500).toNanos();

  private static final long TWO_HEARTBEATS_NANOS = Duration.ofMillis(120).toNanos();

  private GroupSteps() {}

  static Step subscribe(String name, List<String> topics) {
    return new Step(
        "Consumer.subscribe",
        name + ".subscribe" + topics,
        stage -> {
          ConsumerActor actor = stage.consumer(name);
          return settled(
              stage,
              actor,
              () -> actor.consumer.subscribe(topics.stream().map(stage::name).toList(), actor));
        });
  }

  static Step unsubscribe(String name) {
    return new Step(
        "Consumer.unsubscribe",
        name + ".unsubscribe()",
        stage -> {
          ConsumerActor actor = stage.consumer(name);
          return settled(
              stage,
              actor,
              () -> {
                boolean stays = actor.isMember() && actor.isStatic;
                actor.consumer.unsubscribe();
                if (stays) {
                  stage.lingering(actor.group.orElseThrow()).add(actor.instance());
                }
              });
        });
  }

  /** Closes a member; {@code operation} says whether it leaves its group. */
  static Step close(String name, CloseOptions.GroupMembershipOperation operation) {
    return new Step(
        "Consumer.close",
        name + ".close(" + operation + ")",
        stage -> {
          ConsumerActor actor = stage.consumer(name);
          return settled(
              stage,
              actor,
              () -> {
                boolean member = actor.isMember();
                actor.consumer.close(
                    CloseOptions.groupMembershipOperation(operation).withTimeout(PATIENCE));
                actor.closed();
                boolean stays =
                    operation == CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                        || (operation == CloseOptions.GroupMembershipOperation.DEFAULT
                            && actor.isStatic);
                if (member && stays) {
                  stage.lingering(actor.group.orElseThrow()).add(actor.instance());
                }
              });
        });
  }

  /** Makes a topic that members of the group may wait for. */
  static Step createTopic(String groupInTrace, String topic, int partitions) {
    return change(groupInTrace, AdminSteps.create(topic, partitions));
  }

  /** Deletes a topic that members of the group may have. */
  static Step deleteTopic(String groupInTrace, String topic) {
    return change(groupInTrace, AdminSteps.delete(topic));
  }

  private static Step change(String groupInTrace, Step step) {
    return new Step(
        step.api(),
        step.text() + " while " + groupInTrace + " settles",
        stage -> {
          List<String> came = new ArrayList<>();
          String settled =
              settled(stage, stage.name(groupInTrace), () -> came.add(step.act().on(stage)));
          return came + " " + settled;
        });
  }

  /** Removes those from the group who have gone without leaving it. */
  static Step removeLingering(String groupInTrace) {
    return new Step(
        "Admin.removeMembersFromConsumerGroup",
        "removeMembersFromConsumerGroup(" + groupInTrace + ", those who have gone)",
        stage -> {
          String group = stage.name(groupInTrace);
          Set<String> gone = stage.lingering(group);
          if (gone.isEmpty()) {
            return "nobody";
          }
          return settled(
              stage,
              group,
              () -> {
                stage
                    .side()
                    .onlooker()
                    .removeMembersFromConsumerGroup(
                        group,
                        new RemoveMembersFromConsumerGroupOptions(
                            gone.stream().map(MemberToRemove::new).toList()))
                    .all()
                    .get();
                gone.clear();
              });
        });
  }

  /** What changes a group. */
  @FunctionalInterface
  private interface Change {
    void make() throws Exception;
  }

  private static String settled(Stage stage, ConsumerActor actor, Change change) throws Exception {
    if (actor.group.isEmpty()) {
      change.make();
      return "done";
    }
    return settled(stage, actor.group.get(), change);
  }

  /** Makes it while nobody in the group reads, and waits for what follows from it. */
  private static String settled(Stage stage, String group, Change change)
      throws InterruptedException {
    List<ConsumerActor> before = members(stage, group);
    before.forEach(ConsumerActor::hold);
    // What a member sends that has to ask about the cluster first stays with it.
    before.stream().filter(each -> each.looksOften).forEach(GroupSteps::poll);
    int stayed = stage.lingering(group).size();
    String came = "done";
    try {
      change.make();
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception thrown) {
      came = "throws " + Failure.of(thrown);
    }
    List<ConsumerActor> members = members(stage, group);
    members.stream().filter(each -> !before.contains(each)).forEach(ConsumerActor::hold);
    if (!members.containsAll(before)
        || stage.lingering(group).size() < stayed
        || before.stream().anyMatch(ConsumerActor::hasResubscribed)) {
      // Everybody learns that somebody has gone before anybody reads on. A modern member says what
      // else it wants with its next heartbeat, not at once; and a classic one's heartbeat thread
      // hears of the topics before a poll does, if that comes late.
      pause(stage.side(), TWO_HEARTBEATS_NANOS);
    }
    members.forEach(each -> stage.lingering(group).remove(each.instance()));
    String end = settle(stage, group, members);
    before.stream().filter(each -> !members.contains(each)).forEach(ConsumerActor::letGo);
    members.forEach(ConsumerActor::release);
    return came + "; " + end;
  }

  private static void pause(Side side, long nanos) {
    long end = side.nanoTime() + nanos;
    while (side.nanoTime() < end) {
      side.pause();
    }
  }

  private static List<ConsumerActor> members(Stage stage, String group) {
    List<ConsumerActor> members = new ArrayList<>();
    for (ConsumerActor each : stage.consumers()) {
      if (each.isMember() && each.group.orElseThrow().equals(group)) {
        members.add(each);
      }
    }
    return members;
  }

  private static String settle(Stage stage, String group, List<ConsumerActor> members)
      throws InterruptedException {
    long deadline = stage.side().nanoTime() + Stage.PATIENCE_NANOS;
    // What has been answered must arrive, and a member that wants to join again must have said so.
    boolean looksOften = members.stream().anyMatch(each -> each.looksOften);
    long quietSince = stage.side().nanoTime();
    List<Integer> generations = List.of();
    for (int rounds = 0;
        rounds < QUIET_ROUNDS
            || (looksOften && stage.side().nanoTime() - quietSince < TWO_LOOKS_NANOS);
        rounds++) {
      List<Integer> now =
          members.stream().map(each -> each.consumer.groupMetadata().generationId()).toList();
      if (!Settled.is(stage, group, members) || !now.equals(generations)) {
        rounds = -1;
        quietSince = stage.side().nanoTime();
        generations = now;
      }
      if (stage.side().nanoTime() > deadline) {
        return "the group does not settle";
      }
      members.forEach(GroupSteps::poll);
      if (members.isEmpty()) {
        stage.side().pause();
      }
    }
    List<String> lines = new ArrayList<>();
    for (ConsumerActor each : members) {
      lines.add(each.name + " " + positions(each));
      if (each.mayHaveCommitted()) {
        each.consumer.commitSync(PATIENCE);
      }
      takeComplaints(stage.side(), each);
    }
    return String.join(", ", lines);
  }

  private static void poll(ConsumerActor member) {
    try {
      int count = member.consumer.poll(POLL).count();
      if (count > 0) {
        member.hear("got " + count + " records while everything was paused");
      }
    } catch (NoOffsetForPartitionException chance) {
      // Whether another poll comes is chance; who asks for the positions then hears it again.
    } catch (RuntimeException thrown) {
      member.hearOnce("poll threw " + Failure.of(thrown));
    }
  }

  /**
   * A poll that returned goes on in the background of a modern consumer. What it finds is thrown by
   * the next poll, and, if it came after the first had ended, by whoever looks for positions next:
   * a partition without an offset would be complained of after the offset has been committed, in
   * some runs. So whoever has one complains now: of what was left, of what was kept, and by itself.
   */
  private static void takeComplaints(Side side, ConsumerActor member) {
    int complaints =
        member.consumer.assignment().stream().anyMatch(it -> lacks(member, it)) ? 3 : 0;
    long deadline = side.nanoTime() + Stage.PATIENCE_NANOS;
    while (complaints > 0 && side.nanoTime() < deadline) {
      try {
        member.consumer.poll(COMPLAINT);
      } catch (NoOffsetForPartitionException complaint) {
        complaints--;
      }
    }
  }

  private static boolean lacks(ConsumerActor member, TopicPartition partition) {
    try {
      member.consumer.position(partition, PATIENCE);
      return false;
    } catch (NoOffsetForPartitionException lacks) {
      return true;
    } catch (RuntimeException other) {
      return false;
    }
  }

  /** Where each partition of a member begins is decided now, and not at some later poll. */
  private static List<String> positions(ConsumerActor member) {
    List<String> positions = new ArrayList<>();
    for (TopicPartition each : ConsumerActor.sorted(member.consumer.assignment())) {
      try {
        positions.add(each + "@" + member.consumer.position(each, PATIENCE));
      } catch (RuntimeException thrown) {
        positions.add(each + " throws " + Failure.of(thrown));
      }
    }
    return positions;
  }
}
