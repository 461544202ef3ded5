package org.apache.kafka.clients.admin;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.NullMarked;

/**
 * Closes the headers of a record that is sent, for which kafka-clients has nothing that is public.
 * It is here because {@link AdminResults} is: what knows of Kafka's internal types is in one place.
 */
@NullMarked
public final class SentHeaders {
  private SentHeaders() {}

  /** From now on whoever changes them is told that they are closed. */
  public static void close(Headers headers) {
    if (headers instanceof RecordHeaders records) {
      records.setReadOnly();
    }
  }
}
