package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Backoff;
import io.heddle.scenarios.model.Batcher;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.EventTypes;
import io.heddle.scenarios.model.Interjections;
import io.heddle.scenarios.model.OnFailure;
import io.heddle.scenarios.model.Outputs;
import io.heddle.scenarios.model.Patience;
import io.heddle.scenarios.model.Units;
import io.heddle.scenarios.model.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads and writes what some modes of the engine have of their own, interjections and outputs. */
final class WorkSection {
  private WorkSection() {}

  static Work read(Fields engine) {
    Work usual = Work.DEFAULT;
    Batcher batcher = engine.get("batcher", WorkSection::batcher, usual.batcher());
    int stages = engine.get("stages", Quantities::count, usual.stages());
    Optional<Interjections> interjections =
        engine.find("interjections").map(WorkSection::interjections);
    Optional<Outputs> outputs = engine.find("outputs").map(WorkSection::outputs);
    Optional<OnFailure> onFailure = engine.find("on-failure").map(WorkSection::onFailure);
    Patience patience = engine.get("patience", WorkSection::patience, usual.patience());
    Optional<EventTypes> types = engine.find("types").map(WorkSection::types);
    Optional<OnFailure> onUndecodable =
        engine.find("on-undecodable").map(WorkSection::onUndecodable);
    return new Work(
        batcher, stages, interjections, outputs, onFailure, patience, types, onUndecodable);
  }

  private static EventTypes types(Node node) {
    Fields fields = Fields.of(node, EngineTables.TYPES);
    String header = fields.get("header", Values::scalar, EventTypes.HEADER);
    List<String> handled = Values.list(fields.need("handled"), Values::scalar);
    return Values.make(node, () -> new EventTypes(header, handled));
  }

  static Yaml.Flow write(EventTypes types) {
    return new Yaml.Flow()
        .put("header", Yaml.text(types.header()))
        .put("handled", Yaml.list(types.handled()));
  }

  private static Batcher batcher(Node node) {
    Fields fields = Fields.of(node, EngineTables.BATCHER);
    Batcher usual = Batcher.DEFAULT;
    int size = fields.get("max-size", Quantities::count, usual.maxSize());
    int concurrent = fields.get("max-concurrent", Quantities::count, usual.maxConcurrent());
    Duration delay = fields.get("delay", Quantities::duration, usual.delay());
    int waiting = fields.get("max-waiting", Quantities::count, usual.maxWaiting());
    int items = fields.get("items", Quantities::count, usual.items());
    int least = fields.get("min-items", Quantities::count, items);
    double errors = fields.get("errors", Quantities::share, usual.errors());
    return Values.make(
        node, () -> new Batcher(size, concurrent, delay, waiting, items, least, errors));
  }

  private static Interjections interjections(Node node) {
    Fields fields = Fields.of(node, EngineTables.INTERJECTIONS);
    Duration every = Quantities.duration(fields.need("every"));
    Duration jitter = fields.get("jitter", Quantities::duration, Duration.ZERO);
    Duration service = fields.get("service", Quantities::duration, Interjections.SERVICE);
    double errors = fields.get("errors", Quantities::share, 0.0);
    double asks = fields.get("asks", Quantities::share, 0.0);
    return Values.make(node, () -> new Interjections(every, jitter, service, errors, asks));
  }

  private static OnFailure onFailure(Node node) {
    return onFailure(Fields.of(node, EngineTables.ON_FAILURE));
  }

  private static OnFailure onFailure(Fields fields) {
    int attempts = Quantities.count(fields.need("attempts"));
    Backoff backoff = fields.get("backoff", WorkSection::backoff, Backoff.of(OnFailure.BACKOFF));
    OnFailure.Then then = then(fields);
    Optional<String> topic = fields.find("topic").map(Values::scalar);
    OnFailure onFailure =
        Values.make(fields.node(), () -> new OnFailure(attempts, backoff, then, topic));
    Unused.check(fields, onFailure);
    return onFailure;
  }

  private static OnFailure onUndecodable(Node node) {
    return onFailure(Fields.of(node, EngineTables.ON_UNDECODABLE));
  }

  private static OnFailure onLostOutput(Node node) {
    return onFailure(Fields.of(node, EngineTables.ON_LOST_OUTPUT));
  }

  /** A time, or all that can be said of it. */
  static Backoff backoff(Node node) {
    if (!(node instanceof Node.Mapping)) {
      Duration time = Quantities.duration(node);
      return Values.make(node, () -> Backoff.of(time));
    }
    Fields fields = Fields.of(node, EngineTables.BACKOFF);
    Duration first = Quantities.duration(fields.need("first"));
    double multiplier = fields.get("multiplier", Quantities::number, Backoff.MULTIPLIER);
    Duration most = fields.get("max", Quantities::duration, Backoff.usualMost(first));
    double jitter = fields.get("jitter", Quantities::share, Backoff.JITTER);
    return Values.make(node, () -> new Backoff(first, multiplier, most, jitter));
  }

