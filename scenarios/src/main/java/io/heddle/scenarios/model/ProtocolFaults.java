package io.heddle.scenarios.model;

import java.util.List;

/**
 * Faults that are written for one group protocol, as they are for the other: members of the
 * consumer protocol (KIP-848) send a single kind of request where those of the classic one send
 * four, and are told of epochs instead of generations.
 */
public final class ProtocolFaults {
  private ProtocolFaults() {}

  /** The faults as that protocol has them; most are the same in both. */
  public static List<Fault> fitting(Cluster.Protocol protocol, List<Fault> faults) {
    return protocol == Cluster.Protocol.CONSUMER
        ? faults.stream().map(ProtocolFaults::modern).toList()
        : faults;
  }

  private static Fault modern(Fault fault) {
    if (!(fault.trigger() instanceof Trigger.OnRequest request)) {
      return fault;
    }
    Api api = modern(request.api());
    Action action = fault.action();
    if (action instanceof Action.AnswerError answer) {
      action = new Action.AnswerError(modern(answer.error(), api));
    }
    Trigger trigger =
        new Trigger.OnRequest(api, request.pick(), request.between(), request.member());
    return new Fault(fault.name(), trigger, action, fault.mayNotFire());
  }

  private static Api modern(Api api) {
    return switch (api) {
      case JOIN_GROUP, SYNC_GROUP, HEARTBEAT, LEAVE_GROUP -> Api.CONSUMER_GROUP_HEARTBEAT;
      default -> api;
    };
  }

  private static String modern(String error, Api api) {
    if (api == Api.CONSUMER_GROUP_HEARTBEAT) {
      return switch (error) {
        case "ILLEGAL_GENERATION", "REBALANCE_IN_PROGRESS" -> "FENCED_MEMBER_EPOCH";
        case "UNKNOWN_TOPIC_OR_PARTITION", "REQUEST_TIMED_OUT", "NETWORK_EXCEPTION" ->
            "COORDINATOR_NOT_AVAILABLE";
        default -> error;
      };
    }
    if (api == Api.OFFSET_COMMIT || api == Api.OFFSET_FETCH) {
      return switch (error) {
        case "ILLEGAL_GENERATION", "REBALANCE_IN_PROGRESS" -> "STALE_MEMBER_EPOCH";
        case "NETWORK_EXCEPTION" -> "COORDINATOR_NOT_AVAILABLE";
        default -> error;
      };
    }
    return error;
  }

  /** Refuses a fault that no member of that protocol, or no broker that it talks to, gives. */
  static void check(String at, Fault fault, Cluster.Protocol protocol) {
    Fault fitting = fitting(protocol, List.of(fault)).get(0);
    if (!fitting.equals(fault)
        && fault.trigger() instanceof Trigger.OnRequest was
        && fitting.trigger() instanceof Trigger.OnRequest is) {
      Require.that(
          was.api() == is.api(),
          at
              + ".on must be a request of kafka.protocol "
              + protocol.label()
              + ", such as "
              + is.api().label()
              + ", was "
              + was.api().label());
      throw new IllegalArgumentException(
          at
              + ".do must be an error of kafka.protocol "
              + protocol.label()
              + ", such as "
              + ((Action.AnswerError) fitting.action()).error()
              + ", was "
              + ((Action.AnswerError) fault.action()).error());
    }
  }
}
