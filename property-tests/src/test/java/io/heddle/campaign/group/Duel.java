package io.heddle.campaign.group;

import io.heddle.campaign.group.Side.Reply;
import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.EndTxnResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;

/** Does the same to both sides, at the same times, and compares what they answer. */
final class Duel {
  static final int PRODUCERS = 2;
  private static final int CHECK_EVERY = 64;
  private static final int BEGINNING_MS = 1_000;

  /** A stand-in for the simulator's answers; as they are, unless a mistake is planted. */
  interface Answers {
    /** The simulator's own. */
    Answers TRUE = (request, response) -> response;

    Response of(Request request, Response response);
  }

  /** Told of every answer on which both sides agree. */
  interface Listener {
    void answered(int number, Operation operation, Response response);
  }

  private record Producer(long id, short epoch) {}

  private final KafkaSide kafka;
  private final SimulatorSide simulator;
  private final Answers answers;
  private final Listener listener;
  private final List<Operation> asked = new ArrayList<>();
  private final List<Producer> producers = new ArrayList<>();
  private final TreeMap<String, Integer> topics = new TreeMap<>();
  private final Unsettled unsettled = new Unsettled();
  private long nowMs;
  private int explained;

  Duel(Settings settings, GroupCoordinatorMetrics metrics, Answers answers, Listener listener) {
    this.kafka = new KafkaSide(settings, metrics);
    this.simulator = new SimulatorSide(settings);
    this.answers = answers;
    this.listener = listener;
    // Kafka takes an assignment made at zero for none.
    nowMs = BEGINNING_MS;
    kafka.advanceTo(nowMs);
    simulator.advanceTo(nowMs);
    for (int i = 0; i < PRODUCERS; i++) {
      InitProducerIdResponse made =
          simulator.initProducer(transactionalId(i), settings.transactionTimeoutMs());
      if (made.error() != ErrorCode.NONE) {
        throw new IllegalStateException("no producer: " + made);
      }
      producers.add(new Producer(made.producerId(), made.producerEpoch()));
    }
  }

  static String transactionalId(int producer) {
    return "tx" + producer;
  }

  SimulatorSide simulator() {
    return simulator;
  }

  long nowMs() {
    return nowMs;
  }

  /** When the next timer of either side is due. */
  long nextTimer() {
    return Math.min(kafka.nextTimer(), simulator.nextTimer());
  }

  /** How many differences were covered by an explanation. */
  int explained() {
    return explained;
  }

  /** Does the next step; tells where the sides part, if they do. */
  Optional<Difference> step(Operation operation) {
    int number = asked.size();
    asked.add(operation);
    try {
      perform(number, operation);
      Optional<Difference> difference = advance(0).or(() -> compare());
      if (difference.isEmpty() && operation instanceof Operation.Advance advance) {
        difference = advance(advance.ms());
      }
      if (difference.isEmpty() && number % CHECK_EVERY == 0) {
        simulator.checkConsistency();
      }
      return difference;
    } catch (SimulatorFailure failure) {
      return Optional.of(
          new Difference(
              number,
              nowMs,
              operation,
              Optional.empty(),
              Optional.empty(),
              "threw " + failure.getCause()));
    } catch (AssertionError inconsistent) {
      return Optional.of(
          new Difference(
              number,
              nowMs,
              operation,
              Optional.empty(),
              Optional.empty(),
              inconsistent.getMessage()));
    }
  }

  private void perform(int number, Operation operation) {
    if (operation instanceof Operation.Send send) {
      kafka.send(number, send.caller(), send.request(), send.suffix());
      guard(() -> simulator.send(number, send.caller(), send.request(), send.suffix()));
    } else if (operation instanceof Operation.CommitInTransaction commit) {
      TxnOffsetCommitRequest request = filledIn(commit);
      kafka.send(number, commit.caller(), request, "");
      guard(() -> simulator.send(number, commit.caller(), request, ""));
    } else if (operation instanceof Operation.EndTransaction end) {
      guard(() -> endTransaction(end));
    } else if (operation instanceof Operation.CreateTopic topic) {
      if (topics.putIfAbsent(topic.name(), topic.partitions()) == null) {
        kafka.createTopic(topic.name(), topic.id(), topic.partitions());
        guard(() -> simulator.createTopic(topic.name(), topic.id(), topic.partitions()));
      }
    } else if (operation instanceof Operation.DeleteTopic topic) {
      if (topics.remove(topic.name()) != null) {
        kafka.deleteTopic(topic.name());
        guard(() -> simulator.deleteTopic(topic.name()));
      }
    } else if (operation instanceof Operation.GrowTopic topic) {
      if (topics.getOrDefault(topic.name(), Integer.MAX_VALUE) < topic.partitions()) {
        topics.put(topic.name(), topic.partitions());
        kafka.growTopic(topic.name(), topic.partitions());
        guard(() -> simulator.growTopic(topic.name(), topic.partitions()));
      }
    }
  }

