package io.heddle.engine;

import java.time.Instant;

/**
 * Something to be done for a partition that no record asks for. It runs on the partition's strand,
 * behind the records that were polled before it was due, and must not block; it can do all that a
 * handler can.
 */
@FunctionalInterface
public interface Interjector {

  /**
   * Does it.
   *
   * @param context an event without an input
   * @param when the wall time now
   * @throws Exception to fail it, which the source answers as it does for handlers
   */
  ExecutionState interject(EventContext context, Instant when) throws Exception;
}
