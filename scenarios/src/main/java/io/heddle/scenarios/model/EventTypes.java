package io.heddle.scenarios.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * The members have a handler for each of these types of records, and none for others.
 *
 * @param header which header of a record names its type
 * @param handled the types that have a handler
 */
public record EventTypes(String header, List<String> handled) {
  /** The header where nothing is said of it: the engine's own default. */
  public static final String HEADER = "__grt__";

  /** Copies; refuses a header without a name, no types, and one twice. */
  public EventTypes {
    handled = List.copyOf(handled);
    Require.line("header", header);
    Require.that(!header.isBlank(), "header must not be blank");
    Require.that(!handled.isEmpty(), "handled must name at least one type, but is empty");
    handled.forEach(type -> Require.text("handled", type));
    Require.distinct("handled", handled);
  }

  /** Refuses what no record of these workloads has. */
  void check(List<Workload> workloads) {
    List<String> names =
        workloads.stream()
            .flatMap(workload -> workload.headers().stream())
            .map(RecordHeader::name)
            .distinct()
            .toList();
    check("engine.types.header must be a header", header, names);
    List<String> types =
        workloads.stream()
            .flatMap(this::of)
            .flatMap(each -> each.values().stream())
            .distinct()
            .toList();
    handled.forEach(type -> check("engine.types.handled must be a type", type, types));
  }

  private static void check(String rule, String name, List<String> there) {
    String had = there.isEmpty() ? ", and they have none" : " (" + String.join(", ", there) + ")";
    Require.that(there.contains(name), rule + " that records have" + had + ", was '" + name + "'");
  }

  /** Whether each record of these workloads has a handler. */
  boolean handleAll(List<Workload> workloads) {
    return workloads.stream()
        .allMatch(
            workload ->
                of(workload)
                    .anyMatch(each -> each.share() == 1 && handled.containsAll(each.values())));
  }

  /** The header of these records that names their types, if they have it. */
  public Stream<RecordHeader> of(Workload workload) {
    return workload.headers().stream().filter(each -> each.name().equals(header));
  }
}
