package io.heddle.scenarios.file;

import io.heddle.simulator.core.Schedule;
import java.util.List;

/** Reads and writes in which order happens what is due at the same time. */
final class ScheduleSection {
  static final String UNIFORM = "uniform";
  static final String PCT = "pct";
  static final List<String> POLICIES = List.of(UNIFORM, PCT);

  private ScheduleSection() {}

  static Schedule read(Node node) {
    Fields fields = Fields.of(node, Tables.SCHEDULE);
    String policy = Values.oneOf(fields.need("policy"), POLICIES, List.of());
    if (policy.equals(UNIFORM)) {
      for (String name : List.of("depth", "steps")) {
        fields
            .entry(name)
            .ifPresent(
                entry -> {
                  throw entry.keyPlace().fail("needs policy pct, was with uniform");
                });
      }
      return Schedule.UNIFORM;
    }
    int depth = fields.get("depth", Quantities::count, Schedule.Pct.USUAL.depth());
    long steps = fields.get("steps", Quantities::whole, Schedule.Pct.USUAL.steps());
    return Values.make(node, () -> new Schedule.Pct(depth, steps));
  }

  static Yaml.Flow write(Schedule schedule) {
    return schedule instanceof Schedule.Pct pct
        ? new Yaml.Flow().put("policy", PCT).put("depth", pct.depth()).put("steps", pct.steps())
        : new Yaml.Flow().put("policy", UNIFORM);
  }
}
