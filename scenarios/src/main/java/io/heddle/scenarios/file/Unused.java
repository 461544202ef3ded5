package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Commits;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Engine.Mode;
import io.heddle.scenarios.model.OnFailure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Refuses fields that have no effect beside the others of their section: whoever wrote one down
 * expects something of it. {@link ScenarioWriter} leaves them out.
 */
final class Unused {
  /** Fields of the engine that some of its modes have. */
  private static final Map<String, Predicate<Mode>> OF_MODES = new LinkedHashMap<>();

  /** Fields of {@code commit} that transactions do not have, and what they have instead. */
  private static final Map<String, String> OF_COMMITS =
      Map.of(
          "every", "commits when a transaction is due (batch-delay) or full (target-size)",
          "attempts", "does again what a transaction that failed has aborted, as often as it takes",
          "backoff", "begins the next one at once",
          "metadata", "names nothing behind a gap");

  static {
    for (String limit : List.of("scheduler", "concurrency", "queue-depth", "max-keys")) {
      OF_MODES.put(limit, Mode::hasScheduler);
    }
    OF_MODES.put("batcher", Mode::hasBatcher);
    OF_MODES.put("stages", mode -> mode == Mode.CHAINED);
  }

  private Unused() {}

  static void check(Fields fields, Engine engine) {
    Mode mode = engine.mode();
    for (Node.Entry entry : fields.node().entries()) {
      Predicate<Mode> has = OF_MODES.getOrDefault(entry.key(), any -> true);
      if (!has.test(mode)) {
        throw entry
            .keyPlace()
            .fail(
                "needs mode "
                    + labels(has)
                    + ", was with "
                    + mode.label()
                    + (fields.has("mode") ? "" : ", the default"));
      }
    }
    if (fields.has("concurrency") && fields.has("queue-depth") && fields.has("max-keys")) {
      refuse(fields, "scheduler", "must not be given beside all of its limits");
    }
    if (engine.exactlyOnce().isPresent()) {
      checkCommits(fields);
      if (fields.find("store").filter(Node.Mapping.class::isInstance).isPresent()) {
        refuse(
            fields,
            List.of("store", "guard"),
            "must not be given beside exactly-once, which always has it");
      }
    }
    if (!hasJobs(engine)) {
      refuse(
          fields,
          List.of("patience", "job-deadline"),
          "needs work that ends elsewhere: another mode or interjections, was with sync");
    }
  }

  /** Whether anything of it goes on outside of the strands, so that it can be taken back. */
  static boolean hasJobs(Engine engine) {
    return engine.mode() != Mode.SYNC || engine.work().interjections().isPresent();
  }

  private static void checkCommits(Fields fields) {
    OF_COMMITS.keySet().stream()
        .sorted()
        .forEach(
            name ->
                refuse(
                    fields,
                    List.of("commit", name),
                    "must not be given beside exactly-once, which " + OF_COMMITS.get(name)));
  }

  static void check(Fields fields, Commits commits) {
    if (commits.attempts().orElse(2) == 1) {
      refuse(fields, "backoff", "needs two attempts or more, was with one");
    }
  }

  static void check(Fields fields, OnFailure onFailure) {
    if (onFailure.attempts() == 1) {
      refuse(fields, "backoff", "needs two attempts or more, was with one");
    }
  }

  private static void refuse(Fields fields, String name, String problem) {
    fields
        .entry(name)
        .ifPresent(
            entry -> {
              throw entry.keyPlace().fail(problem);
            });
  }

  private static void refuse(Fields fields, List<String> path, String problem) {
    fields
        .find(path.get(0))
        .flatMap(section -> Values.mapping(section).entry(path.get(1)))
        .ifPresent(
            entry -> {
              throw entry.keyPlace().fail(problem);
            });
  }

  private static String labels(Predicate<Mode> has) {
    List<String> labels = Arrays.stream(Mode.values()).filter(has).map(Mode::label).toList();
    int last = labels.size() - 1;
    return last == 0
        ? labels.get(0)
        : String.join(", ", labels.subList(0, last)) + " or " + labels.get(last);
  }
}
