package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Somebody who takes part in a group by the consumer protocol (KIP-848): mostly as a client does,
 * now and then late, with old news, or with what it does not have.
 */
final class ModernActor {
  static final List<String> GROUPS = List.of("c0", "c1");

  private static final List<List<String>> NAMES =
      List.of(
          Wishes.TOPICS,
          List.of("t0"),
          List.of("t1"),
          List.of("t1", "t0", "u0"),
          List.of("u0", "t0"),
          List.of("u0"),
          List.of());

  /** The last ones are none, in Java's words or in those of the brokers' RE2. */
  private static final List<String> PATTERNS =
      List.of("t.*", "t1", ".0", "[tu]0", "u.*", "x.*", "", "(", "(?!t)u0");

  private static final int[] REBALANCES_MS = {500, 2_000, 5_000, 20_000};

  private final String groupId;
  private final Optional<String> instanceId;
  private final Caller caller;
  private final Random random;
  private final int errsOnceIn;
  private String memberId;
  private int epoch;
  private Map<Uuid, List<Integer>> target = Map.of();

  ModernActor(int index, String groupId, Optional<String> instanceId, Random random) {
    this.groupId = groupId;
    this.memberId = newMemberId(random);
    this.instanceId = instanceId;
    this.random = random;
    this.errsOnceIn = random.nextInt(3) == 0 ? 10 : 60;
    String name = "m" + index;
    this.caller = new Caller(new Member(name, 1), name, KafkaContext.HOST);
  }

  private static String newMemberId(Random random) {
    return new Uuid(random.nextLong(), random.nextLong()).toString();
  }

  Caller caller() {
    return caller;
  }

  private boolean errs() {
    return random.nextInt(errsOnceIn) == 0;
  }

  Request next() {
    if (epoch <= 0) {
      return switch (random.nextInt(16)) {
        case 0 -> commit();
        case 1 -> fetch();
        default -> join();
      };
    }
    int draw = random.nextInt(100);
    if (draw < 30) {
      return heartbeat(Optional.empty(), Optional.empty(), Optional.empty());
    } else if (draw < 58) {
      return heartbeat(Optional.empty(), Optional.empty(), Optional.of(errs() ? Map.of() : target));
    } else if (draw < 66) {
      return resubscribe();
    } else if (draw < 82) {
      return commit();
    } else if (draw < 92) {
      return fetch();
    } else if (draw < 96) {
      return leave();
    }
    return join();
  }

  private String group() {
    int draw = random.nextInt(5 * errsOnceIn);
    return draw == 0 ? "" : draw < 3 ? "g" + random.nextInt(3) : groupId;
  }

  private String memberId() {
    return errs() ? (random.nextBoolean() ? "" : "stranger") : memberId;
  }

  private Optional<String> instanceId() {
    if (random.nextInt(2 * errsOnceIn) == 0) {
      return random.nextBoolean() ? Optional.of("j" + random.nextInt(3)) : Optional.empty();
    }
    return instanceId;
  }

  private int epoch() {
    return errs() ? Math.max(1, epoch - 1 + random.nextInt(3)) : epoch;
  }

  private Optional<List<String>> names() {
    return Optional.of(NAMES.get(random.nextInt(NAMES.size())));
  }

  /** Mostly one that is one. */
  private Optional<String> pattern() {
    return Optional.of(PATTERNS.get(random.nextInt(PATTERNS.size() - (errs() ? 0 : 2))));
  }

  private Optional<String> assignor() {
    return switch (random.nextInt(4)) {
      case 0 -> Optional.of("range");
      case 1 -> Optional.of(errs() ? "sticky" : "uniform");
      default -> Optional.empty();
    };
  }

  private Request join() {
    if (instanceId.isPresent() && random.nextBoolean()) {
      // A static member keeps its instance, not its id.
      memberId = newMemberId(random);
    }
    // No member changes its instance and keeps its id: what Kafka makes of that is left out.
    Optional<String> instance = instanceId();
    boolean itself = instance.equals(instanceId);
    int by = random.nextInt(10);
    return new ConsumerGroupHeartbeatRequest(
        group(),
        itself ? memberId : newMemberId(random),
        ConsumerGroupHeartbeatRequest.JOIN_EPOCH,
        instance,
        Optional.empty(),
        errs() ? -1 : REBALANCES_MS[random.nextInt(REBALANCES_MS.length)],
        by < 8 ? names() : Optional.empty(),
        by == 0 || by > 6 ? pattern() : Optional.empty(),
        assignor(),
        errs() ? Optional.empty() : Optional.of(errs() ? target : Map.of()));
  }

