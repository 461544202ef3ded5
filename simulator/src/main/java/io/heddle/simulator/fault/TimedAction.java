package io.heddle.simulator.fault;

import io.heddle.simulator.SimulatedKafka;
import java.util.function.Function;

/**
 * Something that a plan does at a time.
 *
 * @param label what it does, for names and reports
 * @param act does it; returns why it could not, or nothing
 */
public record TimedAction(String label, Function<SimulatedKafka, String> act) {
  /** What {@code act} returns when it has done it. */
  static final String DONE = "";

  /** What kind of fault it is: the first word of its label. */
  public String kind() {
    int blank = label.indexOf(' ');
    return blank < 0 ? label : label.substring(0, blank);
  }
}
