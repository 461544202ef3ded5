package io.heddle.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of a {@link Load}, the same for all arms. It waits in a poll that finds nothing,
 * honours wake-ups and pauses, and answers a commit after a delay. What an engine does not need is
 * refused by name.
 *
 * <p>{@link #release} and {@code wakeup} may be called by any thread, all else by one at a time.
 *
 * @param <K> what keys are read as
 */
final class MemoryConsumer<K> implements InvocationHandler {
  static final int MAX_POLL_RECORDS = 500;

  private final Load load;
  private final KeyNames names;
  private final Function<byte[], K> deserializer;
  private final Settings settings;
  private final byte[] value = new byte[100];
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Partitions state;
  private final Signal signal = new Signal();
  private final Queue<Commit> commits = new ArrayDeque<>();
  private @Nullable ConsumerRebalanceListener listener;
  private boolean assigned;
  private int first;
  private long nextChurnNanos;
  private int rebalances;

  /**
   * How a consumer behaves.
   *
   * @param commitNanos how long an answer to a commit takes
   * @param churnNanos how often all partitions are revoked and assigned again, or zero for never
   */
  record Settings(long commitNanos, long churnNanos) {}

  /** Told what was committed, when it is. */
  interface CommitListener {
    void committed(int partition, long offset);
  }

  private record Commit(
      long dueNanos,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      @Nullable OffsetCommitCallback callback) {}

  private MemoryConsumer(
      Load load,
      KeyNames names,
      Function<byte[], K> deserializer,
      Settings settings,
      CommitListener onCommit) {
    this.load = load;
    this.names = names;
    this.deserializer = deserializer;
    this.settings = settings;
    this.state = new Partitions(load.partitions(), onCommit);
    for (int partition = 0; partition < load.partitions(); partition++) {
      partitions.add(new TopicPartition(load.topic(), partition));
    }
  }

  /** A consumer of the load, of which nothing is released yet. */
  static <K> MemoryConsumer<K> of(
      Load load,
      KeyNames names,
      Function<byte[], K> deserializer,
      Settings settings,
      CommitListener onCommit) {
    return new MemoryConsumer<>(load, names, deserializer, settings, onCommit);
  }

  /** This, as Kafka's interface. */
  Consumer<K, byte[]> asConsumer() {
    Object proxy =
        Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Consumer.class}, this);
    @SuppressWarnings("unchecked")
    Consumer<K, byte[]> consumer = (Consumer<K, byte[]>) proxy;
    return consumer;
  }

  /** Makes the first {@code records} of the load available. */
  void release(int records) {
    signal.release(records);
  }

  /** How often partitions were revoked and came back. Once the engine has closed. */
  int rebalances() {
    return rebalances;
  }

  /** Whether all that there is was committed. Once the engine has closed. */
  boolean isAllCommitted() {
    for (int partition = 0; partition < load.partitions(); partition++) {
      if (state.committedOffset(partition) != load.end(partition)) {
        return false;
      }
    }
    return true;
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws InterruptedException {
    Object one = arguments == null || arguments.length == 0 ? null : arguments[0];
    return switch (method.getName()) {
      case "poll" -> poll((Duration) required(one));
      case "paused" -> state.paused(partitions);
      case "subscription" -> listener == null ? Set.of() : Set.of(load.topic());
      case "assignment" -> assigned ? new LinkedHashSet<>(partitions) : Set.of();
      case "position" -> Long.valueOf(state.position(((TopicPartition) required(one)).partition()));
      case "committed" -> state.committed((Set<TopicPartition>) required(one));
      case "subscribe" -> nothing(() -> subscribe(arguments));
      case "pause" -> nothing(() -> state.pause((Collection<TopicPartition>) required(one), true));
      case "resume" ->
          nothing(() -> state.pause((Collection<TopicPartition>) required(one), false));
      case "commitAsync" -> nothing(() -> commitAsync(arguments));
      case "commitSync" ->
          nothing(() -> commitSync((Map<TopicPartition, OffsetAndMetadata>) required(one)));
      case "groupMetadata" -> groupMetadata();
      case "wakeup" -> nothing(signal::wake);
      case "close" -> nothing(() -> flushCommits(Long.MAX_VALUE));
      default -> ofObject(proxy, method, one);
    };
  }

  // Nobody but a consumer can make one in another way; pc checks that there is a group.
  @SuppressWarnings("removal")
  private static ConsumerGroupMetadata groupMetadata() {
    return new ConsumerGroupMetadata("group");
  }

  private interface Call {
    void run() throws InterruptedException;
  }

  private static @Nullable Object nothing(Call call) throws InterruptedException {
    call.run();
    return null;
  }

  private Object ofObject(Object proxy, Method method, @Nullable Object other) {
    return switch (method.getName()) {
      case "toString" -> "the consumer of " + load;
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == other;
      default ->
          throw new UnsupportedOperationException("this consumer does not do " + method.getName());
    };
  }

  private static Object required(@Nullable Object argument) {
    if (argument == null) {
      throw new NullPointerException("this call needs an argument");
    }
    return argument;
  }

  private void subscribe(Object @Nullable [] arguments) {
    if (arguments == null
        || arguments.length != 2
        || !(arguments[1] instanceof ConsumerRebalanceListener given)) {
      throw new UnsupportedOperationException("subscribe without a listener is not done");
    }
    listener = given;
  }

  private ConsumerRecords<K, byte[]> poll(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      signal.throwIfWoken();
      long now = System.nanoTime();
      flushCommits(now);
      rebalanceIfDue(now);
      int released = signal.released();
      ConsumerRecords<K, byte[]> records = fetch(released);
      if (!records.isEmpty() || now - deadline >= 0) {
        return records;
      }
      signal.awaitChange(released, nextEvent(deadline));
    }
  }

  private long nextEvent(long deadline) {
    long next = deadline;
    Commit commit = commits.peek();
    if (commit != null && commit.dueNanos() - next < 0) {
      next = commit.dueNanos();
    }
    return settings.churnNanos() > 0 && nextChurnNanos - next < 0 ? nextChurnNanos : next;
  }

  private void rebalanceIfDue(long now) {
    ConsumerRebalanceListener told = listener;
    if (told == null) {
      throw new IllegalStateException("poll before subscribe");
    }
    boolean churns = assigned && settings.churnNanos() > 0 && now - nextChurnNanos >= 0;
    if (assigned && !churns) {
      return;
    }
    if (churns) {
      // A group's coordinator takes no commit of the old generation later.
      flushCommits(Long.MAX_VALUE);
      told.onPartitionsRevoked(List.copyOf(partitions));
      state.rewind();
      rebalances++;
    }
    assigned = true;
    told.onPartitionsAssigned(List.copyOf(partitions));
    nextChurnNanos = System.nanoTime() + settings.churnNanos();
  }

  private ConsumerRecords<K, byte[]> fetch(int released) {
    int open = 0;
    for (int partition = 0; partition < load.partitions(); partition++) {
      open += state.isOpen(partition, load.end(partition, released)) ? 1 : 0;
    }
    if (open == 0) {
      return ConsumerRecords.empty();
    }
    int room = MAX_POLL_RECORDS;
    Map<TopicPartition, List<ConsumerRecord<K, byte[]>>> records = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    int start = first++;
    for (int i = 0; i < load.partitions(); i++) {
      int partition = (start + i) % load.partitions();
      int end = load.end(partition, released);
      if (state.isOpen(partition, end)) {
        int count = Math.min((room + open - 1) / open, end - state.position(partition));
        room -= count;
        open--;
        records.put(partitions.get(partition), take(partition, count));
        next.put(partitions.get(partition), new OffsetAndMetadata(state.position(partition)));
      }
    }
    return new ConsumerRecords<>(records, next);
  }

  private List<ConsumerRecord<K, byte[]>> take(int partition, int count) {
    List<ConsumerRecord<K, byte[]>> taken = new ArrayList<>(count);
    int from = state.position(partition);
    for (int offset = from; offset < from + count; offset++) {
      K key = deserializer.apply(names.bytes(load.keyAt(partition, offset)));
      taken.add(new ConsumerRecord<>(load.topic(), partition, offset, key, value));
    }
    state.advance(partition, count);
    return taken;
  }

  @SuppressWarnings("unchecked")
  private void commitAsync(Object @Nullable [] arguments) {
    if (arguments == null || arguments.length != 2) {
      throw new UnsupportedOperationException("commitAsync needs offsets and a callback");
    }
    long due = System.nanoTime() + settings.commitNanos();
    Map<TopicPartition, OffsetAndMetadata> offsets =
        (Map<TopicPartition, OffsetAndMetadata>) arguments[0];
    commits.add(new Commit(due, new LinkedHashMap<>(offsets), (OffsetCommitCallback) arguments[1]));
  }

  private void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets)
      throws InterruptedException {
    signal.throwIfWoken();
    flushCommits(Long.MAX_VALUE);
    signal.awaitTime(System.nanoTime() + settings.commitNanos());
    state.commit(offsets);
  }

  /** Answers the commits that are due by then. */
  private void flushCommits(long now) {
    for (Commit next = commits.peek(); next != null; next = commits.peek()) {
      if (now != Long.MAX_VALUE && next.dueNanos() - now > 0) {
        return;
      }
      commits.remove();
      state.commit(next.offsets());
      if (next.callback() != null) {
        next.callback().onComplete(next.offsets(), null);
      }
    }
  }

  /** Where a consumer waits, and what for. */
  private static final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile int released;
    private volatile boolean woken;

    int released() {
      return released;
    }

    void release(int records) {
      lock.lock();
      try {
        released = records;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void wake() {
      lock.lock();
      try {
        woken = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void throwIfWoken() {
      if (Thread.interrupted()) {
        throw new InterruptException(new InterruptedException());
      }
      if (woken) {
        woken = false;
        throw new WakeupException();
      }
    }

    void awaitChange(int seen, long deadlineNanos) throws InterruptedException {
      lock.lock();
      try {
        while (!woken && released == seen) {
          long left = deadlineNanos - System.nanoTime();
          if (left <= 0) {
            return;
          }
          long unused = changed.awaitNanos(left);
        }
      } finally {
        lock.unlock();
      }
    }

    void awaitTime(long deadlineNanos) throws InterruptedException {
      lock.lock();
      try {
        for (long left = deadlineNanos - System.nanoTime(); left > 0; ) {
          left = changed.awaitNanos(left);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
