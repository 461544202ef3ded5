package io.heddle.scenarios.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a fault does. */
public sealed interface Action {
  /** The name in files, such as {@code apply-then-drop}. */
  String label();

  /** What can be done to a request. */
  sealed interface OnRequest extends Action {}

  /** What can be done at a time. */
  sealed interface AtTime extends Action {}

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

  /**
   * A process stands still, as in a long garbage collection, and then goes on.
   *
   * @param lasting for how long, in scenario time ({@code for} in a file)
   */
  record PauseClient(Target member, Duration lasting) implements AtTime {
    /** Refuses a pause of nothing. */
    public PauseClient {
      Require.positive("for", lasting);
    }

    @Override
    public String label() {
      return "pause-client";
    }
  }

  /**
   * A process dies without a word to the broker.
   *
   * @param restartAfter how much later it is started again; null for not by this fault
   */
  record CrashClient(Target member, @Nullable Duration restartAfter) implements AtTime {
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
  }

  /** A process that has crashed is started again; {@code any} draws among those that are down. */
  record RestartClient(Target member) implements AtTime {
    @Override
    public String label() {
      return "restart-client";
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
