package io.heddle.engine;

/** Application code that decides about an event, on its strand. */
@FunctionalInterface
interface Callback {
  ExecutionState run() throws Exception;
}
