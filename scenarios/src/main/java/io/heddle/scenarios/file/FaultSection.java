package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Api;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Happening;
import io.heddle.scenarios.model.Heal;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what goes wrong, and when; {@link ActionSection} reads what. */
final class FaultSection {
  private static final List<String> TRIGGERS = List.of("at", "every", "on", "when");
  private static final List<String> PICKS = List.of("nth", "times", "once", "every", "probability");
  private static final List<String> PICKED =
      List.of("nth", "times", "once", "every", "probability", "between", "member");
  private static final Map<String, List<String>> OF_TRIGGER =
      Map.of("at", List.of(), "every", List.of("jitter", "until"), "on", PICKED, "when", PICKED);
  private static final List<String> APIS_NOT_YET =
      List.of(
          "AddPartitionsToTxn",
          "AddOffsetsToTxn",
          "ConsumerGroupHeartbeat",
          "DescribeGroups",
          "CreateTopics",
          "DeleteTopics",
          "CreatePartitions",
          "DeleteRecords",
          "ApiVersions");

  private FaultSection() {}

  static List<Fault> readAll(Node node, Heal heal) {
    List<Fault> faults = new ArrayList<>();
    for (Node item : Values.list(node, each -> each)) {
      faults.add(read(item, heal, faults.size()));
    }
    return faults;
  }

  private static Fault read(Node node, Heal heal, int index) {
    Fields fields = Fields.of(node, Tables.FAULT);
    Node.Entry when = trigger(fields);
    Node what = fields.need("do");
    String label = ActionSection.label(what);
    checkFields(fields, when.key(), label);
    Trigger trigger =
        switch (when.key()) {
          case "at" -> new Trigger.At(Quantities.duration(when.value()));
          case "every" -> every(fields, when.value(), heal);
          case "on" -> onRequest(fields, when.value(), heal);
          default -> when(fields, when.value(), heal);
        };
    Action action = ActionSection.action(fields, what, label);
    String name = fields.get("name", Values::scalar, Fault.defaultName(action, index));
    boolean mayNotFire = fields.get("may-not-fire", Values::flag, false);
    return Values.make(node, () -> new Fault(name, trigger, action, mayNotFire));
  }

  /** With {@code on} or {@code when}, {@code every} says which of them. */
  private static Node.Entry trigger(Fields fields) {
    boolean counted = fields.has("on") || fields.has("when");
    return fields.one(
        counted ? TRIGGERS.stream().filter(each -> !each.equals("every")).toList() : TRIGGERS);
  }

  /** Refuses fields of another trigger or action than the fault has. */
  private static void checkFields(Fields fields, String trigger, String action) {
    List<String> general = List.of("name", trigger, "do", "may-not-fire");
    List<String> ofTrigger = OF_TRIGGER.getOrDefault(trigger, List.of());
    List<String> ofAction = ActionSection.fields(action);
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
    Trigger.Pick pick = pick(fields).orElseGet(Trigger.Pick.All::new);
    return new Trigger.OnRequest(api, pick, between(fields, heal), target(fields));
  }

  private static Trigger when(Fields fields, Node node, Heal heal) {
    Happening happening = Values.oneOf(node, List.of(Happening.values()), Happening::label);
    Trigger.Pick pick = pick(fields).orElseGet(() -> new Trigger.Pick.First(1));
    Trigger.Window between = between(fields, heal);
    Target member = target(fields);
    return Values.make(fields.node(), () -> new Trigger.When(happening, pick, between, member));
  }

  private static Trigger.Window between(Fields fields, Heal heal) {
    return fields
        .find("between")
        .map(FaultSection::window)
        .orElseGet(
            () -> Values.make(fields.node(), () -> new Trigger.Window(Duration.ZERO, heal.at())));
  }

  private static java.util.Optional<Trigger.Pick> pick(Fields fields) {
    return fields.atMostOne(PICKS).map(entry -> pick(fields.node(), entry));
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
      case "every" -> {
        long every = Quantities.whole(value);
        yield Values.make(fault, () -> new Trigger.Pick.EveryNth(every));
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

  static Target target(Fields fields) {
    return fields
        .find("member")
        .map(node -> Values.make(node, () -> new Target(Values.scalar(node))))
        .orElse(Target.ANY);
  }
}
