package io.heddle.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the arms are measured at. */
enum Workload {
  /** One key, no work: how long the next record of a key waits for the one before. */
  HOT_KEY("one key, no work, 16 at once", "records/s", List.of(Arm.values())),
  /** Many keys, no work: what the engine itself costs. */
  KEYS_10K("10,000 keys, no work, 96 at once", "records/s", List.of(Arm.values())),
  /** Many keys, work of a millisecond. */
  KEYS_10K_1MS("10,000 keys, 1 ms, 96 at once", "records/s", List.of(Arm.values())),
  /** Few keys, so that each of them should always be at work. */
  KEYS_20_1MS("20 keys, 1 ms, 96 at once", "records/s", List.of(Arm.values())),
  /** A thousand records a second: how long one is on its way to its user call. */
  PACED_1K("1,000 records/s, no work, p50 to the user call", "us", List.of(Arm.values())),
  /** From a real broker to a real broker, exactly once. */
  EOS("consume, produce, exactly once, real broker", "records/s", List.of(Arm.HEDDLE, Arm.PC)),
  /** All partitions revoked and assigned again, every 150 ms. */
  CHURN("revoked and re-assigned every 150 ms", "overlaps", List.of(Arm.HEDDLE, Arm.PC));

  private final String description;
  private final String unit;
  private final List<Arm> arms;

  Workload(String description, String unit, List<Arm> arms) {
    this.description = description;
    this.unit = unit;
    this.arms = arms;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> labels() {
    return Stream.of(values()).map(Workload::label).toList();
  }

  static Workload labelled(String label) {
    return Stream.of(values()).filter(it -> it.label().equals(label)).findFirst().orElseThrow();
  }

  String description() {
    return description;
  }

  String unit() {
    return unit;
  }

  /** Who can do it. A floor has no part in what needs commits. */
  List<Arm> arms() {
    return arms;
  }

  /** How many user calls may run at once. */
  int concurrency() {
    return switch (this) {
      case HOT_KEY, PACED_1K -> 16;
      default -> 96;
    };
  }

  /** How long a user call takes. In a toy it must end well before the next rebalance. */
  long workMillis(boolean toy) {
    return switch (this) {
      case KEYS_10K_1MS, KEYS_20_1MS -> 1;
      case CHURN -> toy ? 2 : 20;
      default -> 0;
    };
  }

  /**
   * The records of one round: about a second of them.
   *
   * @param toy whether a hundredth will do
   */
  Load load(Arm arm, boolean toy) {
    Load full =
        switch (this) {
          case HOT_KEY -> new Load("in", 1, 1, arm == Arm.PC ? 1_000 : 500_000, true);
          case KEYS_10K -> new Load("in", 8, 10_000, arm == Arm.PC ? 80_000 : 300_000, false);
          case KEYS_10K_1MS -> new Load("in", 8, 10_000, arm == Arm.PC ? 40_000 : 80_000, false);
          case KEYS_20_1MS -> new Load("in", 4, 20, arm == Arm.PC ? 8_000 : 16_000, true);
          case PACED_1K -> new Load("in", 8, 1_000, 2_000, true);
          case EOS -> new Load("in", 8, 1_000, arm == Arm.PC ? 10_000 : 40_000, false);
          case CHURN -> new Load("in", 8, 50, 3_000, true);
        };
    // A toy churn is short because its calls are.
    boolean fewer = toy && this != CHURN;
    int records = fewer ? Math.max(10, full.records() / 100) : full.records();
    return new Load(full.topic(), full.partitions(), full.keys(), records, full.even());
  }
}
