package io.heddle.campaign.group;

import io.heddle.simulator.protocol.GroupBytes;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest.MemberIdentity;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.SyncGroupRequest;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;

/** Requests as a member makes them; now and then one that is wrong in some way. */
final class Wishes {
  static final List<String> TOPICS = List.of("t0", "t1");

  /** With one of which the number of partitions is drawn. */
  static final List<String> ALL_TOPICS = List.of("t0", "t1", "u0");

  static final int PARTITIONS = 3;
  private static final List<String> ASSIGNORS = List.of("range", "roundrobin", "sticky");
  private static final int[] SESSIONS_MS = {1_000, 3_000, 6_000, 6_000, 10_000, 30_000};
  private static final int[] REBALANCES_MS = {500, 2_000, 5_000, 5_000, 20_000};

  private final Random random;

  /** One request in so many is wrong in some way. */
  private final int errsOnceIn;

  Wishes(Random random) {
    this.random = random;
    this.errsOnceIn = random.nextInt(3) == 0 ? 12 : 80;
  }

  String topic() {
    return TOPICS.get(random.nextInt(TOPICS.size()));
  }

  private boolean errs() {
    return random.nextInt(errsOnceIn) == 0;
  }

  private int oneOf(int[] values) {
    return values[random.nextInt(values.length)];
  }

  private String memberId(Actor actor) {
    if (errs()) {
      return random.nextBoolean() ? "" : "stranger";
    }
    return actor.memberId();
  }

  private Optional<String> instanceId(Actor actor) {
    if (random.nextInt(2 * errsOnceIn) == 0) {
      return random.nextBoolean() ? Optional.of("i" + random.nextInt(3)) : Optional.empty();
    }
    return actor.instanceId();
  }

  private int generation(Actor actor) {
    return errs() ? actor.generation() - 1 + random.nextInt(3) : actor.generation();
  }

  private String group(Actor actor) {
    int draw = random.nextInt(5 * errsOnceIn);
    return switch (draw) {
      case 0 -> "";
      case 1, 2 -> "g" + random.nextInt(4);
      case 3, 4 -> "c" + random.nextInt(2);
      default -> actor.groupId();
    };
  }

  JoinGroupRequest join(Actor actor) {
    int sessionMs = errs() ? (random.nextBoolean() ? 99 : 30_001) : oneOf(SESSIONS_MS);
    List<JoinGroupRequest.Protocol> protocols = new ArrayList<>();
    for (String assignor : ASSIGNORS) {
      if (assignor.equals("range") || random.nextInt(8) > 0) {
        protocols.add(new JoinGroupRequest.Protocol(assignor, subscription()));
      }
    }
    if (random.nextInt(3) == 0 && protocols.size() > 1) {
      protocols.add(protocols.remove(0));
    }
    String type =
        random.nextInt(3 * errsOnceIn) == 0
            ? (random.nextBoolean() ? "connect" : "")
            : actor.protocolType();
    int where = random.nextInt(6 * errsOnceIn);
    return new JoinGroupRequest(
        where == 0 ? "" : where < 3 ? "c" + where % 2 : actor.groupId(),
        sessionMs,
        oneOf(REBALANCES_MS),
        memberId(actor),
        instanceId(actor),
        type,
        protocols,
        "");
  }

  /** One of few, so that members often come back with the same. */
  private GroupBytes subscription() {
    List<String> topics = random.nextInt(4) == 0 ? TOPICS : TOPICS.subList(0, 1);
    return bytes(ConsumerProtocol.serializeSubscription(new Subscription(topics)));
  }

  /** Each partition to one of the members at most: the simulator checks that. */
  private Map<String, GroupBytes> assignments(List<String> members) {
    Map<String, List<TopicPartition>> partitions = new LinkedHashMap<>();
    members.forEach(member -> partitions.put(member, new ArrayList<>()));
    for (String topic : TOPICS) {
      for (int partition = 0; partition < PARTITIONS && !members.isEmpty(); partition++) {
        String owner = members.get(random.nextInt(members.size()));
        partitions
            .computeIfAbsent(owner, it -> new ArrayList<>())
            .add(new TopicPartition(topic, partition));
      }
    }
    Map<String, GroupBytes> assignments = new LinkedHashMap<>();
    partitions.forEach(
        (member, owned) -> {
          if (!errs()) {
            assignments.put(
                member, bytes(ConsumerProtocol.serializeAssignment(new Assignment(owned))));
          }
        });
    return assignments;
  }

