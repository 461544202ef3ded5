package io.heddle.scenarios.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a fault does. */
public sealed interface Action {
  /** The name in files, such as {@code apply-then-drop}. */
  String label();

  /** How long its effect goes on in scenario time; zero where it is over at once or not known. */
  default Duration lasting() {
    return Duration.ZERO;
  }

  /** What can be done to a request. */
  sealed interface OnRequest extends Action {}

  /** What happens at a moment: at a time, when a request is sent, or after something else. */
  sealed interface AtTime extends Action permits OnClient, Rebalance, Release, BrokerAction {}

  /** What happens to a process. */
  sealed interface OnClient extends AtTime {
    /** To which; {@code any} draws one, or means the one whose request or doing it follows. */
    Target member();

    /** The same for another process. */
    OnClient with(Target member);
  }

  /**
   * The request arrives later.
   *
   * @param delay on top of the network's latency, in nanoseconds
   */
  record Delay(Distribution delay) implements OnRequest {
    @Override
    public String label() {
      return "delay";
    }
  }

  /**
   * The broker does what was asked, and tells the client to leave it alone for so long.
   *
   * @param time in nanoseconds
   */
  record Throttle(Distribution time) implements OnRequest {
    @Override
    public String label() {
      return "throttle";
    }
  }

  /** The request is lost: the broker never sees it, the client gets no reply. */
  record DropRequest() implements OnRequest {
    @Override
    public String label() {
      return "drop-request";
    }
  }

  /** The broker does what was asked, and the reply is lost. */
  record ApplyThenDrop() implements OnRequest {
    @Override
    public String label() {
      return "apply-then-drop";
    }
  }

  /** The broker gets the request twice. */
  record Duplicate() implements OnRequest {
    @Override
    public String label() {
      return "duplicate";
    }
  }

  /** The broker does what was asked, and the client sees the connection break. */
  record Disconnect() implements OnRequest {
    @Override
    public String label() {
      return "disconnect";
    }
  }

  /**
   * The request waits before the broker until the barrier is released, at the latest when faults
   * end.
   */
  record Hold(String barrier) implements OnRequest {
    /** Refuses what is no name. */
    public Hold {
      Require.name("barrier", barrier);
    }

    @Override
    public String label() {
      return "hold";
    }
  }

  /**
   * The broker does nothing and answers with an error.
   *
   * @param error Kafka's name, one of {@link KafkaErrors#names()}
   */
  record AnswerError(String error) implements OnRequest {
    /** Refuses a name that is not known. */
    public AnswerError {
      Require.that(
          KafkaErrors.names().contains(error),
          "error must be one of " + String.join(", ", KafkaErrors.names()) + ", was " + error);
    }

    @Override
    public String label() {
      return "error";
    }
  }

  /** What waits at a barrier goes on, and what comes later is not held. */
  record Release(String barrier) implements AtTime {
    /** Refuses what is no name. */
    public Release {
      Require.name("barrier", barrier);
    }

    @Override
    public String label() {
      return "release";
    }
  }

  /**
   * A process stands still, as in a long garbage collection, and then goes on.
   *
   * @param lasting for how long, in scenario time ({@code for} in a file)
   */
  record PauseClient(Target member, Duration lasting) implements OnClient {
    /** Refuses a pause of nothing. */
    public PauseClient {
      Require.positive("for", lasting);
    }

    @Override
    public String label() {
      return "pause-client";
    }

    @Override
    public PauseClient with(Target other) {
      return new PauseClient(other, lasting);
    }
  }

  /**
   * A process dies without a word to the broker.
   *
   * @param restartAfter how much later it is started again; null for not by this fault
   */
  record CrashClient(Target member, @Nullable Duration restartAfter) implements OnClient {
    /** Refuses a negative time. */
    public CrashClient {
      if (restartAfter != null) {
        Require.notNegative("restart-after", restartAfter);
      }
    }

    @Override
    public String label() {
      return "crash-client";
    }

    @Override
    public Duration lasting() {
      return restartAfter == null ? Duration.ZERO : restartAfter;
    }

    @Override
    public CrashClient with(Target other) {
      return new CrashClient(other, restartAfter);
    }
  }

  /**
   * A process is told to stop: it finishes what it has to, leaves its group and ends. Where it is
   * not back afterwards the others go on without it.
   *
   * @param restartAfter how much later it is started again, though not before it has ended; null
   *     for not by this fault
   */
  record StopClient(Target member, @Nullable Duration restartAfter) implements OnClient {
    /** Refuses a negative time. */
    public StopClient {
      if (restartAfter != null) {
        Require.notNegative("restart-after", restartAfter);
      }
    }

