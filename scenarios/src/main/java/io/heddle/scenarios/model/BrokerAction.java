package io.heddle.scenarios.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a fault does to brokers, logs, topics and coordinators. */
public sealed interface BrokerAction extends Action.AtTime {
  /** What is about a broker. */
  sealed interface OnBroker extends BrokerAction {
    /** Which. */
    BrokerTarget broker();
  }

  /** What is about a partition. */
  sealed interface OnPartition extends BrokerAction {
    /** Which. */
    PartitionTarget at();
  }

  /** What is about a topic. */
  sealed interface OnTopic extends BrokerAction {
    /** Which. */
    String topic();
  }

  /**
   * A broker dies: its partitions and groups are without an answer until it is missed.
   *
   * @param restartAfter how much later it is started again; null for when faults end
   */
  record CrashBroker(BrokerTarget broker, @Nullable Duration restartAfter) implements OnBroker {
    /** Refuses a negative time. */
    public CrashBroker {
      if (restartAfter != null) {
        Require.notNegative("restart-after", restartAfter);
      }
    }

    @Override
    public String label() {
      return "crash-broker";
    }

    @Override
    public Duration lasting() {
      return restartAfter == null ? Duration.ZERO : restartAfter;
    }
  }

  /**
   * A broker hands over what it leads and goes, as in a rolling restart.
   *
   * @param restartAfter how much later it is started again; null for when faults end
   */
  record ShutDownBroker(BrokerTarget broker, @Nullable Duration restartAfter) implements OnBroker {
    /** Refuses a negative time. */
    public ShutDownBroker {
      if (restartAfter != null) {
        Require.notNegative("restart-after", restartAfter);
      }
    }

    @Override
    public String label() {
      return "shut-down-broker";
    }

    @Override
    public Duration lasting() {
      return restartAfter == null ? Duration.ZERO : restartAfter;
    }
  }

  /** A broker is started, after it was shut down if it is there. */
  record RestartBroker(BrokerTarget broker) implements OnBroker {
    @Override
    public String label() {
      return "restart-broker";
    }
  }

  /** A broker becomes the leader of a partition that has another, in a new epoch. */
  record MoveLeader(PartitionTarget at, BrokerTarget broker) implements OnPartition, OnBroker {
    @Override
    public String label() {
      return "move-leader";
    }
  }

  /**
   * The group gets another coordinator.
   *
   * @param loading for how long that one loads and answers nothing else
   */
  record MoveCoordinator(BrokerTarget broker, Duration loading) implements OnBroker {
    /** Refuses a negative time. */
    public MoveCoordinator {
      Require.notNegative("loading", loading);
    }

    @Override
    public String label() {
      return "move-coordinator";
    }
  }

  /**
   * A log loses its tail, as with an unclean leader.
   *
   * @param records how many at its end
   */
  record Truncate(PartitionTarget at, long records) implements OnPartition {
    /** Refuses a loss of nothing. */
    public Truncate {
      Require.between("records", records, 1, Integer.MAX_VALUE);
    }

    @Override
    public String label() {
      return "truncate";
    }
  }

  /**
   * A log loses what is old, as by retention.
   *
   * @param keep how many records stay at its end
   */
  record Expire(PartitionTarget at, long keep) implements OnPartition {
    /** Refuses a negative number. */
    public Expire {
      Require.between("keep", keep, 0, Integer.MAX_VALUE);
    }

    @Override
    public String label() {
      return "expire";
    }
  }

  /** A log is compacted, whose topic has to be. */
  record Compact(PartitionTarget at) implements OnPartition {
    @Override
    public String label() {
      return "compact";
    }
  }

  /** A partition's leader forgets the producers it knows. */
  record ExpireProducers(PartitionTarget at) implements OnPartition {
    @Override
    public String label() {
      return "expire-producers";
    }
  }

  /**
   * A topic gets more partitions.
   *
   * @param to how many it then has
   */
  record AddPartitions(String topic, int to) implements OnTopic {
    /** Refuses what is no topic, and no number of partitions that a topic could have. */
    public AddPartitions {
      Require.name("topic", topic);
      Require.between("to", to, 2, 10_000);
    }

    @Override
    public String label() {
      return "add-partitions";
    }
  }

  /** A topic is deleted, with its records and the offsets committed for it. */
  record DeleteTopic(String topic) implements OnTopic {
    /** Refuses what is no topic. */
    public DeleteTopic {
      Require.name("topic", topic);
    }

    @Override
    public String label() {
      return "delete-topic";
    }
  }

  /** A topic is deleted, and one of the same name created: another id, and offset 0. */
  record RecreateTopic(String topic) implements OnTopic {
    /** Refuses what is no topic. */
    public RecreateTopic {
      Require.name("topic", topic);
    }

    @Override
    public String label() {
      return "recreate-topic";
    }
  }

  /**
   * Transaction markers take longer to their partitions.
   *
   * @param by how much longer each
   * @param lasting for how long that is so ({@code for} in a file)
   */
  record DelayMarkers(Duration by, Duration lasting) implements BrokerAction {
    /** Refuses no delay and a time of nothing. */
    public DelayMarkers {
      Require.positive("by", by);
      Require.positive("for", lasting);
    }

    @Override
    public String label() {
      return "delay-markers";
    }
  }

  /**
   * No transaction marker gets to a partition: its last stable offset hangs.
   *
   * @param lasting for how long that is so ({@code for} in a file)
   */
  record HangMarkers(PartitionTarget at, Duration lasting) implements OnPartition {
    /** Refuses a time of nothing. */
    public HangMarkers {
      Require.positive("for", lasting);
    }

    @Override
    public String label() {
      return "hang-markers";
    }
  }
}
