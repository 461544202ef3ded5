package io.heddle.scenarios.run;

import static io.heddle.scenarios.run.FaultActions.DONE;

import io.heddle.scenarios.model.BrokerAction;
import io.heddle.scenarios.model.BrokerTarget;
import io.heddle.scenarios.model.PartitionTarget;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.fault.BrokerFaults;
import io.heddle.simulator.fault.Faults;
import io.heddle.simulator.fault.TimedAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a scenario's faults do to brokers, logs, topics and coordinators. */
final class BrokerActions {
  private final SimulatedKafka kafka;
  private final String group;
  private final Choices.Stream targets;

  BrokerActions(SimulatedKafka kafka, String group, Choices.Stream targets) {
    this.kafka = kafka;
    this.group = group;
    this.targets = targets;
  }

  /** Does it; returns why it could not, or nothing. */
  String act(BrokerAction action) {
    if (action instanceof BrokerAction.CrashBroker crash) {
      return goes(crash.broker(), BrokerFaults::crashBroker, crash.restartAfter());
    } else if (action instanceof BrokerAction.ShutDownBroker down) {
      return goes(down.broker(), BrokerFaults::shutDownBroker, down.restartAfter());
    } else if (action instanceof BrokerAction.RestartBroker restart) {
      return first(those(restart.broker()), BrokerFaults::restartBroker);
    } else if (action instanceof BrokerAction.MoveLeader move) {
      List<Integer> brokers = those(move.broker());
      return firstOf(
          partitions(move.at()),
          partition -> first(brokers, broker -> Faults.moveLeader(partition, broker)));
    } else if (action instanceof BrokerAction.MoveCoordinator move) {
      List<Integer> others = new ArrayList<>(those(move.broker()));
      if (move.broker().isAny()) {
        others.remove(Integer.valueOf(kafka.cluster().coordinatorOf(group)));
      }
      return first(others, broker -> BrokerFaults.moveCoordinator(group, broker, move.loading()));
    } else if (action instanceof BrokerAction.OnPartition partition) {
      return firstOf(partitions(partition.at()), each -> act(onPartition(partition, each)));
    } else if (action instanceof BrokerAction.AddPartitions more) {
      return act(BrokerFaults.addPartitions(more.topic(), more.to()));
    } else if (action instanceof BrokerAction.DeleteTopic deletion) {
      return act(BrokerFaults.deleteTopic(deletion.topic()));
    } else if (action instanceof BrokerAction.RecreateTopic renewal) {
      return act(BrokerFaults.recreateTopic(renewal.topic()));
    } else if (action instanceof BrokerAction.DelayMarkers slow) {
      return act(BrokerFaults.delayMarkers(slow.by(), slow.lasting()));
    }
    throw new AssertionError("unknown action on brokers " + action);
  }

  private static TimedAction onPartition(
      BrokerAction.OnPartition action, TopicPartition partition) {
    if (action instanceof BrokerAction.Truncate loss) {
      return BrokerFaults.truncateBy(partition, loss.records());
    } else if (action instanceof BrokerAction.Expire expiry) {
      return BrokerFaults.expireAllBut(partition, expiry.keep());
    } else if (action instanceof BrokerAction.Compact) {
      return BrokerFaults.compact(partition);
    } else if (action instanceof BrokerAction.ExpireProducers) {
      return BrokerFaults.expireProducers(partition);
    } else if (action instanceof BrokerAction.HangMarkers hung) {
      return BrokerFaults.hangMarkers(partition, hung.lasting());
    }
    throw new AssertionError("unknown action on a partition " + action);
  }

  /** The brokers that a fault can be for, whether they are there or not. */
  List<Integer> those(BrokerTarget target) {
    return IntStream.range(0, kafka.cluster().brokers().size())
        .filter(target::matches)
        .boxed()
        .toList();
  }

  private List<TopicPartition> partitions(PartitionTarget target) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : kafka.cluster().topics()) {
      for (int i = 0; i < kafka.cluster().partitionsOf(topic); i++) {
        if (target.matches(topic, i)) {
          partitions.add(new TopicPartition(topic, i));
        }
      }
    }
    return partitions;
  }

  private String goes(
      BrokerTarget target, Function<Integer, TimedAction> going, @Nullable Duration restartAfter) {
    return firstOf(
        those(target),
        broker -> {
          String obstacle = act(going.apply(broker));
          if (obstacle.equals(DONE) && restartAfter != null) {
            var unused =
                kafka.simulation().after(restartAfter.toNanos(), null, () -> start(broker));
          }
          return obstacle;
        });
  }

  private void start(int broker) {
    // Somebody else may have started it meanwhile.
    if (!kafka.cluster().operations().isUp(broker)) {
      kafka.startBroker(broker);
    }
  }

  private String first(List<Integer> brokers, Function<Integer, TimedAction> action) {
    return firstOf(brokers, broker -> act(action.apply(broker)));
  }

  /** Tries one after the other, from one on that is drawn, until it can be done. */
  private <T> String firstOf(List<T> candidates, Function<T, String> action) {
    int size = candidates.size();
    String obstacle = "there was nothing for it";
    int start = size < 2 ? 0 : (int) targets.below(size);
    for (int i = 0; i < size; i++) {
      obstacle = action.apply(candidates.get((start + i) % size));
      if (obstacle.equals(DONE)) {
        return DONE;
      }
    }
    return obstacle;
  }

  private String act(TimedAction action) {
    return action.act().apply(kafka);
  }
}