  private Request resubscribe() {
    return switch (random.nextInt(4)) {
      case 0 -> heartbeat(Optional.empty(), pattern(), Optional.empty());
      case 1 -> heartbeat(names(), pattern(), Optional.of(target));
      default -> heartbeat(names(), Optional.empty(), Optional.empty());
    };
  }

  private Request heartbeat(
      Optional<List<String>> names,
      Optional<String> pattern,
      Optional<Map<Uuid, List<Integer>>> own) {
    return new ConsumerGroupHeartbeatRequest(
        group(),
        memberId(),
        epoch(),
        instanceId(),
        Optional.empty(),
        errs() ? 2_000 : -1,
        names,
        pattern,
        errs() ? assignor() : Optional.empty(),
        own);
  }

  private Request leave() {
    boolean forAWhile = instanceId.isPresent() ? random.nextInt(4) > 0 : errs();
    return new ConsumerGroupHeartbeatRequest(
        group(),
        memberId(),
        forAWhile
            ? ConsumerGroupHeartbeatRequest.LEAVE_STATIC_EPOCH
            : errs() ? -3 : ConsumerGroupHeartbeatRequest.LEAVE_EPOCH,
        instanceId(),
        Optional.empty(),
        -1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Map<TopicPartition, OffsetToCommit> offsets() {
    Map<TopicPartition, OffsetToCommit> offsets = new LinkedHashMap<>();
    do {
      String note = "n".repeat(random.nextInt(30) == 0 ? 13 : random.nextInt(3));
      offsets.put(partition(), new OffsetToCommit(random.nextInt(1_000), -1, note));
    } while (random.nextBoolean());
    return offsets;
  }

  /** The epoch to commit with: an old one too, since that is still good for some partitions. */
  private int commitEpoch() {
    return switch (random.nextInt(10)) {
      case 0 -> -1;
      case 1, 2 -> Math.max(0, epoch - 1 - random.nextInt(3));
      default -> epoch <= 0 ? -1 : epoch();
    };
  }

  private Request commit() {
    int with = commitEpoch();
    boolean anonymous = with < 0 && random.nextBoolean();
    return new OffsetCommitRequest(
        group(),
        with,
        anonymous ? "" : memberId(),
        anonymous ? Optional.empty() : instanceId(),
        offsets());
  }

  /** In a transaction; the producer is filled in later. */
  TxnOffsetCommitRequest commitInTransaction() {
    boolean anonymous = random.nextInt(4) == 0;
    return new TxnOffsetCommitRequest(
        "",
        group(),
        0,
        (short) 0,
        anonymous ? -1 : commitEpoch(),
        anonymous ? "" : memberId(),
        anonymous ? Optional.empty() : instanceId(),
        offsets());
  }

  private Request fetch() {
    boolean member = random.nextInt(4) > 0;
    boolean all = random.nextInt(4) == 0;
    return new OffsetFetchRequest(
        group(),
        member ? memberId() : "",
        member ? epoch() : -1,
        all ? List.of() : List.of(partition()),
        all,
        random.nextBoolean());
  }

  private TopicPartition partition() {
    String topic = Wishes.ALL_TOPICS.get(random.nextInt(Wishes.ALL_TOPICS.size()));
    return new TopicPartition(topic, random.nextInt(Wishes.PARTITIONS));
  }

  void answered(Response response) {
    if (!(response instanceof ConsumerGroupHeartbeatResponse told)) {
      return;
    }
    if (told.error() == ErrorCode.NONE) {
      epoch = told.memberEpoch();
      target = epoch <= 0 ? Map.of() : told.assignment().orElse(target);
    } else if (told.error() == ErrorCode.UNKNOWN_MEMBER_ID
        || told.error() == ErrorCode.FENCED_MEMBER_EPOCH
        || told.error() == ErrorCode.GROUP_ID_NOT_FOUND
        || told.error() == ErrorCode.FENCED_INSTANCE_ID) {
      epoch = 0;
      target = Map.of();
    }
  }
}
