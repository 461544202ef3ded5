package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Recorded;
import java.util.List;

/**
 * Reads the traffic that a workload replays: from the scenario itself, or from a file beside it.
 */
record Replays(Folder folder) {
  private static final int LARGEST_FILE = 1 << 17;

  List<Recorded> read(Node node) {
    if (node instanceof Node.Sequence sequence) {
      return sequence.items().stream().map(Replays::recorded).toList();
    }
    String name = Values.scalar(node);
    TrafficFile.Form form = TrafficFile.form(name).orElseThrow(() -> unknownForm(node, name));
    return TrafficFile.read(node, name, form, folder.read(node, name, LARGEST_FILE));
  }

  private static Recorded recorded(Node node) {
    Fields fields = Fields.of(node, Tables.RECORDED);
    var gap = Quantities.duration(fields.need("gap"));
    String key = Values.scalar(fields.need("key"));
    int size = (int) Math.min(Integer.MAX_VALUE, Quantities.bytes(fields.need("size")));
    return Values.make(node, () -> new Recorded(gap, key, size));
  }

  private static ScenarioException unknownForm(Node node, String name) {
    return node.fail(
        "must be a list of records, or a file that ends in .csv, .jsonl or .ndjson, was "
            + ScenarioException.quoted(name));
  }
}
