package io.heddle.scenarios.file;

import static io.heddle.scenarios.file.FaultSection.target;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.BrokerAction;
import io.heddle.scenarios.model.BrokerTarget;
import io.heddle.scenarios.model.KafkaErrors;
import io.heddle.scenarios.model.PartitionTarget;
import io.heddle.scenarios.model.Skew;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a fault does. */
final class ActionSection {
  /** An action that is said in one word: the fields it has, and how it is read from them. */
  private record Kind(List<String> fields, Function<Fields, Action> reader) {}

  private static final Map<String, Kind> KINDS = kinds();
  private static final Map<String, String> VALUED =
      Map.of(
          "delay", "{delay: 50ms}",
          "error", "{error: NOT_COORDINATOR}",
          "throttle", "{throttle: 2s}");

  private ActionSection() {}

  private static Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kind(kinds, "drop-request", fields -> new Action.DropRequest());
    kind(kinds, "apply-then-drop", fields -> new Action.ApplyThenDrop());
    kind(kinds, "duplicate", fields -> new Action.Duplicate());
    kind(kinds, "disconnect", fields -> new Action.Disconnect());
    kind(kinds, "hold", fields -> new Action.Hold(text(fields, "barrier")), "barrier");
    kind(kinds, "release", fields -> new Action.Release(text(fields, "barrier")), "barrier");
    kind(
        kinds,
        "pause-client",
        fields -> new Action.PauseClient(target(fields), time(fields, "for")),
        "member",
        "for");
    kind(
        kinds,
        "crash-client",
        fields -> new Action.CrashClient(target(fields), mayTime(fields, "restart-after")),
        "member",
        "restart-after");
    kind(
        kinds,
        "stop-client",
        fields -> new Action.StopClient(target(fields), mayTime(fields, "restart-after")),
        "member",
        "restart-after");
    kind(kinds, "restart-client", fields -> new Action.RestartClient(target(fields)), "member");
    kind(
        kinds,
        "start-twin",
        fields -> new Action.StartTwin(target(fields), time(fields, "for")),
        "member",
        "for");
    kind(kinds, "fence-member", fields -> new Action.FenceMember(target(fields)), "member");
    kind(kinds, "wake-up", fields -> new Action.WakeUp(target(fields)), "member");
    kind(
        kinds,
        "skew-clock",
        fields -> new Action.SkewClock(target(fields), skew(fields)),
        "member",
        "ahead",
        "behind",
        "gains",
        "loses",
        "swings",
        "period");
    kind(
        kinds,
        "partition-network",
        fields -> new Action.PartitionNetwork(target(fields), broker(fields), time(fields, "for")),
        "member",
        "broker",
        "for");
    kind(
        kinds,
        "change-limits",
        fields ->
            new Action.ChangeLimits(
                target(fields),
                mayCount(fields, "concurrency"),
                mayCount(fields, "queue-depth"),
                mayCount(fields, "max-keys")),
        "member",
        "concurrency",
        "queue-depth",
        "max-keys");
    kind(kinds, "rebalance", fields -> new Action.Rebalance());
    brokerKinds(kinds);
    logKinds(kinds);
    return kinds;
  }

  private static void brokerKinds(Map<String, Kind> kinds) {
    kind(
        kinds,
        "crash-broker",
        fields -> new BrokerAction.CrashBroker(broker(fields), mayTime(fields, "restart-after")),
        "broker",
        "restart-after");
    kind(
        kinds,
        "shut-down-broker",
        fields -> new BrokerAction.ShutDownBroker(broker(fields), mayTime(fields, "restart-after")),
        "broker",
        "restart-after");
    kind(
        kinds,
        "restart-broker",
        fields -> new BrokerAction.RestartBroker(broker(fields)),
        "broker");
    kind(
        kinds,
        "move-leader",
        fields -> new BrokerAction.MoveLeader(partition(fields), broker(fields)),
        "topic",
        "partition",
        "broker");
    kind(
        kinds,
        "move-coordinator",
        fields ->
            new BrokerAction.MoveCoordinator(
                broker(fields), fields.get("loading", Quantities::duration, Duration.ZERO)),
        "broker",
        "loading");
  }

  private static void logKinds(Map<String, Kind> kinds) {
    kind(
        kinds,
        "truncate",
        fields -> new BrokerAction.Truncate(partition(fields), number(fields, "records")),
        "topic",
        "partition",
        "records");
    kind(
        kinds,
        "expire",
        fields -> new BrokerAction.Expire(partition(fields), number(fields, "keep")),
        "topic",
        "partition",
        "keep");
    kind(
        kinds,
        "compact",
        fields -> new BrokerAction.Compact(partition(fields)),
        "topic",
        "partition");
    kind(
        kinds,
        "expire-producers",
        fields -> new BrokerAction.ExpireProducers(partition(fields)),
        "topic",
        "partition");
    kind(
        kinds,
        "add-partitions",
        fields ->
            new BrokerAction.AddPartitions(
                text(fields, "topic"), Quantities.count(fields.need("to"))),
        "topic",
        "to");
    kind(
        kinds,
        "delete-topic",
        fields -> new BrokerAction.DeleteTopic(text(fields, "topic")),
        "topic");
    kind(
        kinds,
        "recreate-topic",
        fields -> new BrokerAction.RecreateTopic(text(fields, "topic")),
        "topic");
    kind(
        kinds,
        "delay-markers",
        fields -> new BrokerAction.DelayMarkers(time(fields, "by"), time(fields, "for")),
        "by",
        "for");
    kind(
        kinds,
        "hang-markers",
        fields -> new BrokerAction.HangMarkers(partition(fields), time(fields, "for")),
        "topic",
        "partition",
        "for");
  }

  private static void kind(
      Map<String, Kind> kinds, String label, Function<Fields, Action> reader, String... fields) {
    kinds.put(label, new Kind(List.of(fields), reader));
  }

  /** The actions that are said in one word. */
  static List<String> plain() {
    return List.copyOf(KINDS.keySet());
  }

  /** The fields of a fault that are about its action. */
  static List<String> fields(String label) {
    Kind kind = KINDS.get(label);
    return kind == null ? List.of() : kind.fields();
  }

  static String label(Node node) {
    if (node instanceof Node.Mapping) {
      return Fields.of(node, Tables.VALUED_ACTION).one(Tables.VALUED_ACTION.names()).key();
    }
    String label = Values.scalar(node);
    String example = VALUED.get(label);
    if (example != null) {
      throw node.fail("needs a value, as in " + example + ", was '" + label + "'");
    }
    return Values.oneOf(node, plain(), List.of("fence-producer"));
  }

  static Action action(Fields fields, Node node, String label) {
    Kind kind = KINDS.get(label);
    if (kind != null) {
      return Values.make(fields.node(), () -> kind.reader().apply(fields));
    }
    Node argument = Fields.of(node, Tables.VALUED_ACTION).one(Tables.VALUED_ACTION.names()).value();
    return switch (label) {
      case "delay" -> new Action.Delay(Distributions.nanos(argument));
      case "throttle" -> new Action.Throttle(Distributions.nanos(argument));
      default ->
          new Action.AnswerError(
              Values.oneOf(argument, List.copyOf(KafkaErrors.names()), List.of()));
    };
  }

  private static String text(Fields fields, String name) {
    return Values.scalar(fields.need(name));
  }

  private static Duration time(Fields fields, String name) {
    return Quantities.duration(fields.need(name));
  }

  private static @Nullable Duration mayTime(Fields fields, String name) {
    return fields.find(name).map(Quantities::duration).orElse(null);
  }

  private static @Nullable Integer mayCount(Fields fields, String name) {
    return fields.find(name).map(Quantities::count).orElse(null);
  }

  private static long number(Fields fields, String name) {
    return Quantities.whole(fields.need(name));
  }

  private static Skew skew(Fields fields) {
    Node.Entry off = fields.one(List.of("ahead", "behind", "gains", "loses", "swings"));
    Duration by = Quantities.duration(off.value());
    boolean swings = off.key().equals("swings");
    if (!swings && fields.has("period")) {
      throw fields.need("period").fail("must be given with swings, not with " + off.key());
    }
    return switch (off.key()) {
      case "ahead" -> new Skew.Jump(by);
      case "behind" -> new Skew.Jump(by.negated());
      case "gains" -> new Skew.Drift(by);
      case "loses" -> new Skew.Drift(by.negated());
      default -> new Skew.Swing(by, time(fields, "period"));
    };
  }

  private static BrokerTarget broker(Fields fields) {
    return fields
        .find("broker")
        .filter(node -> !isAny(node))
        .map(node -> Values.make(node, () -> new BrokerTarget(least0(node))))
        .orElse(BrokerTarget.ANY);
  }

  private static PartitionTarget partition(Fields fields) {
    String topic = fields.get("topic", Values::scalar, PartitionTarget.ANY_TOPIC);
    int partition =
        fields
            .find("partition")
            .filter(node -> !isAny(node))
            .map(node -> least0(node))
            .orElse(PartitionTarget.ANY.partition());
    return Values.make(fields.node(), () -> new PartitionTarget(topic, partition));
  }

  private static int least0(Node node) {
    int value = Quantities.count(node);
    if (value < 0) {
      throw node.fail("must be any or at least 0, was " + value);
    }
    return value;
  }

  private static boolean isAny(Node node) {
    return node instanceof Node.Scalar scalar && scalar.text().equals("any");
  }
}
