package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Store;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads and writes the engine's store: the name of its change log, or all that can be said of it.
 */
final class StoreSection {
  private StoreSection() {}

  static Store read(Node node) {
    if (!(node instanceof Node.Mapping)) {
      String changeLog = Values.scalar(node);
      return Values.make(node, () -> Store.of(changeLog));
    }
    Fields fields = Fields.of(node, EngineTables.STORE);
    String changeLog = Values.scalar(fields.need("change-log"));
    Store usual = Store.of("usual");
    Store.Home home =
        fields.get(
            "on",
            name -> Values.oneOf(name, List.of(Store.Home.values()), Store.Home::label),
            usual.home());
    boolean create = fields.get("create", Values::flag, usual.create());
    OptionalInt replication = Quantities.optionalCount(fields, "replication");
    SortedMap<String, String> config =
        fields.get("config", ScenarioSection::topicConfig, new TreeMap<>());
    boolean guard = fields.get("guard", Values::flag, usual.guard());
    return Values.make(node, () -> new Store(changeLog, home, create, replication, config, guard));
  }

  /** The name alone, where nothing else is to be said. */
  static Object write(Store store, boolean inTransactions) {
    if (store.equals(Store.of(store.changeLog()))) {
      return Yaml.text(store.changeLog());
    }
    Yaml.Flow flow =
        new Yaml.Flow()
            .put("change-log", Yaml.text(store.changeLog()))
            .put("on", store.home().label())
            .put("create", store.create());
    store.replication().ifPresent(count -> flow.put("replication", count));
    if (!store.config().isEmpty()) {
      flow.put("config", Yaml.settings(store.config()));
    }
    return inTransactions ? flow : flow.put("guard", store.guard());
  }
}
