package io.heddle.properties;

import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What is produced. Shrinks towards one partition, one record and one key. */
final class WorkloadArbitraries {
  static final String TOPIC = "orders";
  static final int MOST_KEYS = 40;
  private static final int MOST_PARTITIONS = 6;
  private static final int MOST_RECORDS = 150;
  private static final int MOST_BYTES = 2_000;
  private static final int LATEST_START_MS = 4_000;

  private WorkloadArbitraries() {}

  static Arbitrary<Topic> topic() {
    return Arbitraries.integers()
        .between(1, MOST_PARTITIONS)
        .map(partitions -> new Topic(TOPIC, partitions));
  }

  static Arbitrary<Workload> workload(Arbitrary<Keys> keys) {
    Arbitrary<Long> count = Arbitraries.longs().between(1, MOST_RECORDS);
    Arbitrary<Distribution> size =
        Arbitraries.longs().between(100, MOST_BYTES).map(Distribution.Constant::new);
    Arbitrary<Duration> start = Times.millis(0, LATEST_START_MS);
    return Combinators.combine(count, arrival(), keys, size, start)
        .as(
            (n, when, which, bytes, from) ->
                new Workload(TOPIC, n, null, when, which, bytes, from));
  }

  private static Arbitrary<Arrival> arrival() {
    Arbitrary<Integer> perSecond = Arbitraries.integers().between(10, 1_000);
    return Arbitraries.oneOf(
        Arbitraries.just(new Arrival.Burst()),
        perSecond.map(Arrival.Uniform::new),
        perSecond.map(Arrival.Poisson::new),
        closedLoop());
  }

  private static Arbitrary<Arrival> closedLoop() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 5);
    Arbitrary<Distribution> think =
        Arbitraries.longs().between(0, 20).map(ms -> new Distribution.Constant(ms * 1_000_000));
    return Combinators.combine(few, few, think).as(Arrival.ClosedLoop::new);
  }

  static Arbitrary<Keys> keys() {
    return Arbitraries.oneOf(Arbitraries.just(new Keys.Single()), manyKeys());
  }

  /** At least two keys, and some of their records next to each other. */
  static Arbitrary<Keys> manyKeys() {
    Arbitrary<Integer> count = Arbitraries.integers().between(2, MOST_KEYS);
    Arbitrary<Integer> percent = Arbitraries.integers().between(0, 100);
    return Arbitraries.<Keys>oneOf(
        count.map(Keys.Sequential::new),
        count.map(Keys.Uniform::new),
        Combinators.combine(percent, count)
            .as((exponent, keys) -> new Keys.Zipf(exponent / 50.0, keys)),
        Combinators.combine(percent, count).as((share, keys) -> new Keys.Hot(share / 100.0, keys)));
  }
}
