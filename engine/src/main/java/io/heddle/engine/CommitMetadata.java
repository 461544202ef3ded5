package io.heddle.engine;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which offsets behind a committed one are complete, as it travels in the commit's metadata.
 *
 * <p>The text is Base64 of: two bytes that say what it is, one for the encoding, the witness, the
 * highest leader epoch of what is complete, the offsets as run lengths or as a bitmap, and a check
 * sum that covers the committed offset too. The <em>witness</em> is the first record that was not
 * complete: offset, leader epoch and timestamp. It has to be there, the same, when the partition is
 * read again; a log that was truncated or made anew does not have it, whatever its topic is called.
 */
final class CommitMetadata {
  private static final byte[] MAGIC = {'H', 1};
  private static final byte RUNS = 0;
  private static final byte BITMAP = 1;
  private static final int CHECKSUM_BYTES = 4;

  /** What a corrupt text could make of a bitmap or a run is never more than was ever in flight. */
  private static final int MAX_OFFSETS = 1 << 20;

  private final long witnessOffset;
  private final int witnessEpoch;
  private final long witnessTimestamp;
  private final int maxEpoch;
  private final long[] offsets;

  /**
   * What is to be written, or was read.
   *
   * @param witnessOffset the offset of the witness
   * @param witnessEpoch its leader epoch, or -1
   * @param witnessTimestamp its timestamp
   * @param maxEpoch the highest leader epoch of what is complete, or -1
   * @param offsets the complete offsets, ascending
   */
  CommitMetadata(
      long witnessOffset, int witnessEpoch, long witnessTimestamp, int maxEpoch, long[] offsets) {
    this.witnessOffset = witnessOffset;
    this.witnessEpoch = witnessEpoch;
    this.witnessTimestamp = witnessTimestamp;
    this.maxEpoch = maxEpoch;
    this.offsets = offsets;
  }

  long witnessOffset() {
    return witnessOffset;
  }

  /** The highest leader epoch of what is complete, or -1. */
  int maxLeaderEpoch() {
    return maxEpoch;
  }

  /** The complete offsets, ascending. */
  LongStream offsets() {
    return LongStream.of(offsets);
  }

  /** Whether this record is complete, given that the witness has been seen. */
  boolean covers(ConsumerRecord<?, ?> record) {
    // A record of a later epoch took the place of the one that was completed.
    boolean sameLog = maxEpoch < 0 || record.leaderEpoch().orElse(maxEpoch) <= maxEpoch;
    return sameLog && Arrays.binarySearch(offsets, record.offset()) >= 0;
  }

  boolean isWitness(ConsumerRecord<?, ?> record) {
    return record.offset() == witnessOffset
        && record.timestamp() == witnessTimestamp
        && record.leaderEpoch().orElse(-1) == witnessEpoch;
  }

  /**
   * The text for a commit of {@code base}, at most {@code maxBytes} long. If not all fits, it names
   * the nearest offsets; if none does, it is empty.
   */
  String encode(long base, int maxBytes) {
    // Four characters for three bytes, without padding.
    int room = (int) (maxBytes * 3L / 4) - CHECKSUM_BYTES;
    byte[] header = header(base);
    Payload runs = runs(base, room - header.length - 1);
    Payload bitmap = bitmap(base, room - header.length - 1);
    boolean useBitmap =
        bitmap.covered != runs.covered
            ? bitmap.covered > runs.covered
            : bitmap.bytes.length < runs.bytes.length;
    Payload payload = useBitmap ? bitmap : runs;
    if (payload.covered == 0) {
      return "";
    }
    ByteBuffer text =
        ByteBuffer.allocate(header.length + 1 + payload.bytes.length + CHECKSUM_BYTES)
            .put(header)
            .put(useBitmap ? BITMAP : RUNS)
            .put(payload.bytes);
    text.putInt(checksum(text.array(), text.position(), base));
    return Base64.getEncoder().withoutPadding().encodeToString(text.array());
  }

