package io.heddle.scenarios.file;

import io.heddle.scenarios.model.About;
import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Api;
import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Chance;
import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.CoverageMark;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Happening;
import io.heddle.scenarios.model.Heal;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Limits;
import io.heddle.scenarios.model.Mark;
import io.heddle.scenarios.model.Network;
import io.heddle.scenarios.model.ProtocolFaults;
import io.heddle.scenarios.model.RecordHeader;
import io.heddle.scenarios.model.Recorded;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.SeedRange;
import io.heddle.scenarios.model.Swarm;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.model.Trigger.Pick;
import io.heddle.scenarios.model.Workload;
import io.heddle.simulator.core.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes scenarios of every shape that the model allows, one for each seed, without settings that
 * have no effect in it.
 */
final class RandomScenarios {
  private static final String[] TEXTS = {
    "", "true", "null", "5", "1.50",
    "0x10", "a: b", "- a", "#x", "it's \"so\"",
    "\\", "~", "é—…", "two\nlines\n", " space ",
    "a,b]}", "&a", "*a", "!t", "😀",
    "\u2028", "\uFEFF", "@", "%", "=>"
  };

  private final Random random;
  private final RandomActions actions;

  private RandomScenarios(long seed) {
    random = new Random(seed);
    actions = new RandomActions(random, this::law);
  }

  static Scenario of(long seed) {
    return Effective.of(new RandomScenarios(seed).scenario());
  }

  private Scenario scenario() {
    Group group = group();
    Heal heal = new Heal(time(1_000, 100_000), time(500_000, 1_000_000));
    List<Topic> topics =
        some(
            1,
            3,
            i ->
                new Topic(
                    new String[] {"t", "123", "a.b", "null"}[i],
                    below(100) + 1,
                    coin() ? OptionalInt.of(1) : OptionalInt.empty(),
                    topicConfig()));
    Cluster kafka = cluster(1 + below(5));
    Engine engine = new RandomEngines(random).engine(topics.size() == 1);
    List<Fault> faults =
        new ArrayList<>(
            ProtocolFaults.fitting(
                kafka.protocol(), some(0, 8, i -> fault(i, group, heal, kafka, topics))));
    if (engine.mode().hasScheduler() && coin()) {
      faults.add(fault(faults.size(), timed(), new RandomEngines(random).change(group)));
    }
    faults.stream()
        .filter(fault -> fault.action() instanceof Action.Hold)
        .findFirst()
        .ifPresent(
            fault ->
                faults.add(
                    new Fault(
                        "let-go",
                        timed(),
                        new Action.Release(((Action.Hold) fault.action()).barrier()),
                        coin())));
    Scenario scenario =
        new Scenario(
            new About("s" + below(10), line("x"), text(), some(0, 3, i -> "tag-" + i), line("")),
            new Chance(
                new SeedRange(random.nextLong() >>> 1 >>> below(60), 1 + below(3)), schedule()),
            kafka,
            new Network(law(), law()),
            new Limits(Duration.ofHours(1), time(1, 1_000), 1 + (random.nextLong() >>> 1)),
            topics,
            some(1, 3, i -> workload(topics.get(below(topics.size())).name())),
            group,
            engine,
            new Handler(
                law(),
                some(0, 3, i -> new Handler.SlowKey("k" + i, law())),
                below(51) / 100.0,
                engine.work().undecodable().filter(each -> each.then().leavesOut()).isPresent()
                    ? below(51) / 100.0
                    : 0),
            faults,
            heal,
            expect(faults, engine),
            Swarm.NONE);
    boolean unfired = scenario.expect().outcome().startsWith("unfired:");
    boolean someFaults = !unfired && coin() && !scenario.faults().isEmpty();
    // Not all of a swarm's engines leave out what cannot be decoded.
    Scenario decodable = scenario.withHandler(scenario.handler().withUndecodable(0));
    return coin() ? scenario : decodable.withSwarm(swarm(decodable, someFaults));
  }

  private Cluster cluster(int brokers) {
    return new Cluster(anyOf(Cluster.Protocol.values()), brokers, time(0, 100));
  }

  private Schedule schedule() {
    return coin() ? Schedule.UNIFORM : new Schedule.Pct(1 + below(5), 1 + below(100_000));
  }

  /** Groups only grow, and clusters too, so that every fault still has whom it is for. */
  private Swarm swarm(Scenario scenario, boolean someFaults) {
    Group group = scenario.group();
    String topic = scenario.topics().get(0).name();
    return new Swarm(
        someFaults,
        some(0, 2, i -> schedule()),
        some(0, 2, i -> cluster(scenario.kafka().brokers() + below(3))),
        some(0, 2, i -> new Network(law(), law())),
        some(0, 2, i -> some(1, 2, j -> workload(topic))),
        some(0, 2, i -> group.withMembers(group.members() + below(3)).withConfig(group().config())),
        some(0, 2, i -> new RandomEngines(random).like(scenario)),
        some(0, 2, i -> new Handler(law(), some(0, 2, j -> new Handler.SlowKey("k" + j, law())))));
  }

  private Workload workload(String topic) {
    return withoutHeaders(topic).withHeaders(headers());
  }

