package io.heddle.cli;

import java.util.List;

/** The scenarios as a table. */
final class ListReport {
  private ListReport() {}

  static String text(List<ScenarioSummary> scenarios) {
    Page page = new Page();
    Table table = new Table("lll").row("scenario", "expects", "title");
    for (ScenarioSummary scenario : scenarios) {
      table.row(scenario.name(), scenario.expects(), scenario.title());
    }
    table.printTo(page);
    return page.toString();
  }
}
