package io.heddle.campaign.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** The steps of consumers, those apart that change who is in a group. */
final class ConsumerSteps {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration IMPATIENCE = Duration.ofMillis(300);

  private static final long FETCH_WAIT_MS = 20;

  /** After so long a broker has answered a fetch. */
  private static final long REST_NANOS = Duration.ofMillis(3 * FETCH_WAIT_MS).toNanos();

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "key.deserializer", StringDeserializer.class.getName(),
          "value.deserializer", StringDeserializer.class.getName(),
          "enable.auto.commit", "false",
          "heartbeat.interval.ms", "50",
          "session.timeout.ms", "30000",
          "fetch.max.wait.ms", String.valueOf(FETCH_WAIT_MS),
          "retry.backoff.ms", "20");

  private ConsumerSteps() {}

  /** A new consumer; settings that name a group or an instance do so in the trace's names. */
  static Step create(String name, Map<String, String> settings) {
    return new Step(
        "Consumer.create",
        name + " = consumer" + settings,
        stage -> {
          Map<String, Object> properties = new TreeMap<>(DEFAULTS);
          properties.putAll(settings);
          if ("consumer".equals(settings.get("group.protocol"))) {
            // The coordinator decides these.
            properties.remove("heartbeat.interval.ms");
            properties.remove("session.timeout.ms");
          }
          properties.put("client.id", stage.name(name));
          for (String named : List.of("group.id", "group.instance.id")) {
            properties.computeIfPresent(named, (key, value) -> stage.name((String) value));
          }
          ConsumerActor actor =
              new ConsumerActor(
                  name,
                  stage.side().consumer(properties),
                  Optional.ofNullable((String) properties.get("group.id")),
                  Optional.ofNullable((String) properties.get("group.instance.id")),
                  "read_committed".equals(settings.get("isolation.level"))
                      ? IsolationLevel.READ_COMMITTED
                      : IsolationLevel.READ_UNCOMMITTED,
                  "consumer".equals(settings.get("group.protocol")),
                  "true".equals(settings.get("enable.auto.commit")),
                  settings.containsKey("metadata.max.age.ms"));
          stage.add(actor);
          return "made";
        });
  }

  private static Step call(
      String name, String method, Object arguments, Function<Stage, Call> call) {
    String shown = arguments.toString();
    return new Step(
        "Consumer." + method,
        name
            + "."
            + method
            + (shown.startsWith("[") && shown.endsWith("]")
                ? "(" + shown.substring(1, shown.length() - 1) + ")"
                : "(" + shown + ")"),
        stage -> call.apply(stage).on(stage.consumer(name).consumer));
  }

  /** What is called of a consumer. */
  @FunctionalInterface
  interface Call {
    /** Calls it. */
    String on(Consumer<String, String> consumer) throws Exception;
  }

  static Step assign(String name, List<TopicPartition> partitions) {
    return call(
        name,
        "assign",
        partitions,
        stage ->
            consumer -> {
              consumer.assign(stage.partitions(partitions));
              return state(consumer);
            });
  }

  /** Which partitions a consumer has, and which of them are paused. */
  static String state(Consumer<?, ?> consumer) {
    return "has "
        + ConsumerActor.sorted(consumer.assignment())
        + (consumer.paused().isEmpty()
            ? ""
            : ", paused " + ConsumerActor.sorted(consumer.paused()));
  }

  /** Polls until there is nothing more to have. */
  static Step poll(String name) {
    return new Step("Consumer.poll", name + ".poll()", stage -> Drain.of(stage, name));
  }

  /**
   * The same, and waits until its last fetch is over: records that are sent meanwhile come with it
   * or not, as chance will have it, and so can be read after they have been deleted.
   */
  static Step pollAndRest(String name) {
    return new Step(
        "Consumer.poll",
        name + ".poll(), rests",
        stage -> {
          String outcome = Drain.of(stage, name);
          stage.side().rest(REST_NANOS);
          return outcome;
        });
  }

  static Step wakeup(String name) {
    return call(
        name,
        "wakeup",
        List.of(),
        stage ->
            consumer -> {
              consumer.wakeup();
              return "polled " + consumer.poll(Duration.ZERO).count();
            });
  }

  static Step seek(String name, TopicPartition partition, long offset) {
    return call(
        name,
        "seek",
        List.of(partition, offset),
        stage ->
            consumer -> {
              consumer.seek(stage.partition(partition), offset);
              return "done";
            });
  }

  static Step seekToEdge(String name, boolean beginning, List<TopicPartition> partitions) {
    return call(
        name,
        beginning ? "seekToBeginning" : "seekToEnd",
        partitions,
        stage ->
            consumer -> {
              if (beginning) {
                consumer.seekToBeginning(stage.partitions(partitions));
              } else {
                consumer.seekToEnd(stage.partitions(partitions));
              }
              // Where the end is, is asked for no later than now.
              return positions(stage, consumer, partitions);
            });
  }

  static Step position(String name, List<TopicPartition> partitions) {
    return call(
        name, "position", partitions, stage -> consumer -> positions(stage, consumer, partitions));
  }

  private static String positions(
      Stage stage, Consumer<?, ?> consumer, List<TopicPartition> partitions) {
    List<String> positions = new ArrayList<>();
    for (TopicPartition each : stage.partitions(partitions)) {
      Duration timeout = stage.exists(each) ? PATIENCE : IMPATIENCE;
      try {
        positions.add(each + "@" + consumer.position(each, timeout));
      } catch (RuntimeException thrown) {
        positions.add(each + " throws " + Failure.of(thrown));
      }
    }
    return String.join(", ", positions);
  }

  static Step pause(String name, boolean pause, List<TopicPartition> partitions) {
    return call(
        name,
        pause ? "pause" : "resume",
        partitions,
        stage ->
            consumer -> {
              if (pause) {
                consumer.pause(stage.partitions(partitions));
              } else {
                consumer.resume(stage.partitions(partitions));
              }
              return state(consumer);
            });
  }

  static Step commitSync(String name) {
    return call(
        name,
        "commitSync",
        List.of(),
        stage ->
            consumer -> {
              consumer.commitSync(
                  consumer.assignment().stream().allMatch(stage::exists) ? PATIENCE : IMPATIENCE);
              return "done";
            });
  }

  /** What a trace commits: offsets with their notes. */
  private static Map<TopicPartition, OffsetAndMetadata> offsets(
      Stage stage, Map<TopicPartition, Long> inTrace, String note) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
    inTrace.forEach(
        (partition, offset) ->
            offsets.put(stage.partition(partition), new OffsetAndMetadata(offset, note)));
    return offsets;
  }

  static Step commitSync(String name, Map<TopicPartition, Long> offsets, String note) {
    return call(
        name,
        "commitSync",
        List.of(offsets, shorten(note)),
        stage ->
            consumer -> {
              consumer.commitSync(
                  offsets(stage, offsets, note),
                  offsets.keySet().stream().map(stage::partition).allMatch(stage::exists)
                      ? PATIENCE
                      : IMPATIENCE);
              return "done";
            });
  }

  static String shorten(String word) {
    return word.length() <= 20 ? word : word.substring(0, 5) + "… of " + word.length();
  }

  /** Commits, and waits until the callback has been called. */
  static Step commitAsync(String name, Map<TopicPartition, Long> offsets, String note) {
    return call(
        name,
        "commitAsync",
        offsets.isEmpty() ? List.of() : List.of(offsets, shorten(note)),
        stage ->
            consumer -> {
              List<String> told = new ArrayList<>();
              // Else the commit waits for its coordinator, and nobody waits for that.
              consumer.committed(Set.of(new TopicPartition(stage.name("t0"), 0)), PATIENCE);
              if (offsets.isEmpty()) {
                consumer.commitAsync((committed, failure) -> told.add(told(committed, failure)));
              } else {
                consumer.commitAsync(
                    offsets(stage, offsets, note),
                    (committed, failure) -> told.add(told(committed, failure)));
              }
              consumer.commitSync(Map.of(), PATIENCE);
              return "told " + told;
            });
  }

  static String told(
      @Nullable Map<TopicPartition, OffsetAndMetadata> committed, @Nullable Exception failure) {
    return (committed == null ? "nothing" : show(committed))
        + (failure == null ? "" : " " + Failure.of(failure));
  }

  static String show(Map<TopicPartition, OffsetAndMetadata> offsets) {
    TreeMap<TopicPartition, OffsetAndMetadata> ordered = new TreeMap<>(ConsumerActor.ORDER);
    ordered.putAll(offsets);
    List<String> shown = new ArrayList<>();
    ordered.forEach(
        (partition, offset) ->
            shown.add(
                offset == null
                    ? partition + " none"
                    : partition
                        + "@"
                        + offset.offset()
                        + offset.leaderEpoch().map(epoch -> " e" + epoch).orElse("")
                        + (offset.metadata().isEmpty() ? "" : " " + shorten(offset.metadata()))));
    return shown.toString();
  }

  static Step committed(String name, List<TopicPartition> partitions) {
    return call(
        name,
        "committed",
        partitions,
        stage ->
            consumer ->
                show(
                    consumer.committed(
                        new java.util.LinkedHashSet<>(stage.partitions(partitions)), PATIENCE)));
  }

  static Step edges(String name, boolean beginning, List<TopicPartition> partitions) {
    return call(
        name,
        beginning ? "beginningOffsets" : "endOffsets",
        partitions,
        stage ->
            consumer -> {
              List<TopicPartition> named = stage.partitions(partitions);
              Duration timeout = named.stream().allMatch(stage::exists) ? PATIENCE : IMPATIENCE;
              TreeMap<TopicPartition, Long> found = new TreeMap<>(ConsumerActor.ORDER);
              found.putAll(
                  beginning
                      ? consumer.beginningOffsets(named, timeout)
                      : consumer.endOffsets(named, timeout));
              return found.toString();
            });
  }

  static Step offsetsForTimes(String name, Map<TopicPartition, Long> times) {
    return call(
        name,
        "offsetsForTimes",
        times,
        stage ->
            consumer -> {
              Map<TopicPartition, Long> named = new LinkedHashMap<>();
              times.forEach((partition, time) -> named.put(stage.partition(partition), time));
              Duration timeout =
                  named.keySet().stream().allMatch(stage::exists) ? PATIENCE : IMPATIENCE;
              TreeMap<TopicPartition, String> found = new TreeMap<>(ConsumerActor.ORDER);
              consumer
                  .offsetsForTimes(named, timeout)
                  .forEach((partition, offset) -> found.put(partition, show(offset)));
              return found.toString();
            });
  }

  private static String show(OffsetAndTimestamp found) {
    if (found == null) {
      return "none";
    }
    String time = Times.isExplicit(found.timestamp()) ? " at " + found.timestamp() : "";
    return found.offset() + time + found.leaderEpoch().map(epoch -> " e" + epoch).orElse("");
  }

  static Step partitionsFor(String name, String topic) {
    return call(
        name,
        "partitionsFor",
        topic,
        stage ->
            consumer -> {
              Duration timeout =
                  stage.topics().containsKey(stage.name(topic)) ? PATIENCE : IMPATIENCE;
              return consumer.partitionsFor(stage.name(topic), timeout).size() + " partitions";
            });
  }

  static Step subscription(String name) {
    return call(
        name,
        "subscription",
        List.of(),
        stage ->
            consumer -> new java.util.TreeSet<>(consumer.subscription()) + ", " + state(consumer));
  }

  /** Closes; whoever is in a group goes with {@link GroupSteps#close}. */
  static Step close(String name) {
    return new Step(
        "Consumer.close",
        name + ".close()",
        stage -> {
          ConsumerActor actor = stage.consumer(name);
          actor.consumer.close(CloseOptions.timeout(PATIENCE));
          actor.closed();
          return "closed";
        });
  }
}
