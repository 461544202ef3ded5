package io.heddle.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A line on a terminal that is drawn over and gone in the end. It appears after a second, and is
 * drawn ten times a second at most.
 */
final class ProgressLine implements Progress, AutoCloseable {
  private static final long FIRST_AFTER_NANOS = 1_000_000_000L;
  private static final long EVERY_NANOS = 100_000_000L;
  private static final String CLEAR = "\r\u001b[K";
  // A line that is wrapped could not be drawn over. So the terminal is to cut it off itself, as
  // wide as it is by now; it shows the line's end in its last column then, so that is a blank.
  private static final String UNWRAPPED = "\u001b[?7l";
  private static final String CUT_OFF = " \u001b[?7h";

  private final PrintStream err;
  private final boolean enabled;
  private final LongSupplier nanoTime;
  private final AtomicLong nextNanos;
  private boolean drawn;
  private boolean closed;

  ProgressLine(PrintStream err, boolean enabled, LongSupplier nanoTime) {
    this.err = err;
    this.enabled = enabled;
    this.nanoTime = nanoTime;
    this.nextNanos = new AtomicLong(nanoTime.getAsLong() + FIRST_AFTER_NANOS);
  }

  /** Removes whatever line may be there, for a program that is interrupted. */
  static void erase(Console console) {
    if (console.progress()) {
      console.err().print(CLEAR);
      console.err().flush();
    }
  }

  @Override
  public void at(long done, long total, String unit) {
    at(done, total, unit, () -> "");
  }

  @Override
  public void at(long done, long total, String unit, Supplier<String> how) {
    if (!enabled) {
      return;
    }
    long now = nanoTime.getAsLong();
    long next = nextNanos.get();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + EVERY_NANOS)) {
      String more = how.get();
      draw(
          Page.cut(text(done, total, unit) + (more.isEmpty() ? "" : " · " + more), Page.WIDTH - 1));
    }
  }

  /** Removes the line. */
  @Override
  public synchronized void close() {
    closed = true;
    if (drawn) {
      err.print(CLEAR);
      err.flush();
      drawn = false;
    }
  }

  private synchronized void draw(String text) {
    if (!closed) {
      drawn = true;
      err.print(CLEAR + UNWRAPPED + text + CUT_OFF);
      err.flush();
    }
  }

  private static String text(long done, long total, String unit) {
    return total == 0
        ? Units.count(done) + " " + unit
        : Units.count(done) + " of " + Units.count(total) + " " + unit + percent(done, total);
  }

  private static String percent(long done, long total) {
    return " · " + Math.min(100, (long) (100.0 * done / total)) + " %";
  }
}