  private TxnOffsetCommitRequest filledIn(Operation.CommitInTransaction commit) {
    TxnOffsetCommitRequest request = commit.request();
    Producer producer = producers.get(commit.producer());
    return new TxnOffsetCommitRequest(
        transactionalId(commit.producer()),
        request.groupId(),
        producer.id(),
        producer.epoch(),
        request.generationId(),
        request.memberId(),
        request.groupInstanceId(),
        request.offsets());
  }

  private void endTransaction(Operation.EndTransaction end) {
    Producer producer = producers.get(end.producer());
    EndTxnResponse response =
        simulator.endTransaction(
            new EndTxnRequest(
                transactionalId(end.producer()), producer.id(), producer.epoch(), end.committed()));
    if (response.error() == ErrorCode.NONE) {
      kafka.endTransaction(producer.id(), producer.epoch(), end.committed());
      producers.set(end.producer(), new Producer(response.producerId(), response.producerEpoch()));
    }
  }

  private Optional<Difference> advance(long ms) {
    long end = nowMs + ms;
    while (true) {
      long next = Math.min(end, nextTimer());
      boolean due = next < end || nextTimer() <= end;
      nowMs = Math.max(nowMs, next);
      kafka.advanceTo(nowMs);
      guard(() -> simulator.advanceTo(nowMs));
      Optional<Difference> difference = compare();
      if (difference.isPresent() || !due) {
        return difference;
      }
    }
  }

  private Optional<Difference> compare() {
    List<Reply> ofKafka = kafka.replies();
    List<Reply> ofSimulator = simulator.replies();
    if (ofKafka.isEmpty() && ofSimulator.isEmpty()) {
      return Optional.empty();
    }
    TreeMap<Integer, Response> left = new TreeMap<>();
    ofKafka.forEach(reply -> left.put(reply.number(), InOrder.of(reply.response())));
    TreeMap<Integer, Response> right = new TreeMap<>();
    for (Reply reply : ofSimulator) {
      Response response = InOrder.of(reply.response());
      right.put(
          reply.number(),
          asked.get(reply.number()) instanceof Operation.Send send
              ? answers.of(send.request(), response)
              : response);
    }
    TreeMap<Integer, Response> all = new TreeMap<>(left);
    all.putAll(right);
    for (int number : all.keySet()) {
      Optional<Difference> difference =
          compare(
              number,
              Optional.ofNullable(left.get(number)),
              Optional.ofNullable(right.get(number)));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private Optional<Difference> compare(
      int number, Optional<Response> ofKafka, Optional<Response> ofSimulator) {
    Operation operation = asked.get(number);
    unsettled.writtenUpTo(kafka.written());
    if (!ofKafka.equals(ofSimulator)) {
      Difference difference =
          new Difference(asked.size() - 1, nowMs, operation, ofKafka, ofSimulator, "");
      if (GroupExplanation.of(difference, unsettled).isEmpty()) {
        return Optional.of(difference);
      }
      explained++;
    }
    ofKafka.ifPresent(response -> unsettled.note(operation, response, simulator));
    ofKafka.ifPresent(response -> listener.answered(number, operation, response));
    return Optional.empty();
  }

  /** What the simulator threw: a difference, and no defect of the campaign. */
  private static final class SimulatorFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    SimulatorFailure(RuntimeException cause) {
      super(cause);
    }
  }

  private static void guard(Runnable simulators) {
    try {
      simulators.run();
    } catch (RuntimeException failure) {
      throw new SimulatorFailure(failure);
    }
  }
}
