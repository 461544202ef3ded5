package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.ApiKey;
import java.util.ArrayList;
import java.util.List;

/** When a client of a {@link KafkaFixture} sends requests of one kind. */
final class Retries {
  /** How long a request and its answer take together. */
  static final long ROUND_TRIP_MS = 2;

  private final List<Long> sentMs = new ArrayList<>();

  private Retries() {}

  static Retries of(KafkaFixture kafka, ApiKey api) {
    Retries retries = new Retries();
    kafka.watch(
        request -> {
          if (request.api() == api) {
            retries.sentMs.add(kafka.nowMs());
          }
        });
    return retries;
  }

  int count() {
    return sentMs.size();
  }

  /** What was sent so far does not count any more. */
  void forget() {
    sentMs.clear();
  }

  /** How long it waited after the answer to each request before the next one. */
  List<Long> waitsMs() {
    List<Long> waits = new ArrayList<>();
    for (int i = 1; i < sentMs.size(); i++) {
      waits.add(sentMs.get(i) - sentMs.get(i - 1) - ROUND_TRIP_MS);
    }
    return waits;
  }

  /** The first waits, by default settings, are about 100, 200, 400 and 800 ms, then a second. */
  void assertGrow(int count) {
    assertGrow(waitsMs().subList(0, count), 100, 1_000);
  }

  static void assertGrow(List<Long> waitsMs, long firstMs, long maxMs) {
    for (int i = 0; i < waitsMs.size(); i++) {
      double middle = Math.min(firstMs * Math.pow(2, i), (double) maxMs);
      assertThat(waitsMs.get(i))
          .as("wait %s of %s", i, waitsMs)
          .isBetween((long) (middle * 0.8) - 1, Math.min((long) (middle * 1.2), maxMs));
    }
    assertThat(waitsMs.stream().anyMatch(it -> it % firstMs != 0)).as("by chance").isTrue();
  }

  /** The first waits are all the same. */
  void assertConstant(int count, long waitMs) {
    assertThat(waitsMs().subList(0, count)).containsOnly(waitMs);
  }
}
