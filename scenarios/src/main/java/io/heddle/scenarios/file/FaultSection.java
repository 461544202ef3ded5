package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Api;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Heal;
import io.heddle.scenarios.model.KafkaErrors;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what goes wrong. */
final class FaultSection {
  private static final List<String> TRIGGERS = List.of("at", "every", "on");
  private static final List<String> PICKS = List.of("nth", "times", "once", "probability");
  private static final Map<String, List<String>> OF_TRIGGER =
      Map.of(
          "at", List.of(),
          "every", List.of("jitter", "until"),
          "on", List.of("nth", "times", "once", "probability", "between", "member"));
  private static final Map<String, List<String>> OF_ACTION =
      Map.of(
          "pause-client", List.of("member", "for"),
          "crash-client", List.of("member", "restart-after"),
          "restart-client", List.of("member"));

  /** Actions that are said in one word. */
  static final List<String> PLAIN_ACTIONS =
      List.of(
          "drop-request",
          "apply-then-drop",
          "pause-client",
          "crash-client",
          "restart-client",
          "rebalance");

  private static final List<String> VALUED_ACTIONS = List.of("delay", "error");
  private static final List<String> ACTIONS_NOT_YET =
      List.of(
          "add-partitions",
          "move-leader",
          "move-coordinator",
          "truncate",
          "compact",
          "expire",
          "delete-topic",
          "throttle",
          "clock-skew",
          "partition-network",
          "stop-client",
          "fence-producer");
  private static final List<String> APIS_NOT_YET =
      List.of(
          "InitProducerId",
          "AddPartitionsToTxn",
          "AddOffsetsToTxn",
          "TxnOffsetCommit",
          "EndTxn",
          "ConsumerGroupHeartbeat",
          "DescribeGroups",
          "OffsetForLeaderEpoch",
          "CreateTopics",
          "DeleteTopics",
          "CreatePartitions",
          "DeleteRecords",
          "ApiVersions");

  private FaultSection() {}

  static List<Fault> readAll(Node node, Heal heal) {
    List<Fault> faults = new ArrayList<>();
    for (Node item : Values.list(node, each -> each)) {
      refuseActionsNotYet(item);
      faults.add(read(item, heal, faults.size()));
    }
    return faults;
  }

  private static Fault read(Node node, Heal heal, int index) {
    Fields fields = Fields.of(node, Tables.FAULT);
    Node.Entry when = fields.one(TRIGGERS);
    Node what = fields.need("do");
    String label = label(what);
    checkFields(fields, when.key(), label);
    Trigger trigger =
        switch (when.key()) {
          case "at" -> new Trigger.At(Quantities.duration(when.value()));
          case "every" -> every(fields, when.value(), heal);
          default -> onRequest(fields, when.value(), heal);
        };
    Action action = action(fields, what, label);
    String name = fields.get("name", Values::scalar, Fault.defaultName(action, index));
    boolean mayNotFire = fields.get("may-not-fire", Values::flag, false);
    return Values.make(node, () -> new Fault(name, trigger, action, mayNotFire));
  }

  /** Comes before the fields are checked, because such an action has fields of its own. */
  private static void refuseActionsNotYet(Node node) {
    Values.mapping(node).entries().stream()
        .filter(entry -> entry.key().equals("do") && entry.value() instanceof Node.Scalar)
        .map(Node.Entry::value)
        .filter(what -> ACTIONS_NOT_YET.contains(Values.scalar(what)))
        .forEach(FaultSection::label);
  }

  /** Refuses fields of another trigger or action than the fault has. */
  private static void checkFields(Fields fields, String trigger, String action) {
    List<String> general = List.of("name", "at", "every", "on", "do", "may-not-fire");
    List<String> ofTrigger = OF_TRIGGER.getOrDefault(trigger, List.of());
    List<String> ofAction = OF_ACTION.getOrDefault(action, List.of());
    for (Node.Entry entry : fields.node().entries()) {
      String field = entry.key();
      if (!general.contains(field) && !ofTrigger.contains(field) && !ofAction.contains(field)) {
        throw entry
            .keyPlace()
            .fail("does not belong to a fault with '" + trigger + "' that does " + action);
      }
    }
  }