  private static GroupBytes bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return GroupBytes.of(bytes);
  }

  SyncGroupRequest sync(Actor actor) {
    List<String> members = new ArrayList<>(actor.leads() ? actor.members() : List.of());
    if (errs()) {
      members.add("stranger");
    }
    Map<String, GroupBytes> assignments = assignments(members);
    return new SyncGroupRequest(
        group(actor),
        generation(actor),
        memberId(actor),
        instanceId(actor),
        random.nextInt(2 * errsOnceIn) == 0 ? "connect" : actor.protocolType(),
        random.nextInt(2 * errsOnceIn) == 0 || actor.protocol().isEmpty()
            ? "sticky"
            : actor.protocol(),
        assignments);
  }

  HeartbeatRequest heartbeat(Actor actor) {
    return new HeartbeatRequest(
        group(actor), generation(actor), memberId(actor), instanceId(actor));
  }

  private LeaveGroupRequest leave(Actor actor) {
    List<MemberIdentity> members = new ArrayList<>();
    members.add(new MemberIdentity(memberId(actor), instanceId(actor), "leaving"));
    while (random.nextInt(4) == 0) {
      // As an admin does it.
      members.add(
          new MemberIdentity(
              random.nextInt(4) == 0 ? "stranger" : "", Optional.of("i" + random.nextInt(3)), ""));
    }
    return new LeaveGroupRequest(group(actor), members);
  }

  private Map<TopicPartition, OffsetToCommit> offsets() {
    Map<TopicPartition, OffsetToCommit> offsets = new LinkedHashMap<>();
    do {
      // Now and then a partition that is not there.
      int partition = random.nextInt(30) == 0 ? PARTITIONS : random.nextInt(PARTITIONS);
      String note = "n".repeat(random.nextInt(20) == 0 ? 13 : random.nextInt(3));
      offsets.put(
          new TopicPartition(topic(), partition),
          new OffsetToCommit(random.nextInt(1_000), random.nextInt(3) - 1, note));
    } while (random.nextBoolean());
    return offsets;
  }

  private OffsetCommitRequest commit(Actor actor) {
    if (random.nextInt(6) == 0) {
      // Without being in the group: a simple consumer, or an admin.
      return new OffsetCommitRequest(
          random.nextInt(3) == 0 ? "g2" : group(actor), -1, "", Optional.empty(), offsets());
    }
    return new OffsetCommitRequest(
        group(actor), generation(actor), memberId(actor), instanceId(actor), offsets());
  }

  /** In a transaction; the producer is filled in later. */
  TxnOffsetCommitRequest commitInTransaction(Actor actor) {
    boolean anonymous = random.nextInt(3) == 0;
    String group = random.nextInt(5) == 0 ? "g2" : actor.groupId();
    return anonymous
        ? new TxnOffsetCommitRequest("", group, 0, (short) 0, -1, "", Optional.empty(), offsets())
        : new TxnOffsetCommitRequest(
            "",
            group,
            0,
            (short) 0,
            generation(actor),
            memberId(actor),
            instanceId(actor),
            offsets());
  }

  private OffsetFetchRequest fetch(Actor actor) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : TOPICS) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        if (random.nextInt(3) > 0) {
          partitions.add(new TopicPartition(topic, partition));
        }
      }
    }
    boolean all = random.nextInt(3) == 0;
    return new OffsetFetchRequest(
        random.nextInt(4) == 0 ? "g2" : actor.groupId(),
        "",
        -1,
        all ? List.of() : partitions,
        all,
        random.nextBoolean());
  }

  /** Whatever else a member does, sensible or not where it stands. */
  Request any(Actor actor) {
    int draw = random.nextInt(100);
    if (draw < 38) {
      return heartbeat(actor);
    } else if (draw < 66) {
      return commit(actor);
    } else if (draw < 82) {
      return fetch(actor);
    } else if (draw < 89) {
      return leave(actor);
    } else if (draw < 96) {
      return sync(actor);
    }
    return join(actor);
  }
}
