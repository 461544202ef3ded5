package io.heddle.scenarios.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The value of a workload's record: it says itself which record it is. {@code
 * WORKLOAD|SEQUENCE|KEY|DUE|} and padding; every value is unique in its run.
 *
 * @param workload which workload of the scenario, counted from 0
 * @param sequence which record of the workload, counted from 0
 * @param dueNanos when it was due to be sent, in nanoseconds since the workload began
 */
record Payload(int workload, long sequence, String key, long dueNanos) {
  private static final char SEPARATOR = '|';
  private static final int FIELDS = 4;
  private static final int RADIX = 10;

  /** The bytes, padded to at least {@code size}. */
  byte[] encode(int size) {
    String text = workload + "|" + sequence + "|" + key + "|" + dueNanos + "|";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= size) {
      return bytes;
    }
    byte[] padded = Arrays.copyOf(bytes, size);
    Arrays.fill(padded, bytes.length, size, (byte) '.');
    return padded;
  }

  static Payload decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int[] ends = new int[FIELDS];
    int from = 0;
    for (int i = 0; i < FIELDS; i++) {
      ends[i] = text.indexOf(SEPARATOR, from);
      if (ends[i] < 0) {
        throw new IllegalArgumentException("not a record of a workload: " + text);
      }
      from = ends[i] + 1;
    }
    return new Payload(
        Integer.parseInt(text, 0, ends[0], RADIX),
        Long.parseLong(text, ends[0] + 1, ends[1], RADIX),
        text.substring(ends[1] + 1, ends[2]),
        Long.parseLong(text, ends[2] + 1, ends[3], RADIX));
  }
}
