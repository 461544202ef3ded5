package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.broker.ConsumerGroupSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ConsumerGroupDescribeRequest;
import io.heddle.simulator.protocol.DeleteGroupsRequest;
import io.heddle.simulator.protocol.DescribeGroupsRequest;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.ListGroupsRequest;
import io.heddle.simulator.protocol.OffsetDeleteRequest;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.SyncGroupRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Makes up the next operation, mostly a sensible one for whoever does it. */
final class Generator implements Duel.Listener {
  private static final List<String> GROUPS = List.of("g0", "g1", "g2");
  private static final int ACTORS = 7;
  private static final int MODERNS = 7;
  private static final int MOST_PARTITIONS = 20;

  /** One action in so many is by a member of the consumer protocol. */
  private static final int MODERN_ONCE_IN = 2;

  private static final Caller ADMIN =
      new Caller(new Member("admin", 1), "admin", KafkaContext.HOST);

  private final Random random;
  private final Wishes wishes;
  private final List<Actor> actors = new ArrayList<>();
  private final List<ModernActor> moderns = new ArrayList<>();
  private final TreeMap<Integer, ModernActor> modernAskers = new TreeMap<>();
  private final TreeMap<Integer, Actor> askers = new TreeMap<>();
  private int made;

  Generator(Random random) {
    this.random = random;
    this.wishes = new Wishes(random);
    for (int i = 0; i < ACTORS; i++) {
      // Two static members in the first group share an instance.
      Optional<String> instance = i % 3 == 2 ? Optional.of("i" + i % 2) : Optional.empty();
      String group = GROUPS.get(i < 5 ? 0 : 1);
      actors.add(
          new Actor(i, group, instance, i == 4 && random.nextInt(4) == 0 ? "connect" : "consumer"));
    }
    for (int i = 0; i < MODERNS; i++) {
      // Two static members share an instance; one is alone.
      Optional<String> instance = i % 3 == 2 ? Optional.of("j") : Optional.empty();
      moderns.add(
          new ModernActor(
              i,
              ModernActor.GROUPS.get(i == 4 ? 1 : 0),
              i == 6 ? Optional.of("j1") : instance,
              random));
    }
  }

  private static ConsumerGroupSettings consumers(Random random) {
    return ConsumerGroupSettings.defaults()
        .withSession(4_000 + random.nextInt(6_000), 1_000)
        .withAssignmentIntervalMs(random.nextBoolean() ? 0 : 1_000)
        .withRegexRefreshIntervalMs(10_000 * (1 + random.nextInt(6)))
        .withMigration(ConsumerGroupSettings.Migration.DISABLED)
        .withMaxSize(random.nextInt(4) == 0 ? 2 : 100);
  }

  static Settings settings(Random random) {
    int delayMs = random.nextInt(3) == 0 ? 0 : 1_000 * (1 + random.nextInt(3));
    int maxSize = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : MemberIds.MAX_MEMBERS - 1;
    return new Settings(
        GroupSettings.defaults()
            .withConsumer(consumers(random))
            .withSessionTimeoutMs(100, 30_000)
            .withInitialRebalanceDelayMs(delayMs)
            .withMaxSize(maxSize)
            .withOffsetMetadataMaxBytes(12));
  }

  @Override
  public void answered(int number, Operation operation, Response response) {
    ModernActor modern = modernAskers.remove(number);
    if (modern != null) {
      modern.answered(response);
    }
    Actor asker = askers.remove(number);
    if (asker != null) {
      asker.answered(number, response);
    }
  }

  Operation next(Duel duel) {
    int number = made++;
    if (number < Wishes.TOPICS.size()) {
      return createTopic(Wishes.TOPICS.get(number));
    }
    int draw = random.nextInt(1_000);
    if (draw < 180) {
      return new Operation.Advance(someTime(duel));
    } else if (draw < 262) {
      return byAnAdmin(draw - 180);
    } else if (draw < 290) {
      return new Operation.EndTransaction(random.nextInt(Duel.PRODUCERS), random.nextInt(3) > 0);
    }
    boolean modern = random.nextInt(MODERN_ONCE_IN) == 0;
    ModernActor one = moderns.get(random.nextInt(moderns.size()));
    Actor actor = actors.get(random.nextInt(actors.size()));
    if (draw < 340) {
      int producer = random.nextInt(Duel.PRODUCERS);
      return modern
          ? new Operation.CommitInTransaction(producer, one.caller(), one.commitInTransaction())
          : new Operation.CommitInTransaction(
              producer, actor.caller(), wishes.commitInTransaction(actor));
    }
    if (modern) {
      modernAskers.put(number, one);
      return new Operation.Send(one.caller(), one.next(), "");
    }
    return act(number, actor, duel);
  }

