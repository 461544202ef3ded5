package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Api;
import io.heddle.scenarios.model.BrokerAction;
import io.heddle.scenarios.model.BrokerTarget;
import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.KafkaErrors;
import io.heddle.scenarios.model.PartitionTarget;
import io.heddle.scenarios.model.Skew;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes what a fault does, of every kind. */
final class RandomActions {
  private final Random random;
  private final Supplier<Distribution> law;

  RandomActions(Random random, Supplier<Distribution> law) {
    this.random = random;
    this.law = law;
  }

  Action.OnRequest onRequest(int index, Api api) {
    List<String> errors =
        KafkaErrors.names().stream().filter(each -> KafkaErrors.answers(each, api)).toList();
    return switch (below(8)) {
      case 0 -> new Action.Delay(law.get());
      case 1 -> new Action.DropRequest();
      case 2 -> new Action.ApplyThenDrop();
      case 3 -> new Action.Duplicate();
      case 4 -> new Action.Disconnect();
      case 5 -> new Action.Throttle(law.get());
      case 6 -> new Action.Hold("b" + index);
      default -> new Action.AnswerError(errors.get(below(errors.size())));
    };
  }

  Action.AtTime moment(Target member, boolean isStatic, Cluster kafka, List<Topic> topics) {
    Topic topic = topics.get(below(topics.size()));
    BrokerTarget broker = coin() ? BrokerTarget.ANY : new BrokerTarget(below(kafka.brokers()));
    PartitionTarget at =
        new PartitionTarget(
            coin() ? PartitionTarget.ANY_TOPIC : topic.name(),
            coin() ? -1 : below(topic.partitions()));
    boolean alone = kafka.brokers() == 1;
    return switch (below(24)) {
      case 0 -> new Action.PauseClient(member, time(1, 999));
      case 1 -> new Action.CrashClient(member, maybe());
      case 2 -> new Action.RestartClient(member);
      case 3 -> new Action.FenceMember(member);
      case 4 -> new Action.SkewClock(member, skew());
      case 5 -> new Action.PartitionNetwork(member, broker, time(1, 999));
      case 6 -> new BrokerAction.CrashBroker(broker, maybe());
      case 7 -> new BrokerAction.ShutDownBroker(broker, maybe());
      case 8 -> new BrokerAction.RestartBroker(broker);
      case 9 -> alone ? new Action.Rebalance() : new BrokerAction.MoveLeader(at, broker);
      case 10 ->
          alone ? new Action.Rebalance() : new BrokerAction.MoveCoordinator(broker, time(0, 99));
      case 11 -> new BrokerAction.Truncate(at, 1 + below(99));
      case 12 -> new BrokerAction.Expire(at, below(99));
      case 13 -> new BrokerAction.Compact(at);
      case 14 -> new BrokerAction.ExpireProducers(at);
      case 15 -> new BrokerAction.AddPartitions(topic.name(), topic.partitions() + 1 + below(9));
      case 16 -> new BrokerAction.DeleteTopic(topic.name());
      case 17 -> new BrokerAction.RecreateTopic(topic.name());
      case 18 -> new BrokerAction.DelayMarkers(time(1, 99), time(1, 99));
      case 19 -> new BrokerAction.HangMarkers(at, time(1, 99));
      case 20 -> new Action.StopClient(member, maybe());
      case 21 -> new Action.WakeUp(member);
      case 22 -> isStatic ? new Action.StartTwin(member, time(1, 999)) : new Action.Rebalance();
      default -> new Action.Rebalance();
    };
  }

  private Skew skew() {
    Duration time = time(1, 999);
    Duration either = coin() ? time : time.negated();
    return switch (below(3)) {
      case 0 -> new Skew.Jump(either);
      case 1 -> new Skew.Drift(either);
      default -> new Skew.Swing(time, time(1, 999));
    };
  }

  private @Nullable Duration maybe() {
    return coin() ? time(0, 999) : null;
  }

  /** From {@code least} milliseconds on, below {@code most}; sometimes to the nanosecond. */
  private Duration time(int least, int most) {
    Duration whole = Duration.ofMillis(least + below(most - least));
    return coin() ? whole : whole.plusNanos(below(1_000_000));
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }
}
