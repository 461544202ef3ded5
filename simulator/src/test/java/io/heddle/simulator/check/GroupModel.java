package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes random histories of a group that does everything right, whatever happens to it: partitions
 * move in good order, are lost to time-outs, or to crashes.
 */
final class GroupModel {
  private static final int PARTITIONS = 3;
  private static final int KEYS = 4;

  private final Random random;
  private final List<Fact> facts = new ArrayList<>();
  private final Map<TopicPartition, Log> logs = new LinkedHashMap<>();
  private final List<Member> members = new ArrayList<>();
  private final List<Work> running = new ArrayList<>();
  private long now;

  private GroupModel(long seed) {
    random = new Random(seed);
    for (int p = 0; p < PARTITIONS; p++) {
      TopicPartition partition = new TopicPartition("orders", p);
      logs.put(partition, new Log(partition));
    }
    for (int m = 1; m <= 3; m++) {
      members.add(new Member("m" + m, 1));
    }
  }

  /** Returns a history of about this many steps, which ends with everything done. */
  static List<Fact> history(long seed, int steps) {
    GroupModel model = new GroupModel(seed);
    for (int step = 0; step < steps; step++) {
      model.step();
    }
    model.drain();
    return model.facts;
  }

  private long time() {
    // Often nothing passes: ties have to be told apart by their order.
    now += random.nextInt(3) * 500_000L;
    return now;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void step() {
    Log log = any(new ArrayList<>(logs.values()));
    int choice = random.nextInt(100);
    if (choice < 25) {
      append(log);
    } else if (choice < 55) {
      start(log);
    } else if (choice < 85) {
      end();
    } else if (choice < 93) {
      commit(log);
    } else if (choice < 96) {
      giveUp(log);
    } else if (choice < 98) {
      lose(log, "session timeout");
    } else if (choice < 99) {
      crash();
    }
    if (log.owner == null && random.nextInt(4) == 0) {
      assign(log);
    }
  }

  private void append(Log log) {
    log.end += random.nextInt(8) == 0 ? 2 : 0;
    String key = "k" + log.partition.partition() + "." + random.nextInt(KEYS);
    log.keys.put(log.end, key);
    facts.add(new Fact.Appended(time(), log.partition, log.end, key));
    log.end++;
  }

  private void assign(Log log) {
    Member member = any(members);
    log.owner = member;
    log.waiting.clear();
    log.keys.tailMap(log.committed, true).keySet().forEach(log.waiting::add);
    log.position = log.end;
    facts.add(new Fact.Assigned(time(), member, 1, List.of(log.partition)));
  }

  /** Starts the first waiting record of some key that is not running at the owner. */
  private boolean start(Log log) {
    Member owner = log.owner;
    if (owner == null) {
      return false;
    }
    log.keys.tailMap(log.position, true).keySet().forEach(log.waiting::add);
    log.position = log.end;
    List<String> taken = new ArrayList<>();
    running.stream().filter(w -> w.member.equals(owner)).forEach(w -> taken.add(w.key));
    List<Long> ready = new ArrayList<>();
    for (long offset : log.waiting) {
      String key = Objects.requireNonNull(log.keys.get(offset));
      if (!taken.contains(key)) {
        ready.add(offset);
        taken.add(key);
      }
    }
    if (ready.isEmpty()) {
      return false;
    }
    Long offset = any(ready);
    log.waiting.remove(offset);
    Work work = new Work(owner, log, offset, Objects.requireNonNull(log.keys.get(offset)));
    running.add(work);
    facts.add(new Fact.Started(time(), owner, log.partition, offset, work.key));
    return true;
  }

  private void end() {
    if (!running.isEmpty()) {
      end(any(running));
    }
  }

  private void end(Work work) {
    running.remove(work);
    facts.add(new Fact.Ended(time(), work.member, work.log.partition, work.offset, work.key));
    facts.add(new Fact.Completed(time(), work.member, work.log.partition, work.offset, work.key));
    work.log.done.put(work.offset, true);
  }

  private void commit(Log log) {
    if (log.owner != null) {
      long prefix = log.end;
      for (long offset : log.keys.keySet()) {
        if (!log.done.containsKey(offset)) {
          prefix = offset;
          break;
        }
      }
      log.committed = Math.max(log.committed, prefix);
      facts.add(
          new Fact.Committed(time(), "g", log.owner, 1, log.partition, log.committed, -1, ""));
    }
  }

  private void giveUp(Log log) {
    Member owner = log.owner;
    if (owner != null) {
      facts.add(new Fact.RevokeStarted(time(), owner, List.of(log.partition)));
      for (Work work : List.copyOf(running)) {
        // Now and then the deadline passes before the work has ended.
        if (work.member.equals(owner) && work.log == log && random.nextInt(5) > 0) {
          end(work);
        }
      }
      commit(log);
      facts.add(new Fact.Revoked(time(), owner, List.of(log.partition)));
      log.owner = null;
    }
  }

  private void lose(Log log, String reason) {
    if (log.owner != null) {
      facts.add(new Fact.Lost(time(), log.owner, List.of(log.partition), reason));
      log.owner = null;
    }
  }

  private void crash() {
    int index = random.nextInt(members.size());
    Member dead = members.get(index);
    facts.add(new Fact.Crashed(time(), dead));
    running.removeIf(work -> work.member.equals(dead));
    members.set(index, new Member(dead.name(), dead.incarnation() + 1));
    for (Log log : logs.values()) {
      if (dead.equals(log.owner)) {
        lose(log, "session timeout");
      }
    }
  }

  private void drain() {
    facts.add(new Fact.Healed(time()));
    for (Log log : logs.values()) {
      append(log);
      if (log.owner == null) {
        assign(log);
      }
      do {
        while (start(log)) {
          // Start all that can run.
        }
        List.copyOf(running).forEach(this::end);
      } while (!log.waiting.isEmpty());
      commit(log);
    }
    readOutputs();
    readStore();
    facts.add(new Fact.RunEnded(time(), true, ""));
  }

  /** One output of each record, some of which are read twice. */
  private void readOutputs() {
    TopicPartition outputs = new TopicPartition("copies", 0);
    long end = 0;
    for (Log log : logs.values()) {
      for (long offset : log.keys.keySet()) {
        Fact.Visible output = new Fact.Visible(time(), outputs, end, log.partition, offset);
        facts.add(output);
        if (random.nextInt(10) == 0) {
          facts.add(output);
        }
        end += 1 + random.nextInt(2);
      }
    }
  }

  /** The entries of a store that was restored. */
  private void readStore() {
    for (Log log : logs.values()) {
      Map<String, List<Long>> entries = new TreeMap<>();
      log.keys.forEach(
          (offset, key) -> entries.computeIfAbsent(key, k -> new ArrayList<>()).add(offset));
      entries.forEach(
          (key, offsets) -> facts.add(new Fact.Stored(time(), log.partition, key, offsets)));
    }
  }

  private static final class Log {
    final TopicPartition partition;
    final TreeMap<Long, String> keys = new TreeMap<>();
    final TreeMap<Long, Boolean> done = new TreeMap<>();
    final List<Long> waiting = new ArrayList<>();
    @Nullable Member owner;
    long end;
    long position;
    long committed;

    Log(TopicPartition partition) {
      this.partition = partition;
    }
  }

  private record Work(Member member, Log log, long offset, String key) {}
}
