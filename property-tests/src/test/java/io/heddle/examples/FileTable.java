package io.heddle.examples;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.store.OrderedTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A table in memory whose batches are in a file: each is appended with its length and its checksum,
 * and forced to the disk. Whoever opens the file reads them all; a last one that is torn, since the
 * process or the machine died, is cut off. A file that has become longer than what it says is
 * written anew, beside the old one, whose place it takes at once.
 */
public final class FileTable implements OrderedTable {
  private static final int HEADER = Integer.BYTES + Long.BYTES;
  private static final int NONE = -1;
  private static final int WORTH_WRITING_ANEW = 1 << 16;

  private final Path path;
  private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
  private FileChannel file;
  private Optional<ChangeLogPlace> place = Optional.empty();
  private long live;

  private FileTable(Path path) throws IOException {
    this.path = path;
    this.file = FileChannel.open(path, CREATE, READ, WRITE);
  }

  /** Opens the table in this file, which is made if it is missing. */
  public static FileTable open(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      FileTable table = new FileTable(path);
      table.read();
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() throws IOException {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()));
    while (all.hasRemaining() && file.read(all, all.position()) >= 0) {}
    all.flip();
    int whole = 0;
    while (all.remaining() >= HEADER) {
      int length = all.getInt();
      long checksum = all.getLong();
      if (length < 0 || length > all.remaining()) {
        break;
      }
      byte[] batch = new byte[length];
      all.get(batch);
      if (checksum(batch) != checksum) {
        break;
      }
      apply(batch);
      whole = all.position();
    }
    file.truncate(whole);
    file.position(whole);
  }

  private void apply(byte[] batch) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(batch))) {
      long offset = in.readLong();
      Instant time = Instant.parse(in.readUTF());
      String id = in.readUTF();
      for (int left = in.readInt(); left > 0; left--) {
        byte[] key = in.readNBytes(in.readInt());
        int length = in.readInt();
        put(key, length == NONE ? null : in.readNBytes(length));
      }
      place =
          Optional.of(
              new ChangeLogPlace(
                  id.isEmpty() ? Optional.empty() : Optional.of(Uuid.fromString(id)),
                  offset,
                  time));
    }
  }

  private void put(byte[] key, byte @Nullable [] value) {
    byte[] before = value == null ? entries.remove(key) : entries.put(key, value);
    live -= before == null ? 0 : key.length + before.length;
    live += value == null ? 0 : key.length + value.length;
  }

  @Override
  public Optional<ChangeLogPlace> place() {
    return place;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    byte[] value = entries.get(key);
    return value == null ? null : value.clone();
  }

  @Override
  public void forEach(
      byte @Nullable [] from, byte @Nullable [] to, BiConsumer<byte[], byte[]> action) {
    NavigableMap<byte[], byte[]> tail = from == null ? entries : entries.tailMap(from, true);
    for (var entry : tail.entrySet()) {
      if (to != null && Arrays.compareUnsigned(entry.getKey(), to) >= 0) {
        return;
      }
      action.accept(entry.getKey().clone(), entry.getValue().clone());
    }
  }

  @Override
  public void write(NavigableMap<byte[], byte @Nullable []> changes, ChangeLogPlace reached)
      throws IOException {
    append(file, encode(changes, reached));
    changes.forEach((key, value) -> put(key.clone(), value == null ? null : value.clone()));
    place = Optional.of(reached);
    if (file.position() > WORTH_WRITING_ANEW + 4 * live) {
      writeAnew(reached);
    }
  }

  private void writeAnew(ChangeLogPlace reached) throws IOException {
    Path beside = path.resolveSibling(path.getFileName() + ".new");
    try (FileChannel next = FileChannel.open(beside, CREATE, TRUNCATE_EXISTING, WRITE)) {
      NavigableMap<byte[], byte @Nullable []> all = new TreeMap<>(Arrays::compareUnsigned);
      all.putAll(entries);
      append(next, encode(all, reached));
    }
    Path moved = Files.move(beside, path, ATOMIC_MOVE);
    file.close();
    file = FileChannel.open(moved, READ, WRITE);
    file.position(file.size());
  }

  private static byte[] encode(
      NavigableMap<byte[], byte @Nullable []> changes, ChangeLogPlace reached) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(reached.offset());
      out.writeUTF(reached.time().toString());
      out.writeUTF(reached.topicId().map(Uuid::toString).orElse(""));
      out.writeInt(changes.size());
      for (var change : changes.entrySet()) {
        byte[] value = change.getValue();
        out.writeInt(change.getKey().length);
        out.write(change.getKey());
        out.writeInt(value == null ? NONE : value.length);
        out.write(value == null ? new byte[0] : value);
      }
    }
    return bytes.toByteArray();
  }

  private static void append(FileChannel to, byte[] batch) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(HEADER + batch.length);
    out.putInt(batch.length).putLong(checksum(batch)).put(batch).flip();
    while (out.hasRemaining()) {
      int unused = to.write(out);
    }
    to.force(true);
  }

  private static long checksum(byte[] batch) {
    CRC32 checksum = new CRC32();
    checksum.update(batch);
    return checksum.getValue();
  }

  @Override
  public void clear() throws IOException {
    file.truncate(0);
    file.position(0);
    file.force(true);
    entries.clear();
    place = Optional.empty();
    live = 0;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "%d entries in %s, up to %s".formatted(entries.size(), path, place);
  }
}