  private Operation byAnAdmin(int draw) {
    if (draw < 25) {
      return admin(new DescribeGroupsRequest(someGroups()));
    } else if (draw < 45) {
      return admin(new ConsumerGroupDescribeRequest(someGroups()));
    } else if (draw < 54) {
      return admin(new ListGroupsRequest());
    } else if (draw < 63) {
      return admin(new DeleteGroupsRequest(someGroups()));
    } else if (draw < 73) {
      return admin(new OffsetDeleteRequest(allGroups().get(random.nextInt(5)), somePartitions()));
    }
    String topic = Wishes.ALL_TOPICS.get(random.nextInt(Wishes.ALL_TOPICS.size()));
    return switch (random.nextInt(5)) {
      case 0, 1 -> new Operation.DeleteTopic(topic);
      case 2 -> new Operation.GrowTopic(topic, 1 + random.nextInt(MOST_PARTITIONS));
      default -> createTopic(topic);
    };
  }

  private Operation createTopic(String topic) {
    return new Operation.CreateTopic(
        topic,
        new Uuid(random.nextLong(), random.nextLong()),
        Wishes.TOPICS.contains(topic) ? Wishes.PARTITIONS : 1 + random.nextInt(MOST_PARTITIONS));
  }

  private static List<String> allGroups() {
    return Stream.concat(GROUPS.stream(), ModernActor.GROUPS.stream()).toList();
  }

  private List<String> someGroups() {
    return allGroups().stream().filter(group -> random.nextInt(3) > 0).toList();
  }

  private List<TopicPartition> somePartitions() {
    return Wishes.ALL_TOPICS.stream()
        .filter(topic -> random.nextBoolean())
        .map(topic -> new TopicPartition(topic, random.nextInt(Wishes.PARTITIONS + 1)))
        .toList();
  }

  private long someTime(Duel duel) {
    long untilTimer = duel.nextTimer() - duel.nowMs();
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> random.nextInt(200);
      case 3, 4 -> random.nextInt(2_000);
      case 5 -> random.nextInt(12_000);
      case 6 -> Math.min(Math.max(untilTimer - 1, 0), 300_000);
      default -> Math.min(untilTimer, 300_000);
    };
  }

  private static Operation admin(Request request) {
    return new Operation.Send(ADMIN, request, "");
  }

  private Operation act(int number, Actor actor, Duel duel) {
    int draw = random.nextInt(100);
    Request request =
        switch (actor.stage()) {
          case OUT -> draw < 80 ? join(actor, duel) : wishes.any(actor);
          case HAS_ID -> draw < 88 ? join(actor, duel) : wishes.any(actor);
          case JOINING, SYNCING -> draw < 5 ? join(actor, duel) : wishes.any(actor);
          case JOINED -> draw < 85 ? wishes.sync(actor) : wishes.any(actor);
          case STABLE -> draw < 3 ? join(actor, duel) : wishes.any(actor);
        };
    return send(number, actor, request);
  }

  /** Joins, unless the group has as many members as can be kept in order. */
  private Request join(Actor actor, Duel duel) {
    return duel.simulator().membersOf(actor.groupId()) < MemberIds.MAX_MEMBERS - 1
        ? wishes.join(actor)
        : wishes.heartbeat(actor);
  }

  private Operation send(int number, Actor actor, Request request) {
    askers.put(number, actor);
    String suffix = "";
    if (request instanceof JoinGroupRequest join) {
      actor.joining(number);
      if (join.memberId().isEmpty()) {
        String prefix = join.groupInstanceId().orElse(actor.caller().clientId());
        suffix = MemberIds.suffix(prefix, random);
      }
    } else if (request instanceof SyncGroupRequest) {
      actor.syncing(number);
    } else if (request instanceof LeaveGroupRequest) {
      if (random.nextBoolean()) {
        actor.forget();
      }
    }
    return new Operation.Send(actor.caller(), request, suffix);
  }
}
