package io.heddle.engine;

/**
 * What the application does with an event. Called on the partition's strand, one event at a time
 * and in offset order; it must not block.
 *
 * @param <E> the decoded event
 */
@FunctionalInterface
public interface EventHandler<E> {

  /**
   * Handles one event.
   *
   * @throws Exception to fail the event, which the source answers by its failure policy
   */
  ExecutionState handle(EventContext context, E event) throws Exception;
}
