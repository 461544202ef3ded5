package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/**
 * A stream of records into one topic. It ends after {@code count} records or when it has lasted for
 * {@code lasting}, whichever comes first; at least one of the two is given. Replayed traffic has
 * its own end, keys and sizes: none of them is given beside it.
 *
 * @param count how many records at most; null for as many as are due in {@code lasting}
 * @param lasting for how long records are due ({@code for} in a file); null for until {@code count}
 * @param size of a value, in bytes
 * @param startAt scenario time at which the first record is due at the earliest
 * @param config settings of Kafka's producer by Kafka's names, in alphabetical order
 * @param transactions in which records are sent, if they are
 * @param headers of its records, in their order
 */
public record Workload(
    String topic,
    @Nullable Long count,
    @Nullable Duration lasting,
    Arrival arrival,
    Keys keys,
    Distribution size,
    Duration startAt,
    SortedMap<String, String> config,
    Optional<Transactions> transactions,
    List<RecordHeader> headers) {
  /** Keys of a workload that does not say which. */
  public static final Keys DEFAULT_KEYS = new Keys.Uniform(100);

  /** Sizes of a workload that does not say which: 100 bytes. */
  public static final Distribution DEFAULT_SIZE = new Distribution.Constant(100);

  private static final int MOST_HEADERS = 100;

  private static final KafkaSettings SETTINGS =
      new KafkaSettings(
          "producer",
          ProducerConfig.configDef(),
          Map.of(
              ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "the runner sets it",
              ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "the runner sets it",
              ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "the runner sets it",
              ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, "a workload has none",
              ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                  "it is made of the workload, if that has transactions"));

  /** Refuses a workload without an end, and settings that Kafka's producer would refuse. */
  public Workload {
    Require.name("topic", topic);
    if (arrival instanceof Arrival.Replay) {
      Require.that(count == null, "count must not be given with replay, which has its own records");
      Require.that(lasting == null, "for must not be given with replay, which has its own times");
      Require.that(
          keys.equals(DEFAULT_KEYS), "keys must not be given with replay, which has its own");
      Require.that(
          size.equals(DEFAULT_SIZE), "size must not be given with replay, which has its own");
    } else {
      Require.that(count != null || lasting != null, "count or for must be given, but neither is");
    }
    if (count != null) {
      Require.between("count", count, 1, 1_000_000_000);
    }
    if (lasting != null) {
      Require.positive("for", lasting);
    }
    Require.that(
        !(arrival instanceof Arrival.Burst) || lasting == null,
        "for must not be given with arrival burst, where all records are due at once");
    Require.notNegative("start-at", startAt);
    headers = List.copyOf(headers);
    Require.distinct("headers", headers.stream().map(RecordHeader::name).toList());
    Require.that(
        headers.size() <= MOST_HEADERS,
        "headers must be at most " + MOST_HEADERS + ", but are " + headers.size());
    config = SETTINGS.checked("config", config);
    if (transactions.isPresent()) {
      checkTransactions(arrival, config);
    } else if (!config.isEmpty()) {
      ProducerRules.check("config", config);
    }
  }

  private static void checkTransactions(Arrival arrival, SortedMap<String, String> config) {
    Require.that(
        !(arrival instanceof Arrival.ClosedLoop),
        "transactions must not be given with a closed loop, whose clients wait for records that"
            + " may never be committed");
    Require.that(
        !config.containsKey(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        "config.transaction.timeout.ms must not be given: it is set by the field timeout of"
            + " transactions");
    SortedMap<String, String> settings = new TreeMap<>(config);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "workload");
    // Else Kafka takes it off for other settings' sake, and complains of the id.
    settings.putIfAbsent(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    ProducerRules.check("config", settings);
  }

  /** A copy that sends in these transactions, or in none. */
  public Workload withTransactions(Optional<Transactions> value) {
    return new Workload(
        topic, count, lasting, arrival, keys, size, startAt, config, value, headers);
  }

  /** A copy whose records have these headers. */
  public Workload withHeaders(List<RecordHeader> value) {
    return new Workload(
        topic, count, lasting, arrival, keys, size, startAt, config, transactions, value);
  }

  /** With Kafka's own settings of the producer. */
  public Workload(
      String topic,
      @Nullable Long count,
      @Nullable Duration lasting,
      Arrival arrival,
      Keys keys,
      Distribution size,
      Duration startAt) {
    this(
        topic,
        count,
        lasting,
        arrival,
        keys,
        size,
        startAt,
        new TreeMap<>(),
        Optional.empty(),
        List.of());
  }

  /** A copy with other settings of the producer. */
  public Workload withConfig(SortedMap<String, String> settings) {
    return new Workload(
        topic, count, lasting, arrival, keys, size, startAt, settings, transactions, headers);
  }

  /** A copy that ends elsewhere; at least one of the two is given. */
  public Workload withEnd(@Nullable Long count, @Nullable Duration lasting) {
    return new Workload(
        topic, count, lasting, arrival, keys, size, startAt, config, transactions, headers);
  }

  /** A copy whose records come at other times. */
  public Workload withArrival(Arrival arrival) {
    return new Workload(
        topic, count, lasting, arrival, keys, size, startAt, config, transactions, headers);
  }

  /** A copy with other keys. */
  public Workload withKeys(Keys keys) {
    return new Workload(
        topic, count, lasting, arrival, keys, size, startAt, config, transactions, headers);
  }

  /** A copy with values of other sizes. */
  public Workload withSize(Distribution size) {
    return new Workload(
        topic, count, lasting, arrival, keys, size, startAt, config, transactions, headers);
  }

  /** A copy that starts at another time. */
  public Workload withStartAt(Duration startAt) {
    return new Workload(
        topic, count, lasting, arrival, keys, size, startAt, config, transactions, headers);
  }

  /**
   * When the last record is due, in scenario time; on average, where distances are drawn at random,
   * and at the earliest, where clients wait for their records.
   */
  public Duration lastDue() {
    if (arrival instanceof Arrival.Replay replay) {
      return startAt.plus(replay.lasts());
    }
    Duration span = lasting;
    if (count != null) {
      Duration needed = Duration.ofNanos((long) (count * nanosBetween()));
      span = span == null || needed.compareTo(span) < 0 ? needed : span;
    }
    return span == null ? startAt : startAt.plus(span);
  }

  /** How many different keys its records can have. */
  public int keyCount() {
    return arrival instanceof Arrival.Replay replay ? replay.keys() : keys.count();
  }

  private double nanosBetween() {
    if (arrival instanceof Arrival.Uniform uniform) {
      return 1e9 / uniform.perSecond();
    }
    if (arrival instanceof Arrival.Poisson poisson) {
      return 1e9 / poisson.perSecond();
    }
    return 0;
  }
}