  private static Patience patience(Node node) {
    Fields fields = Fields.of(node, EngineTables.PATIENCE);
    Patience usual = Patience.DEFAULT;
    Optional<Patience.Limit> deadline = fields.find("job-deadline").map(WorkSection::limit);
    Optional<Patience.Limit> giveUp = fields.find("give-up").map(WorkSection::limit);
    Duration stuck =
        fields.get("stuck-after", Quantities::duration, Patience.usualStuckAfter(giveUp));
    Duration topic = fields.get("topic-timeout", Quantities::duration, usual.topicTimeout());
    Duration instance =
        fields.get("instance-timeout", Quantities::duration, usual.instanceTimeout());
    return Values.make(node, () -> new Patience(deadline, giveUp, stuck, topic, instance));
  }

  private static Patience.Limit limit(Node node) {
    Fields fields = Fields.of(node, EngineTables.LIMIT);
    Duration after = Quantities.duration(fields.need("after"));
    OnFailure.Then then = then(fields);
    Optional<String> topic = fields.find("topic").map(Values::scalar);
    return Values.make(node, () -> new Patience.Limit(after, then, topic));
  }

  private static OnFailure.Then then(Fields fields) {
    return Values.oneOf(
        fields.need("then"), List.of(OnFailure.Then.values()), OnFailure.Then::label);
  }

  private static Outputs outputs(Node node) {
    Fields fields = Fields.of(node, EngineTables.OUTPUTS);
    Outputs usual = Outputs.DEFAULT;
    String topic = fields.get("topic", Values::scalar, usual.topic());
    int partitions = fields.get("partitions", Quantities::count, usual.partitions());
    int each = fields.get("each", Quantities::count, usual.each());
    Optional<OnFailure> onFailure = fields.find("on-failure").map(WorkSection::onLostOutput);
    return Values.make(node, () -> new Outputs(topic, partitions, each, onFailure));
  }

  static Yaml.Flow write(Outputs outputs) {
    Yaml.Flow flow =
        new Yaml.Flow()
            .put("topic", Yaml.text(outputs.topic()))
            .put("partitions", outputs.partitions())
            .put("each", outputs.each());
    outputs.onFailure().ifPresent(each -> flow.put("on-failure", write(each)));
    return flow;
  }

  static Yaml.Flow write(Batcher batcher) {
    return new Yaml.Flow()
        .put("max-size", batcher.maxSize())
        .put("max-concurrent", batcher.maxConcurrent())
        .put("delay", Units.format(batcher.delay()))
        .put("max-waiting", batcher.maxWaiting())
        .put("items", batcher.items())
        .put("min-items", batcher.minItems())
        .put("errors", Units.formatShare(batcher.errors()));
  }

  static Yaml.Flow write(Interjections interjections) {
    return new Yaml.Flow()
        .put("every", Units.format(interjections.every()))
        .put("jitter", Units.format(interjections.jitter()))
        .put("service", Units.format(interjections.service()))
        .put("errors", Units.formatShare(interjections.errors()))
        .put("asks", Units.formatShare(interjections.asks()));
  }

  static Yaml.Flow write(Engine engine, boolean hasInstances) {
    Patience patience = engine.work().patience();
    Yaml.Flow flow = new Yaml.Flow();
    if (Unused.hasJobs(engine)) {
      patience.jobDeadline().ifPresent(limit -> flow.put("job-deadline", write(limit)));
    }
    patience.giveUp().ifPresent(limit -> flow.put("give-up", write(limit)));
    flow.put("stuck-after", Units.format(patience.stuckAfter()))
        .put("topic-timeout", Units.format(patience.topicTimeout()));
    return hasInstances
        ? flow.put("instance-timeout", Units.format(patience.instanceTimeout()))
        : flow;
  }

  private static Yaml.Flow write(Patience.Limit limit) {
    Yaml.Flow flow =
        new Yaml.Flow().put("after", Units.format(limit.after())).put("then", limit.then().label());
    limit.topic().ifPresent(topic -> flow.put("topic", Yaml.text(topic)));
    return flow;
  }

  static Object write(Backoff backoff) {
    String first = Units.format(backoff.first());
    return backoff.isUsual()
        ? first
        : new Yaml.Flow()
            .put("first", first)
            .put("multiplier", Units.formatNumber(backoff.multiplier()))
            .put("max", Units.format(backoff.most()))
            .put("jitter", Units.formatShare(backoff.jitter()));
  }

  static Yaml.Flow write(OnFailure onFailure) {
    Yaml.Flow flow = new Yaml.Flow().put("attempts", onFailure.attempts());
    if (onFailure.attempts() > 1) {
      flow.put("backoff", write(onFailure.backoff()));
    }
    flow.put("then", onFailure.then().label());
    onFailure.topic().ifPresent(topic -> flow.put("topic", Yaml.text(topic)));
    return flow;
  }
}
