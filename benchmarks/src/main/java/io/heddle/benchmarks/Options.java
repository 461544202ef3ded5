package io.heddle.benchmarks;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the user asks for.
 *
 * @param workloads in their order, each once
 * @param quick few repeats, so that all of it takes less than ten minutes
 * @param json whether to print JSON instead of a table
 * @param help whether to print how to use this, and nothing else
 */
record Options(List<Workload> workloads, boolean quick, boolean json, boolean help) {
  private static final List<String> NAMES = List.of("--quick", "--only", "--format", "--help");
  private static final List<String> FORMATS = List.of("json", "table");

  /** Reads a command line. */
  static Options parse(List<String> arguments) {
    Set<String> only = new LinkedHashSet<>();
    boolean quick = false;
    boolean json = false;
    boolean help = false;
    Iterator<String> rest = withoutEqualsSigns(arguments).iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--quick" -> quick = true;
        case "--help", "-h" -> help = true;
        case "--only" -> only.add(oneOf(name, rest, Workload.labels()));
        case "--format" -> json = oneOf(name, rest, FORMATS).equals("json");
        default -> throw Usage.none("the argument", name, NAMES);
      }
    }
    List<Workload> chosen = new ArrayList<>();
    for (Workload workload : Workload.values()) {
      if (only.isEmpty() || only.contains(workload.label())) {
        chosen.add(workload);
      }
    }
    return new Options(chosen, quick, json, help);
  }

  private static List<String> withoutEqualsSigns(List<String> arguments) {
    List<String> split = new ArrayList<>();
    for (String argument : arguments) {
      int at = argument.indexOf('=');
      if (argument.startsWith("--") && at > 0) {
        split.add(argument.substring(0, at));
        split.add(argument.substring(at + 1));
      } else {
        split.add(argument);
      }
    }
    return split;
  }

  private static String oneOf(String name, Iterator<String> rest, List<String> known) {
    if (!rest.hasNext()) {
      throw new Usage("%s needs one of: %s".formatted(name, String.join(", ", known)));
    }
    String given = rest.next();
    if (!known.contains(given)) {
      throw Usage.none("the value of " + name, given, known);
    }
    return given;
  }

  static String usage() {
    StringBuilder text = new StringBuilder();
    text.append("usage: benchmarks/run [--quick] [--only WORKLOAD]... [--format json|table]\n\n");
    for (Workload workload : Workload.values()) {
      text.append("  %-14s%s%n".formatted(workload.label(), workload.description()));
    }
    return text.toString();
  }
}
