package org.apache.kafka.clients.admin;

import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.NullMarked;

/**
 * What kafka-clients says of an error of which a broker says nothing more, for which it has nothing
 * that is public. It is here because {@link AdminResults} is: what knows of Kafka's internal types
 * is in one place.
 */
@NullMarked
public final class ErrorTexts {
  private ErrorTexts() {}

  /** The text for the error with that number in Kafka's protocol. */
  public static String of(short code) {
    return Errors.forCode(code).message();
  }
}
