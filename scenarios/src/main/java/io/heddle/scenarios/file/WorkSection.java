package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Outputs;
import io.heddle.scenarios.model.Units;
import java.time.Duration;
import java.util.Optional;

/** Reads and writes what some modes of the engine have of their own, interjections and outputs. */
final class WorkSection {
  private WorkSection() {}

  static Engine.Work read(Fields engine) {
    Engine.Work usual = Engine.Work.DEFAULT;
    Engine.Batcher batcher = engine.get("batcher", WorkSection::batcher, usual.batcher());
    int stages = engine.get("stages", Quantities::count, usual.stages());
    Optional<Engine.Interjections> interjections =
        engine.find("interjections").map(WorkSection::interjections);
    Optional<Outputs> outputs = engine.find("outputs").map(WorkSection::outputs);
    return new Engine.Work(batcher, stages, interjections, outputs);
  }

  private static Engine.Batcher batcher(Node node) {
    Fields fields = Fields.of(node, Tables.BATCHER);
    Engine.Batcher usual = Engine.Batcher.DEFAULT;
    int size = fields.get("max-size", Quantities::count, usual.maxSize());
    int concurrent = fields.get("max-concurrent", Quantities::count, usual.maxConcurrent());
    Duration delay = fields.get("delay", Quantities::duration, usual.delay());
    int waiting = fields.get("max-waiting", Quantities::count, usual.maxWaiting());
    int items = fields.get("items", Quantities::count, usual.items());
    return Values.make(node, () -> new Engine.Batcher(size, concurrent, delay, waiting, items));
  }

  private static Engine.Interjections interjections(Node node) {
    Fields fields = Fields.of(node, Tables.INTERJECTIONS);
    Duration every = Quantities.duration(fields.need("every"));
    Duration jitter = fields.get("jitter", Quantities::duration, Duration.ZERO);
    return Values.make(node, () -> new Engine.Interjections(every, jitter));
  }

  private static Outputs outputs(Node node) {
    Fields fields = Fields.of(node, Tables.OUTPUTS);
    Outputs usual = Outputs.DEFAULT;
    String topic = fields.get("topic", Values::scalar, usual.topic());
    int partitions = fields.get("partitions", Quantities::count, usual.partitions());
    int each = fields.get("each", Quantities::count, usual.each());
    return Values.make(node, () -> new Outputs(topic, partitions, each));
  }

  static Yaml.Flow write(Outputs outputs) {
    return new Yaml.Flow()
        .put("topic", Yaml.text(outputs.topic()))
        .put("partitions", outputs.partitions())
        .put("each", outputs.each());
  }

  static Yaml.Flow write(Engine.Batcher batcher) {
    return new Yaml.Flow()
        .put("max-size", batcher.maxSize())
        .put("max-concurrent", batcher.maxConcurrent())
        .put("delay", Units.format(batcher.delay()))
        .put("max-waiting", batcher.maxWaiting())
        .put("items", batcher.items());
  }

  static Yaml.Flow write(Engine.Interjections interjections) {
    return new Yaml.Flow()
        .put("every", Units.format(interjections.every()))
        .put("jitter", Units.format(interjections.jitter()));
  }
}
