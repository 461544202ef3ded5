package io.heddle.simulator.trace;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of a run, one line each, and a hash over them. Two runs with equal hashes did the same
 * things at the same times in the same order. Not thread-safe.
 *
 * <p>A line has fixed columns: virtual time in milliseconds with six decimals (12 wide, right
 * aligned), the process or {@code -} for the cluster (8 wide), what happened (18 wide), and details
 * as {@code name=value}. The details are only put into words for a listener; what is hashed of them
 * is the numbers.
 */
public final class Trace {
  private static final long PRIME = 0x100000001B3L;

  private final @Nullable Consumer<String> listener;
  private long high = 0xCBF29CE484222325L;
  private long low = 0x9E3779B97F4A7C15L;
  private long lines;
  // Of processes and of what happens there are few, and each event has both; looked up only.
  private final Map<String, Long> numbers = new HashMap<>();

  /** A trace that passes its lines on, or only hashes where the listener is null. */
  public Trace(@Nullable Consumer<String> listener) {
    this.listener = listener;
  }

  /** Notes an event. {@code numbers} is what the hash takes of the details. */
  public void event(
      long atNanos, String process, String what, long numbers, Supplier<String> details) {
    lines++;
    mix(atNanos);
    mix(known(process));
    mix(known(what));
    mix(numbers);
    if (listener != null) {
      listener.accept(
          String.format(
              Locale.ROOT,
              "%12s %-8s %-18s %s",
              String.format(Locale.ROOT, "%.6f", atNanos / 1e6),
              process,
              what,
              details.get()));
    }
  }

  /** How many events there were. */
  public long lines() {
    return lines;
  }

  /** The hash of everything so far, 32 hexadecimal digits. */
  public String hash() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }

  /** A number that stands for a text, the same in every JVM. */
  public static long text(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }

  private long known(String text) {
    Long number = numbers.get(text);
    if (number == null) {
      number = text(text);
      numbers.put(text, number);
    }
    return number;
  }

  private void mix(long value) {
    high = (high ^ value) * PRIME;
    high ^= high >>> 32;
    low = Long.rotateLeft(low + value * 0xBF58476D1CE4E5B9L, 27) * 0x94D049BB133111EBL;
  }
}
