package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.kafka.common.Uuid;

/** Time that a test moves by hand; it keeps the facts. */
final class Timeline implements Surroundings {
  private static final long START_MILLIS = 1_000_000;

  private final PriorityQueue<Scheduled> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Scheduled::atNanos).thenComparingLong(Scheduled::sequence));
  private final List<Fact> facts = new ArrayList<>();
  private long nowNanos;
  private long sequence;
  private long names;

  /** How long the next markers take, in turn; the last one stays. */
  private final List<Long> markerDelaysMs = new ArrayList<>(List.of(10L));

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public long wallMillis() {
    return START_MILLIS + nowNanos / 1_000_000;
  }

  @Override
  public Timer after(long delayNanos, Runnable action) {
    Scheduled scheduled = new Scheduled(nowNanos + delayNanos, sequence++, action);
    queue.add(scheduled);
    return () -> queue.remove(scheduled);
  }

  @Override
  public long markerDelayNanos() {
    long delayMs = markerDelaysMs.size() > 1 ? markerDelaysMs.remove(0) : markerDelaysMs.get(0);
    return delayMs * 1_000_000;
  }

  void markersTakeMs(Long... delays) {
    markerDelaysMs.clear();
    markerDelaysMs.addAll(List.of(delays));
  }

  @Override
  public String newMemberSuffix(String clientId) {
    return "uuid" + ++names;
  }

  @Override
  public Uuid newTopicId() {
    return new Uuid(7, ++names);
  }

  @Override
  public void record(Fact fact) {
    facts.add(fact);
  }

  /** All that has been told, in order. */
  List<Fact> allFacts() {
    return List.copyOf(facts);
  }

  /** Moves time forward and runs what falls due on the way. */
  void advanceMs(long millis) {
    long end = nowNanos + millis * 1_000_000;
    for (Scheduled next = queue.peek(); next != null && next.atNanos() <= end; ) {
      queue.remove(next);
      nowNanos = next.atNanos();
      next.action().run();
      next = queue.peek();
    }
    nowNanos = end;
  }

  int timers() {
    return queue.size();
  }

  /** The facts of that kind, in order. */
  <F extends Fact> List<F> facts(Class<F> kind) {
    return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private record Scheduled(long atNanos, long sequence, Runnable action) {}
}
