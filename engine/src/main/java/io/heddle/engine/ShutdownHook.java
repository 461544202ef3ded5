package io.heddle.engine;

import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a source when the JVM is told to end: by SIGTERM, SIGINT or SIGHUP, or by {@code
 * System.exit}. Nothing is installed unless this is asked for.
 */
public final class ShutdownHook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShutdownHook.class);

  private final Thread thread;

  private ShutdownHook(Thread thread) {
    this.thread = thread;
  }

  /**
   * Has the source stopped when the JVM ends, which waits for that until {@code patience} is over.
   * To be closed when the source has been stopped otherwise, so that the JVM forgets it.
   *
   * @throws IllegalStateException if the JVM is ending already
   */
  public static ShutdownHook install(EventSource source, Duration patience) {
    Checks.positive(patience, "patience");
    Engine engine = source.engine();
    Thread thread = engine.runtime().threads().newThread(() -> stop(source, engine, patience));
    Runtime.getRuntime().addShutdownHook(thread);
    return new ShutdownHook(thread);
  }

  private static void stop(EventSource source, Engine engine, Duration patience) {
    var unused = source.stop();
    long deadline = engine.nanoTime() + patience.toNanos();
    try {
      if (!engine.lifecycle().awaitEndUntil(deadline)) {
        LOG.warn("The source has not closed within {}, and the JVM ends without it", patience);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Uninstalls it. Does nothing if that was done, or if the JVM is ending. */
  @Override
  public void close() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is ending, and has started its hooks", e);
    }
  }
}