  private static Trigger every(Fields fields, Node node, Heal heal) {
    Duration period = Quantities.duration(node);
    Duration jitter = fields.get("jitter", Quantities::duration, Duration.ZERO);
    Duration until = fields.get("until", Quantities::duration, heal.at());
    return Values.make(fields.node(), () -> new Trigger.Every(period, jitter, until));
  }

  private static Trigger onRequest(Fields fields, Node node, Heal heal) {
    List<String> apis = List.of(Api.values()).stream().map(Api::label).toList();
    Api api = Api.of(Values.oneOf(node, apis, APIS_NOT_YET)).orElseThrow();
    Trigger.Pick pick =
        fields
            .atMostOne(PICKS)
            .map(entry -> pick(fields.node(), entry))
            .orElseGet(Trigger.Pick.All::new);
    Trigger.Window between =
        fields
            .find("between")
            .map(FaultSection::window)
            .orElseGet(
                () ->
                    Values.make(fields.node(), () -> new Trigger.Window(Duration.ZERO, heal.at())));
    return new Trigger.OnRequest(api, pick, between, target(fields));
  }

  private static Trigger.Pick pick(Node fault, Node.Entry entry) {
    Node value = entry.value();
    return switch (entry.key()) {
      case "nth" -> {
        long nth = Quantities.whole(value);
        yield Values.make(fault, () -> new Trigger.Pick.Nth(nth));
      }
      case "times" -> {
        long times = Quantities.whole(value);
        yield Values.make(fault, () -> new Trigger.Pick.First(times));
      }
      case "once" -> {
        if (!Values.flag(value)) {
          throw value.fail("must be true, or not be given");
        }
        yield new Trigger.Pick.First(1);
      }
      default -> {
        double probability = Quantities.share(value);
        yield Values.make(fault, () -> new Trigger.Pick.Share(probability));
      }
    };
  }

  private static Trigger.Window window(Node node) {
    List<Node> bounds = Distributions.pair(node, "its start and its end");
    Duration from = Quantities.duration(bounds.get(0));
    Duration to = Quantities.duration(bounds.get(1));
    return Values.make(node, () -> new Trigger.Window(from, to));
  }

  private static String label(Node node) {
    if (node instanceof Node.Mapping) {
      return Fields.of(node, Tables.VALUED_ACTION).one(VALUED_ACTIONS).key();
    }
    String label = Values.scalar(node);
    if (VALUED_ACTIONS.contains(label)) {
      throw node.fail(
          "needs a value, as in "
              + (label.equals("delay") ? "{delay: 50ms}" : "{error: NOT_COORDINATOR}")
              + ", was '"
              + label
              + "'");
    }
    return Values.oneOf(node, PLAIN_ACTIONS, ACTIONS_NOT_YET);
  }

  private static Action action(Fields fields, Node node, String label) {
    return switch (label) {
      case "delay" -> new Action.Delay(Distributions.nanos(argument(node)));
      case "error" ->
          new Action.AnswerError(
              Values.oneOf(argument(node), List.copyOf(KafkaErrors.names()), List.of()));
      case "drop-request" -> new Action.DropRequest();
      case "apply-then-drop" -> new Action.ApplyThenDrop();
      case "pause-client" -> {
        Duration lasting = Quantities.duration(fields.need("for"));
        yield Values.make(fields.node(), () -> new Action.PauseClient(target(fields), lasting));
      }
      case "crash-client" -> {
        @Nullable Duration restartAfter =
            fields.find("restart-after").map(Quantities::duration).orElse(null);
        yield Values.make(
            fields.node(), () -> new Action.CrashClient(target(fields), restartAfter));
      }
      case "restart-client" -> new Action.RestartClient(target(fields));
      default -> new Action.Rebalance();
    };
  }

  private static Node argument(Node node) {
    return Fields.of(node, Tables.VALUED_ACTION).one(VALUED_ACTIONS).value();
  }

  private static Target target(Fields fields) {
    return fields
        .find("member")
        .map(node -> Values.make(node, () -> new Target(Values.scalar(node))))
        .orElse(Target.ANY);
  }
}