  private List<RecordHeader> headers() {
    List<RecordHeader> headers = new ArrayList<>();
    double share = coin() ? 1 : (1 + below(99)) / 100.0;
    headers.add(new RecordHeader("kind", List.of("a", "b"), share));
    if (coin()) {
      headers.add(new RecordHeader("of: '" + below(9), List.of(text()), coin() ? 1 : share));
    }
    return headers;
  }

  private Workload withoutHeaders(String topic) {
    if (below(4) == 0) {
      return new Workload(
          topic,
          null,
          null,
          new Arrival.Replay(traffic()),
          Workload.DEFAULT_KEYS,
          Workload.DEFAULT_SIZE,
          time(0, 1_000));
    }
    Arrival arrival =
        switch (below(4)) {
          case 0 -> new Arrival.Uniform(1 + random.nextDouble() * 1e6);
          case 3 -> new Arrival.ClosedLoop(1 + below(9), 1 + below(9), law());
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
    Workload workload =
        new Workload(topic, count, lasting, arrival, keys, law(), time(0, 1_000))
            .withTransactions(new RandomEngines(random).transactions(arrival));
    return coin()
        ? workload
        : workload.withConfig(
            new TreeMap<>(Map.of("client.id", text(), "linger.ms", String.valueOf(below(99)))));
  }

  private List<Recorded> traffic() {
    List<String> keys = List.of("k1", "7", "true", "a b", "Straße, \"7\"", "\u2028\\", "😀:#");
    return some(
        1, 5, i -> new Recorded(time(0, 100), keys.get(below(keys.size())), below(1_000_001)));
  }

  private Group group() {
    Map<String, String> all =
        Map.of(
            "client.rack", text(),
            "session.timeout.ms", String.valueOf(3_001 + below(9_999)),
            "check.crcs", String.valueOf(coin()),
            "auto.offset.reset", "earliest");
    TreeMap<String, String> config = new TreeMap<>(all);
    config.keySet().removeIf(name -> coin());
    TreeMap<String, SortedMap<String, String>> single = new TreeMap<>();
    if (coin()) {
      single.put("m1", new TreeMap<>(Map.of("client.rack", text(), "max.poll.records", "7")));
    }
    return new Group("g-" + below(9), 1 + below(4), time(0, 999), config, single, coin());
  }

  private Fault fault(int index, Group group, Heal heal, Cluster kafka, List<Topic> topics) {
    Target target = coin() ? Target.ANY : new Target("m" + (1 + below(group.members())));
    Pick pick =
        switch (below(5)) {
          case 0 -> new Pick.Nth(1 + below(9));
          case 1 -> new Pick.First(1 + below(9));
          case 2 -> new Pick.Share(1 - random.nextDouble());
          case 3 -> new Pick.EveryNth(2 + below(9));
          default -> new Pick.All();
        };
    Trigger.Window window =
        new Trigger.Window(time(0, 998), coin() ? heal.at() : Duration.ofSeconds(1));
    Action.AtTime moment = actions.moment(target, group.isStatic(), kafka, topics);
    Api api = anyOf(Api.values());
    switch (below(4)) {
      case 0 -> {
        return fault(index, timed(), moment);
      }
      case 1 -> {
        return fault(index, new Trigger.OnRequest(api, pick, window, target), moment);
      }
      case 2 -> {
        Happening happening = anyOf(Happening.values());
        return happening.hasMember()
            ? fault(index, new Trigger.When(happening, whenPick(pick), window, target), moment)
            : fault(
                index,
                new Trigger.When(happening, whenPick(pick), window, Target.ANY),
                new Action.Rebalance());
      }
      default -> {
        return fault(
            index, new Trigger.OnRequest(api, pick, window, target), actions.onRequest(index, api));
      }
    }
  }

  /** A file says nothing for the first only, which all of them would be with a request. */
  private static Pick whenPick(Pick pick) {
    return pick instanceof Pick.All ? new Pick.First(1) : pick;
  }

  private Fault fault(int index, Trigger trigger, Action action) {
    return new Fault(name(action, index), trigger, action, coin());
  }

  private Trigger.Timed timed() {
    return coin()
        ? new Trigger.At(time(0, 999))
        : new Trigger.Every(time(500, 998), time(0, 499), time(999, 1_000));
  }

  private SortedMap<String, String> topicConfig() {
    Map<String, String> all =
        Map.of(
            "retention.ms", String.valueOf(below(9_999)),
            "cleanup.policy", coin() ? "compact" : "compact,delete",
            "max.message.bytes", String.valueOf(below(9_999)));
    TreeMap<String, String> config = new TreeMap<>(all);
    config.keySet().removeIf(name -> coin());
    return config;
  }

  private String name(Action action, int index) {
    return coin() ? Fault.defaultName(action, index) : "f." + index;
  }

  private Expect expect(List<Fault> faults, Engine engine) {
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
    Expect usual = Expect.usual(engine);
    List<String> outcomes = new ArrayList<>(List.of("passed", "progress", "vacuous:key-order"));
    thresholds.forEach(threshold -> outcomes.add("threshold:" + threshold.name()));
    faults.forEach(fault -> outcomes.add("unfired:" + fault.name()));
    return new Expect(
        outcomes.get(below(outcomes.size())),
        coin() ? usual.invariants() : List.of("progress", "key-order"),
        thresholds,
        some(0, 3, i -> new Mark(CoverageMark.labels().get(7 * i), 1 + below(99))));
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
