package io.heddle.scenarios.file;

import io.heddle.scenarios.model.About;
import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Api;
import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Heal;
import io.heddle.scenarios.model.KafkaErrors;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Limits;
import io.heddle.scenarios.model.Mark;
import io.heddle.scenarios.model.Network;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.SeedRange;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes scenarios of every shape that the model allows, one for each seed. */
final class RandomScenarios {
  private static final String[] TEXTS = {
    "",
    "true",
    "null",
    "5",
    "1.50",
    "0x10",
    "a: b",
    "- a",
    "#x",
    "it's \"so\"",
    "\\",
    "~",
    "é—…",
    "two\nlines\n",
    " space ",
    "a,b]}",
    "&a",
    "*a",
    "!t",
    "😀",
    "\u2028",
    "\uFEFF",
    "@",
    "%",
    "=>"
  };

  private final Random random;

  private RandomScenarios(long seed) {
    random = new Random(seed);
  }

  static Scenario of(long seed) {
    return new RandomScenarios(seed).scenario();
  }

  private Scenario scenario() {
    Group group = group();
    Heal heal = new Heal(time(1_000, 100_000), time(500_000, 1_000_000));
    List<Topic> topics =
        some(1, 3, i -> new Topic(new String[] {"t", "123", "a.b", "null"}[i], below(100) + 1));
    List<Fault> faults = some(0, 8, i -> fault(i, group, heal));
    return new Scenario(
        new About("s" + below(10), line("x"), text(), some(0, 3, i -> "tag-" + i), line("")),
        new SeedRange(random.nextLong() >>> 1 >>> below(60), 1 + below(3)),
        new Cluster(Cluster.Protocol.CLASSIC, 1 + below(5), time(0, 100)),
        new Network(law(), law()),
        new Limits(Duration.ofHours(1), time(1, 1_000), 1 + (random.nextLong() >>> 1)),
        topics,
        some(1, 3, i -> workload(topics.get(below(topics.size())).name())),
        group,
        engine(),
        new Handler(law(), some(0, 3, i -> new Handler.SlowKey("k" + i, law()))),
        faults,
        heal,
        expect(faults));
  }

  private Workload workload(String topic) {
    Arrival arrival =
        switch (below(3)) {
          case 0 -> new Arrival.Uniform(1 + random.nextDouble() * 1e6);
          case 1 -> new Arrival.Poisson(1 + random.nextDouble());
          default -> new Arrival.Burst();
        };
    boolean burst = arrival instanceof Arrival.Burst;
    @Nullable Long count = burst || coin() ? Long.valueOf(1 + below(400)) : null;
    @Nullable Duration lasting = count == null || (!burst && coin()) ? time(1, 100_000) : null;
    Keys keys =
        switch (below(5)) {
          case 0 -> new Keys.Sequential(1 + below(99));
          case 1 -> new Keys.Uniform(1 + below(99));
          case 2 -> new Keys.Zipf(random.nextDouble() * 10, 1 + below(99));
          case 3 -> new Keys.Hot(random.nextDouble(), 2 + below(99));
          default -> new Keys.Single();
        };
    return new Workload(topic, count, lasting, arrival, keys, law(), time(0, 1_000));
  }

  private Group group() {
    Map<String, String> all =
        Map.of(
            "client.rack", text(),
            "session.timeout.ms", String.valueOf(below(9_999)),
            "check.crcs", String.valueOf(coin()),
            "auto.offset.reset", "earliest");
    TreeMap<String, String> config = new TreeMap<>(all);
    config.keySet().removeIf(name -> coin());
    return new Group("g-" + below(9), 1 + below(4), time(0, 999), config);
  }

  private Engine engine() {
    return new Engine(
        anyOf(Engine.Mode.values()),
        new Engine.Scheduler(1 + below(99), 1 + below(99), 1 + below(99)),
        time(1, 999),
        new Engine.Drain(anyOf(Engine.Drain.Policy.values()), time(0, 999)),
        1 + below(999));
  }

