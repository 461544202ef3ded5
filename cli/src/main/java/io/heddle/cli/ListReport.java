package io.heddle.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scenarios as a table. */
final class ListReport {
  private ListReport() {}

  /** In groups of the first tag that each has, in the order in which these come up. */
  static String text(List<ScenarioSummary> scenarios, Style style) {
    Map<String, List<ScenarioSummary>> groups = new LinkedHashMap<>();
    for (ScenarioSummary scenario : scenarios) {
      String group = scenario.tags().isEmpty() ? "" : scenario.tags().get(0);
      groups.computeIfAbsent(group, tag -> new ArrayList<>()).add(scenario);
    }
    Page page = new Page(style);
    Table table = new Table("llw").row("scenario", "expects", "title");
    groups.forEach(
        (group, members) -> {
          table.row(group, "", "");
          for (ScenarioSummary scenario : members) {
            table.row("  " + scenario.name(), kind(scenario.expects()), scenario.title());
          }
        });
    table.printTo(page);
    return page.toString();
  }

  static String tags(Map<String, Long> tags, Style style) {
    Page page = new Page(style);
    Table table = new Table("lr").row("tag", "scenarios");
    tags.forEach((tag, count) -> table.row("  " + tag, Units.count(count)));
    table.printTo(page);
    return page.toString();
  }

  /** Of {@code threshold:response_time.p90} no more than what it is, so that titles have room. */
  static String kind(String outcome) {
    int colon = outcome.indexOf(':');
    return colon < 0 ? outcome : outcome.substring(0, colon);
  }
}
