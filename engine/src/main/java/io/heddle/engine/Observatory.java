package io.heddle.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/** What a source measures of itself. Thread-safe. */
final class Observatory {
  /** One scheduler or batcher. */
  record Station(
      String name, StageTimes times, IntSupplier activeKeys, IntFunction<List<HotKey>> hottest) {}

  private final LatencyHistogram strand = new LatencyHistogram();
  private final LatencyHistogram callback = new LatencyHistogram();
  private final LatencyHistogram application = new LatencyHistogram();
  private final LatencyHistogram backoff = new LatencyHistogram();
  private final LatencyHistogram mailbox = new LatencyHistogram();
  private final LatencyHistogram output = new LatencyHistogram();
  private final LatencyHistogram commit = new LatencyHistogram();
  private final List<Station> stations = new CopyOnWriteArrayList<>();
  private final LongAdder polledRecords = new LongAdder();
  private final LongAdder polledBytes = new LongAdder();
  private final LongAdder completedRecords = new LongAdder();
  private volatile int sampleEvery = 16;

  /** From the poll to the handler. */
  LatencyHistogram strand() {
    return strand;
  }

  /** In a handler or a finalizer. */
  LatencyHistogram callback() {
    return callback;
  }

  /** From a handler that returned INCOMPLETE to the application's completion. */
  LatencyHistogram application() {
    return application;
  }

  /** From a failed attempt of a job to its next. */
  LatencyHistogram backoff() {
    return backoff;
  }

  /** From the end of an asynchronous part to its finalizer. */
  LatencyHistogram mailbox() {
    return mailbox;
  }

  /** From the last callback to the acknowledgement of all outputs. */
  LatencyHistogram output() {
    return output;
  }

  /** From the completion to the acknowledged commit. */
  LatencyHistogram commit() {
    return commit;
  }

  void sampleEvery(int records) {
    sampleEvery = records;
  }

  boolean samples(long offset) {
    int every = sampleEvery;
    return every > 0 && offset >= 0 && offset % every == 0;
  }

  /** Adds a scheduler or batcher, which gets a name by its kind and number. */
  String add(
      String kind, StageTimes times, IntSupplier activeKeys, IntFunction<List<HotKey>> hottest) {
    String name = kind + "-" + (stations.size() + 1);
    stations.add(new Station(name, times, activeKeys, hottest));
    return name;
  }

  List<Station> stations() {
    return stations;
  }

  void polled(int records, long bytes) {
    polledRecords.add(records);
    polledBytes.add(bytes);
  }

  void completed(int records) {
    completedRecords.add(records);
  }

  List<StageLatency> latencies() {
    Map<String, LatencyHistogram> stages = new LinkedHashMap<>();
    stages.put("strand", strand);
    stages.put("callback", callback);
    for (Station station : stations) {
      stages.put(station.name() + ".key", station.times().key());
      stages.put(station.name() + ".slot", station.times().slot());
      stages.put(station.name() + ".work", station.times().work());
    }
    stages.put("application", application);
    stages.put("backoff", backoff);
    stages.put("mailbox", mailbox);
    stages.put("output", output);
    stages.put("commit", commit);
    List<StageLatency> latencies = new ArrayList<>();
    stages.forEach((name, times) -> latencies.add(StageLatency.of(name, times.snapshot())));
    return latencies;
  }

  List<HotKey> hottest(int count) {
    return top(
        stations.stream().flatMap(station -> station.hottest().apply(count).stream()).toList(),
        count);
  }

  /** Those with the most to do, and of these the oldest first. */
  static List<HotKey> top(List<HotKey> keys, int count) {
    Comparator<HotKey> order =
        Comparator.comparingInt(HotKey::jobs)
            .thenComparing(HotKey::oldest)
            .reversed()
            .thenComparing(key -> key.key().toString());
    return keys.stream().sorted(order).limit(count).toList();
  }

  SourceStatistics statistics(Iterable<PartitionWorker> workers) {
    int assigned = 0;
    int paused = 0;
    long inFlight = 0;
    long bytes = 0;
    long behindGap = 0;
    for (PartitionWorker worker : workers) {
      IntakeGate gate = worker.gate();
      assigned++;
      paused += gate.paused() == null ? 0 : 1;
      inFlight += gate.inFlight();
      bytes += gate.inFlightBytes();
      behindGap += worker.commits().behindGap();
    }
    return new SourceStatistics(
        polledRecords.sum(),
        polledBytes.sum(),
        completedRecords.sum(),
        assigned,
        paused,
        inFlight,
        bytes,
        behindGap);
  }
}