    @Override
    public String label() {
      return "stop-client";
    }

    @Override
    public Duration lasting() {
      return restartAfter == null ? Duration.ZERO : restartAfter;
    }

    @Override
    public StopClient with(Target other) {
      return new StopClient(other, restartAfter);
    }
  }

  /** A process is started again, after a crash if it is alive. */
  record RestartClient(Target member) implements OnClient {
    @Override
    public String label() {
      return "restart-client";
    }

    @Override
    public RestartClient with(Target other) {
      return new RestartClient(other);
    }
  }

  /**
   * Another process of a static member is started beside the one that lives, as by a deployment
   * that forgets to stop the old one. By the classic protocol the younger fences the older
   * (KIP-345), by the consumer protocol it is refused while the older is there (KIP-848). In the
   * end one is left: the younger, or the older if the younger has given up by then.
   *
   * @param lasting for how long both run, in scenario time ({@code for} in a file)
   */
  record StartTwin(Target member, Duration lasting) implements OnClient {
    /** Refuses a twin for no time. */
    public StartTwin {
      Require.positive("for", lasting);
    }

    @Override
    public String label() {
      return "start-twin";
    }

    @Override
    public StartTwin with(Target other) {
      return new StartTwin(other, lasting);
    }
  }

  /** The group's coordinator takes a process for gone, as if its session had timed out. */
  record FenceMember(Target member) implements OnClient {
    @Override
    public String label() {
      return "fence-member";
    }

    @Override
    public FenceMember with(Target other) {
      return new FenceMember(other);
    }
  }

  /** Somebody wakes up a member's consumer, in whatever call it is. */
  record WakeUp(Target member) implements OnClient {
    @Override
    public String label() {
      return "wake-up";
    }

    @Override
    public WakeUp with(Target other) {
      return new WakeUp(other);
    }
  }

  /** A process's wall clock is off in some way, until faults end. */
  record SkewClock(Target member, Skew skew) implements OnClient {
    @Override
    public String label() {
      return "skew-clock";
    }

    @Override
    public SkewClock with(Target other) {
      return new SkewClock(other, skew);
    }
  }

  /**
   * A process and a broker cannot reach each other; what either sends is lost.
   *
   * @param lasting for how long, in scenario time ({@code for} in a file)
   */
  record PartitionNetwork(Target member, BrokerTarget broker, Duration lasting)
      implements OnClient {
    /** Refuses a cut of nothing. */
    public PartitionNetwork {
      Require.positive("for", lasting);
    }

    @Override
    public String label() {
      return "partition-network";
    }

    @Override
    public PartitionNetwork with(Target other) {
      return new PartitionNetwork(other, broker, lasting);
    }
  }

  /**
   * The limits of a member's key-ordered schedulers become others, while they work; those that are
   * not given stay, and a member that is started again has those of the scenario. In the chained
   * mode they are those of all stages.
   *
   * @param member all of them with {@link Target#ALL}
   * @param concurrency how many keys are worked on at once; null for no change
   * @param queueDepth how many records of one key wait before intake stops; null for no change
   * @param maxKeys how many keys are queued or worked on before intake stops; null for no change
   */
  record ChangeLimits(
      Target member,
      @Nullable Integer concurrency,
      @Nullable Integer queueDepth,
      @Nullable Integer maxKeys)
      implements OnClient {
    /** Refuses a change of nothing, and limits that the scheduler would not take. */
    public ChangeLimits {
      Require.that(
          concurrency != null || queueDepth != null || maxKeys != null,
          "do needs a new limit: concurrency, queue-depth or max-keys; was change-limits without");
      // Where nothing is given, the default stands in; it is within every bound.
      Engine.Scheduler usual = Engine.Scheduler.DEFAULT;
      var unused =
          new Engine.Scheduler(
              concurrency == null ? usual.concurrency() : concurrency,
              queueDepth == null ? usual.queueDepth() : queueDepth,
              maxKeys == null ? usual.maxKeys() : maxKeys);
    }

    @Override
    public String label() {
      return "change-limits";
    }

    @Override
    public ChangeLimits with(Target other) {
      return new ChangeLimits(other, concurrency, queueDepth, maxKeys);
    }
  }

  /** The coordinator starts a rebalance for no reason of the members'. */
  record Rebalance() implements AtTime {
    @Override
    public String label() {
      return "rebalance";
    }
  }
}
