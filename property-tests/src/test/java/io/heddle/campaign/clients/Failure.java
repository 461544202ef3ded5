package io.heddle.campaign.clients;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;

/** How exceptions are told, so that two sides can be compared: by their classes. */
final class Failure {
  private Failure() {}

  static String of(Throwable thrown) {
    if ((thrown instanceof ExecutionException || thrown instanceof CompletionException)
        && thrown.getCause() != null) {
      return of(thrown.getCause());
    }
    String name = thrown.getClass().getSimpleName();
    boolean wraps =
        thrown.getClass() == KafkaException.class
            || thrown instanceof RetriableCommitFailedException;
    return wraps && thrown.getCause() != null ? name + " of " + of(thrown.getCause()) : name;
  }
}