  /** What the metadata of a commit of {@code base} says; nothing if it is not ours, or damaged. */
  static Optional<CommitMetadata> decode(long base, String metadata) {
    try {
      byte[] bytes = Base64.getDecoder().decode(metadata.getBytes(StandardCharsets.ISO_8859_1));
      int end = bytes.length - CHECKSUM_BYTES;
      if (end < MAGIC.length
          || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
          || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end, base)) {
        return Optional.empty();
      }
      return Optional.of(read(base, ByteBuffer.wrap(bytes, MAGIC.length, end - MAGIC.length)));
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      // No Base64, or it ends too early.
      return Optional.empty();
    }
  }

  private static CommitMetadata read(long base, ByteBuffer in) {
    long witness = base + VarLong.read(in);
    int witnessEpoch = (int) (VarLong.read(in) - 1);
    long timestamp = VarLong.read(in);
    int maxEpoch = (int) (VarLong.read(in) - 1);
    long[] offsets = in.get() == BITMAP ? readBitmap(base, in) : readRuns(base, in);
    return new CommitMetadata(witness, witnessEpoch, timestamp, maxEpoch, offsets);
  }

  private byte[] header(long base) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    VarLong.write(out, witnessOffset - base);
    VarLong.write(out, witnessEpoch + 1L);
    VarLong.write(out, witnessTimestamp);
    VarLong.write(out, maxEpoch + 1L);
    return out.toByteArray();
  }

  /** Pairs: how many offsets are not complete, how many after them are. */
  private Payload runs(long base, int room) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long next = base;
    int covered = 0;
    while (covered < offsets.length) {
      int end = covered + 1;
      while (end < offsets.length && offsets[end] == offsets[end - 1] + 1) {
        end++;
      }
      ByteArrayOutputStream pair = new ByteArrayOutputStream();
      VarLong.write(pair, offsets[covered] - next);
      VarLong.write(pair, end - covered);
      if (out.size() + pair.size() > room) {
        break;
      }
      out.writeBytes(pair.toByteArray());
      next = offsets[end - 1] + 1;
      covered = end;
    }
    return new Payload(out.toByteArray(), covered);
  }

  private static long[] readRuns(long base, ByteBuffer in) {
    long[] found = new long[16];
    int count = 0;
    long next = base;
    while (in.hasRemaining()) {
      next += VarLong.read(in);
      long length = VarLong.read(in);
      if (length < 0 || count + length > MAX_OFFSETS) {
        throw new IllegalArgumentException("a run of " + length);
      }
      for (long i = 0; i < length; i++) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = next++;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private Payload bitmap(long base, int room) {
    int covered = 0;
    while (covered < offsets.length && (offsets[covered] - base) / 8 < room) {
      covered++;
    }
    if (covered == 0) {
      return new Payload(new byte[0], 0);
    }
    byte[] bits = new byte[(int) ((offsets[covered - 1] - base) / 8 + 1)];
    for (int i = 0; i < covered; i++) {
      int bit = (int) (offsets[i] - base);
      bits[bit / 8] = (byte) (bits[bit / 8] | 1 << (bit % 8));
    }
    return new Payload(bits, covered);
  }

  private static long[] readBitmap(long base, ByteBuffer in) {
    long[] found = new long[in.remaining() * 8];
    int count = 0;
    for (long at = base; in.hasRemaining(); at += 8) {
      byte bits = in.get();
      for (int bit = 0; bit < 8; bit++) {
        if ((bits & 1 << bit) != 0) {
          found[count++] = at + bit;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static int checksum(byte[] bytes, int length, long base) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(base).flip());
    return (int) crc.getValue();
  }

  /** The offsets in one encoding, and how many of them it covers. */
  private static final class Payload {
    private final byte[] bytes;
    private final int covered;

    Payload(byte[] bytes, int covered) {
      this.bytes = bytes;
      this.covered = covered;
    }
  }

  /** Numbers in as few bytes as they need, seven bits in each. */
  private static final class VarLong {
    static void write(ByteArrayOutputStream out, long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    static long read(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        byte next = in.get();
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number without an end");
    }
  }
}
