package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.protocol.ConsumerGroupDescribeRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.DeleteGroupsRequest;
import io.heddle.simulator.protocol.DescribeGroupsRequest;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.ListGroupsRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetDeleteRequest;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.SyncGroupRequest;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;

/** Kafka's own group coordinator. */
final class KafkaSide implements Side {
  private final VirtualTime time = new VirtualTime();
  private final KafkaShard kafka;
  private final KafkaMembership membership;
  private final KafkaHeartbeats heartbeats;
  private final KafkaOffsets offsets;
  private final KafkaGroups groups;
  private List<Reply> replies = new ArrayList<>();

  KafkaSide(Settings settings, GroupCoordinatorMetrics metrics) {
    kafka = new KafkaShard(settings.forKafka(), metrics, time);
    membership =
        new KafkaMembership(
            kafka,
            settings.groups().minSessionTimeoutMs(),
            settings.groups().maxSessionTimeoutMs());
    heartbeats = new KafkaHeartbeats(kafka);
    offsets = new KafkaOffsets(kafka);
    groups = new KafkaGroups(kafka);
  }

  @Override
  public void send(int number, Caller caller, Request request, String suffix) {
    MemberIds.nextIs(suffix);
    Consumer<Response> reply = response -> replies.add(new Reply(number, response));
    if (request instanceof JoinGroupRequest join) {
      membership.join(caller, join, reply);
    } else if (request instanceof SyncGroupRequest sync) {
      membership.sync(caller, sync, reply);
    } else if (request instanceof HeartbeatRequest heartbeat) {
      reply.accept(membership.heartbeat(caller, heartbeat));
    } else if (request instanceof ConsumerGroupHeartbeatRequest heartbeat) {
      reply.accept(heartbeats.heartbeat(caller, heartbeat));
    } else if (request instanceof LeaveGroupRequest leave) {
      reply.accept(membership.leave(caller, leave));
    } else if (request instanceof OffsetCommitRequest commit) {
      reply.accept(offsets.commit(caller, commit));
    } else if (request instanceof TxnOffsetCommitRequest commit) {
      reply.accept(offsets.commit(caller, commit));
    } else if (request instanceof OffsetFetchRequest fetch) {
      reply.accept(offsets.fetch(fetch));
    } else if (request instanceof OffsetDeleteRequest delete) {
      reply.accept(offsets.delete(caller, delete));
    } else if (request instanceof ConsumerGroupDescribeRequest describe) {
      reply.accept(groups.describe(describe));
    } else if (request instanceof DescribeGroupsRequest describe) {
      reply.accept(groups.describe(caller, describe));
    } else if (request instanceof ListGroupsRequest) {
      reply.accept(groups.list());
    } else if (request instanceof DeleteGroupsRequest delete) {
      reply.accept(groups.delete(caller, delete));
    } else {
      throw new IllegalArgumentException("no request to a group coordinator: " + request);
    }
  }

  /** How much the coordinator has written. */
  long written() {
    return kafka.committed();
  }

  void endTransaction(long producerId, short producerEpoch, boolean committed) {
    kafka.endTransaction(producerId, producerEpoch, committed);
  }

  @Override
  public long nextTimer() {
    return kafka.deadlines().next();
  }

  @Override
  public void advanceTo(long ms) {
    time.set(ms);
    kafka.deadlines().run(ms);
  }

  @Override
  public List<Reply> replies() {
    List<Reply> taken = replies;
    replies = new ArrayList<>();
    return taken;
  }

  @Override
  public void createTopic(String name, Uuid id, int partitions) {
    kafka.createTopic(name, id, partitions);
  }

  @Override
  public void growTopic(String name, int partitions) {
    kafka.growTopic(name, partitions);
  }

  @Override
  public void deleteTopic(String name) {
    kafka.deleteTopic(name);
  }
}
