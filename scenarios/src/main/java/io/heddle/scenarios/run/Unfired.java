package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.model.Trigger.Pick;
import io.heddle.scenarios.model.Trigger.Window;
import io.heddle.scenarios.model.Units;

/** Why a fault never fired, in a few words; nothing where it cannot be known. */
final class Unfired {
  private Unfired() {}

  /**
   * The reason.
   *
   * @param matched how many of the requests or happenings that it is for it was shown
   * @param obstacle what was in its way when it was due; empty if it was not
   * @param rivals whether faults that come before it have struck requests of its API
   */
  static String reason(Fault fault, long matched, String obstacle, boolean rivals) {
    if (!obstacle.isEmpty()) {
      return obstacle;
    }
    Trigger trigger = fault.trigger();
    if (trigger instanceof Trigger.OnRequest request) {
      return matched == 0
          ? "there was no "
              + request.api().label()
              + of(request.member())
              + in(request.between())
              + (rivals ? ", or faults before it took them" : "")
          : picked(request.pick(), matched);
    }
    if (trigger instanceof Trigger.When when) {
      return matched == 0
          ? "there was no '"
              + when.happening().label()
              + "'"
              + of(when.member())
              + in(when.between())
          : picked(when.pick(), matched);
    }
    return "the run ended before its time";
  }

  private static String picked(Pick pick, long matched) {
    String all = matched == 1 ? "there was only one" : "there were only " + matched;
    if (pick instanceof Pick.Nth nth) {
      return all + ", not " + nth.n();
    } else if (pick instanceof Pick.EveryNth every) {
      return all + ", not " + every.n();
    } else if (pick instanceof Pick.Share) {
      return "of " + matched + " none was drawn";
    }
    return "";
  }

  private static String of(Target member) {
    return member.isNamed() ? " of " + member.member() : "";
  }

  private static String in(Window window) {
    return " from " + Units.format(window.from()) + " to " + Units.format(window.to());
  }
}
