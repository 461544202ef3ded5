package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.model.Trigger.Pick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Fewer faults, and faults that leave less to chance. */
final class FaultSteps {
  private static final long GRAIN = 1_000_000;
  private static final int FIRST_FIRINGS = 5;

  private FaultSteps() {}

  static void fewer(Variants variants) {
    Scenario scenario = variants.scenario();
    variants.without(scenario.faults(), scenario::withFaults);
  }

  static void plainer(Variants variants) {
    Scenario scenario = variants.scenario();
    List<String> members = scenario.group().memberNames();
    variants.replacing(
        scenario.faults(),
        fault -> {
          List<Supplier<Fault>> plainer = new ArrayList<>();
          for (Supplier<Trigger> trigger : triggers(fault.trigger(), scenario.heal().at())) {
            plainer.add(() -> with(fault, trigger.get(), fault.action()));
          }
          for (Supplier<Action> action : ActionSteps.plainer(fault.action())) {
            plainer.add(() -> with(fault, fault.trigger(), action.get()));
          }
          if (!fault.target().isNamed() && fault.action() instanceof Action.OnClient) {
            members.forEach(member -> plainer.add(() -> fault.withTarget(new Target(member))));
          }
          plainer.add(() -> new Fault(fault.name(), fault.trigger(), fault.action(), false));
          return plainer;
        },
        scenario::withFaults);
  }

  static Fault with(Fault fault, Trigger trigger, Action action) {
    return new Fault(fault.name(), trigger, action, fault.mayNotFire());
  }

  /** The same fault for another member, where it is for a certain one. */
  static Fault retargeted(Fault fault, Target target) {
    return fault.target().isNamed() ? fault.withTarget(target) : fault;
  }

  /** The same fault, over before the time at which all faults end. */
  static Fault over(Fault fault, Duration end) {
    Trigger trigger = fault.trigger();
    if (trigger instanceof Trigger.At once && once.at().compareTo(end) >= 0) {
      return with(fault, new Trigger.At(end.minusNanos(GRAIN)), fault.action());
    }
    if (trigger instanceof Trigger.Every every) {
      Duration until = earlier(every.until(), end);
      return with(fault, new Trigger.Every(every.period(), every.jitter(), until), fault.action());
    }
    if (trigger instanceof Trigger.OnRequest request) {
      return with(
          fault, with(request, request.pick(), over(request.between(), end)), fault.action());
    }
    if (trigger instanceof Trigger.When when) {
      return with(fault, with(when, when.pick(), over(when.between(), end)), fault.action());
    }
    return fault;
  }

  private static Trigger.Window over(Trigger.Window window, Duration end) {
    return new Trigger.Window(window.from(), earlier(window.to(), end));
  }

  private static Duration earlier(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static List<Supplier<Trigger>> triggers(Trigger trigger, Duration end) {
    List<Supplier<Trigger>> plainer = new ArrayList<>();
    if (trigger instanceof Trigger.At once) {
      Smaller.times(once.at(), true).forEach(at -> plainer.add(() -> new Trigger.At(at)));
    } else if (trigger instanceof Trigger.Every every) {
      for (int i = 1; i <= FIRST_FIRINGS; i++) {
        Duration at = every.period().multipliedBy(i);
        plainer.add(() -> new Trigger.At(at));
      }
      plainer.add(() -> new Trigger.Every(every.period(), Duration.ZERO, every.until()));
      Smaller.times(every.until(), false)
          .forEach(
              until -> plainer.add(() -> new Trigger.Every(every.period(), every.jitter(), until)));
    } else if (trigger instanceof Trigger.OnRequest request) {
      Trigger.Window always = new Trigger.Window(Duration.ZERO, end);
      plainer.add(() -> with(request, request.pick(), always));
      for (Pick pick : picks(request.pick())) {
        plainer.add(() -> with(request, pick, always));
        plainer.add(() -> with(request, pick, request.between()));
      }
    } else if (trigger instanceof Trigger.When when) {
      Trigger.Window always = new Trigger.Window(Duration.ZERO, end);
      plainer.add(() -> with(when, when.pick(), always));
      for (Pick pick : picks(when.pick())) {
        plainer.add(() -> with(when, pick, always));
        plainer.add(() -> with(when, pick, when.between()));
      }
    }
    return plainer;
  }

  private static Trigger with(Trigger.When when, Pick pick, Trigger.Window between) {
    return new Trigger.When(when.happening(), pick, between, when.member());
  }

  private static Trigger with(Trigger.OnRequest request, Pick pick, Trigger.Window between) {
    return new Trigger.OnRequest(request.api(), pick, between, request.member());
  }

  /** One request rather than some, some rather than all, and none of them by chance. */
  private static List<Pick> picks(Pick pick) {
    List<Pick> plainer = new ArrayList<>();
    if (pick instanceof Pick.Nth nth) {
      Smaller.numbers(nth.n(), 1).forEach(n -> plainer.add(new Pick.Nth(n)));
      return plainer;
    }
    for (int n = 1; n <= FIRST_FIRINGS; n++) {
      plainer.add(new Pick.Nth(n));
    }
    if (pick instanceof Pick.First first) {
      Smaller.numbers(first.times(), 1).forEach(times -> plainer.add(new Pick.First(times)));
      return plainer;
    }
    for (int times = 1; times <= FIRST_FIRINGS; times++) {
      plainer.add(new Pick.First(times));
    }
    if (pick instanceof Pick.Share || pick instanceof Pick.EveryNth) {
      plainer.add(new Pick.All());
    }
    return plainer;
  }
}
