package io.heddle.scenarios.run;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.store.OrderedTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The disk of one life of a member, with a table for each partition: what was written is there for
 * the next life too, all of a batch or nothing of it. Each table is open once at a time, as files
 * are that somebody has locked; with a process its locks are gone. Thread-safe.
 */
final class MemberDisk {
  private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

  // Only looked up, both of them.
  private final Map<TopicPartition, Content> files;
  private final Map<TopicPartition, Boolean> open = new ConcurrentHashMap<>();
  private final Runnable kept;

  private MemberDisk(Map<TopicPartition, Content> files, Runnable kept) {
    this.files = files;
    this.kept = kept;
  }

  /**
   * An empty one.
   *
   * @param kept told when something is written to a table that an earlier owner has left behind
   */
  static MemberDisk empty(Runnable kept) {
    return new MemberDisk(new ConcurrentHashMap<>(), kept);
  }

  /** The same disk for the next life; {@code told} as {@code kept} above. */
  MemberDisk ofNextLife(Runnable told) {
    return new MemberDisk(files, told);
  }

  /**
   * Opens a partition's table.
   *
   * @throws IllegalStateException if it is open
   */
  OrderedTable open(TopicPartition partition) {
    if (open.putIfAbsent(partition, true) != null) {
      throw new IllegalStateException("the table of " + partition + " is open already");
    }
    return new Table(partition, files.computeIfAbsent(partition, each -> new Content()));
  }

  /** What is on the disk. Handed from one user to the next. */
  private static final class Content {
    private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(BYTES);
    private Optional<ChangeLogPlace> place = Optional.empty();
  }

  private final class Table implements OrderedTable {
    private final TopicPartition partition;
    private final Content content;
    private boolean leftBehind;

    Table(TopicPartition partition, Content content) {
      this.partition = partition;
      this.content = content;
      this.leftBehind = content.place.isPresent();
    }

    @Override
    public Optional<ChangeLogPlace> place() {
      return content.place;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      byte[] value = content.entries.get(key);
      return value == null ? null : value.clone();
    }

    @Override
    public void forEach(
        byte @Nullable [] from, byte @Nullable [] to, BiConsumer<byte[], byte[]> action) {
      NavigableMap<byte[], byte[]> some =
          from == null ? content.entries : content.entries.tailMap(from, true);
      (to == null ? some : some.headMap(to, false))
          .forEach((key, value) -> action.accept(key.clone(), value.clone()));
    }

    @Override
    public void write(NavigableMap<byte[], byte @Nullable []> changes, ChangeLogPlace place) {
      changes.forEach(
          (key, value) -> {
            if (value == null) {
              content.entries.remove(key);
            } else {
              content.entries.put(key.clone(), value.clone());
            }
          });
      content.place = Optional.of(place);
      if (leftBehind) {
        leftBehind = false;
        kept.run();
      }
    }

    @Override
    public void clear() {
      content.entries.clear();
      content.place = Optional.empty();
      leftBehind = false;
    }

    @Override
    public void close() {
      open.remove(partition);
    }
  }
}
