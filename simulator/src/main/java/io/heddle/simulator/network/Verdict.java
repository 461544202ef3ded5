package io.heddle.simulator.network;

import io.heddle.simulator.protocol.ErrorCode;

/** What becomes of a request. */
public sealed interface Verdict {
  /** Nothing special. */
  record Pass() implements Verdict {}

  /** It arrives later, by so many nanoseconds. */
  record Delay(Latency by) implements Verdict {}

  /** It never arrives; the client waits until its request times out. */
  record DropRequest() implements Verdict {}

  /** The broker applies it, but the reply never arrives: the outcome is unknown to the client. */
  record ApplyThenDrop() implements Verdict {}

  /** The broker refuses it with this error, without looking at it. */
  record Fail(ErrorCode error) implements Verdict {}
}
