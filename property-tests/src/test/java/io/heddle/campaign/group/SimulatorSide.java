package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.broker.SimCluster;
import io.heddle.simulator.broker.Surroundings;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.EndTxnResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** The simulator's group coordinator, with its cluster of one broker around it. */
final class SimulatorSide implements Side {
  private static final int BROKER = 0;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Caller PRODUCER =
      new Caller(new Member("producer", 1), "producer", KafkaContext.HOST);

  /** A world in which time is told by us, and nobody watches. */
  private static final class World implements Surroundings {
    private final Deadlines deadlines = new Deadlines();
    private long nowMs;
    private String suffix = "";
    private Uuid topicId = Uuid.ZERO_UUID;

    @Override
    public long nanoTime() {
      return nowMs * NANOS_PER_MILLI;
    }

    @Override
    public long wallMillis() {
      return nowMs;
    }

    @Override
    public Timer after(long delayNanos, Runnable action) {
      Deadlines.Deadline deadline = deadlines.at(nowMs + delayNanos / NANOS_PER_MILLI, action);
      return deadline::cancel;
    }

    @Override
    public String newMemberSuffix(String clientId) {
      return suffix;
    }

    @Override
    public Uuid newTopicId() {
      return topicId;
    }

    @Override
    public void record(Fact fact) {}
  }

  private final World world = new World();
  private final SimCluster cluster;
  private List<Reply> replies = new ArrayList<>();

  SimulatorSide(Settings settings) {
    cluster = new SimCluster(settings.forSimulator(), world);
  }

  @Override
  public void send(int number, Caller caller, Request request, String suffix) {
    world.suffix = suffix;
    cluster.handle(BROKER, caller, request, response -> replies.add(new Reply(number, response)));
  }

  InitProducerIdResponse initProducer(String transactionalId, int timeoutMs) {
    return (InitProducerIdResponse)
        now(new InitProducerIdRequest(Optional.of(transactionalId), timeoutMs));
  }

  /** Ends a transaction; its markers are written before time goes on. */
  EndTxnResponse endTransaction(EndTxnRequest request) {
    EndTxnResponse response = (EndTxnResponse) now(request);
    if (response.error() == ErrorCode.NONE) {
      world.deadlines.run(world.nowMs);
    }
    return response;
  }

  private Response now(Request request) {
    List<Response> answers = new ArrayList<>();
    cluster.handle(BROKER, PRODUCER, request, answers::add);
    return answers.get(0);
  }

  /** The state of the group, or Dead if there is none. */
  String stateOf(String groupId) {
    return cluster.describeGroup(groupId).map(it -> it.state()).orElse("Dead");
  }

  boolean has(String groupId) {
    return cluster.describeGroup(groupId).isPresent();
  }

  /** How many members the group has. */
  int membersOf(String groupId) {
    return cluster.describeGroup(groupId).map(it -> it.members().size()).orElse(0);
  }

  void checkConsistency() {
    cluster.checkConsistency();
  }

  @Override
  public long nextTimer() {
    return world.deadlines.next();
  }

  @Override
  public void advanceTo(long ms) {
    world.nowMs = ms;
    world.deadlines.run(ms);
  }

  @Override
  public List<Reply> replies() {
    List<Reply> taken = replies;
    replies = new ArrayList<>();
    return taken;
  }

  @Override
  public void createTopic(String name, Uuid id, int partitions) {
    world.topicId = id;
    cluster.createTopic(name, partitions);
  }

  @Override
  public void growTopic(String name, int partitions) {
    cluster.addPartitions(name, partitions);
  }

  @Override
  public void deleteTopic(String name) {
    cluster.deleteTopic(name);
  }
}