  private Fault fault(int index, Group group, Heal heal) {
    Target target = coin() ? Target.ANY : new Target("m" + (1 + below(group.members())));
    if (coin()) {
      Trigger.Timed trigger =
          coin()
              ? new Trigger.At(time(0, 999))
              : new Trigger.Every(time(500, 998), time(0, 499), time(999, 1_000));
      Action action =
          switch (below(4)) {
            case 0 -> new Action.PauseClient(target, time(1, 999));
            case 1 -> new Action.CrashClient(target, coin() ? time(0, 999) : null);
            case 2 -> new Action.RestartClient(target);
            default -> new Action.Rebalance();
          };
      return new Fault(name(action, index), trigger, action, coin());
    }
    Api api = anyOf(Api.values());
    Trigger.Pick pick =
        switch (below(4)) {
          case 0 -> new Trigger.Pick.Nth(1 + below(9));
          case 1 -> new Trigger.Pick.First(1 + below(9));
          case 2 -> new Trigger.Pick.Share(1 - random.nextDouble());
          default -> new Trigger.Pick.All();
        };
    List<String> errors =
        KafkaErrors.names().stream().filter(each -> KafkaErrors.answers(each, api)).toList();
    Action action =
        switch (below(4)) {
          case 0 -> new Action.Delay(law());
          case 1 -> new Action.DropRequest();
          case 2 -> new Action.ApplyThenDrop();
          default -> new Action.AnswerError(errors.get(below(errors.size())));
        };
    Trigger.Window window =
        new Trigger.Window(time(0, 998), coin() ? heal.at() : Duration.ofSeconds(1));
    return new Fault(
        name(action, index), new Trigger.OnRequest(api, pick, window, target), action, coin());
  }

  private String name(Action action, int index) {
    return coin() ? Fault.defaultName(action, index) : "f." + index;
  }

  private Expect expect(List<Fault> faults) {
    List<Threshold> thresholds = new ArrayList<>();
    if (coin()) {
      thresholds.add(
          new Threshold(Threshold.Metric.MAX_LAG, Threshold.Statistic.MAX, 1 + below(999)));
      thresholds.add(
          new Threshold(
              Threshold.Metric.SERVICE_TIME,
              anyOf(Threshold.Statistic.values()),
              time(1, 999).toNanos()));
    }
    List<String> outcomes = new ArrayList<>(List.of("passed", "progress", "vacuous:key-order"));
    thresholds.forEach(threshold -> outcomes.add("threshold:" + threshold.name()));
    faults.forEach(fault -> outcomes.add("unfired:" + fault.name()));
    return new Expect(
        outcomes.get(below(outcomes.size())),
        coin() ? Expect.INVARIANTS : List.of("progress", "key-order"),
        thresholds,
        some(0, 3, i -> new Mark("mark-" + i, 1 + below(99))));
  }

  private Distribution law() {
    return switch (below(4)) {
      case 0 -> new Distribution.Constant(number());
      case 1 -> {
        long min = number() >> 1;
        yield new Distribution.Uniform(min, min + number() / 2);
      }
      case 2 -> new Distribution.Exponential(1 + number() / 2);
      default -> new Distribution.LogNormal(1 + number() / 2, random.nextDouble() * 5);
    };
  }

  private long number() {
    return (random.nextLong() >>> 4) >> below(60);
  }

  /** From {@code least} milliseconds on, below {@code most}; sometimes to the nanosecond. */
  private Duration time(int least, int most) {
    Duration whole = Duration.ofMillis(least + below(most - least));
    return coin() ? whole : whole.plusNanos(below(1_000_000));
  }

  private String text() {
    return coin()
        ? TEXTS[below(TEXTS.length)]
        : String.join(" ", some(1, 60, i -> coin() ? "word" : "#-:" + i));
  }

  private String line(String fallback) {
    String text = text().replace("\n", "");
    return text.isBlank() ? fallback : text;
  }

  private <T> List<T> some(int least, int most, IntFunction<T> maker) {
    return IntStream.range(0, least + below(most - least + 1)).mapToObj(maker).toList();
  }

  private <T> T anyOf(T[] values) {
    return values[below(values.length)];
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }
}
