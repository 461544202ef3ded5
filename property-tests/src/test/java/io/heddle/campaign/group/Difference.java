package io.heddle.campaign.group;

import io.heddle.simulator.protocol.Response;
import java.util.Optional;

/**
 * Where the two sides part.
 *
 * @param step the index of the operation after which they did
 * @param atMs when
 * @param asked the operation that was answered differently: that one or an earlier one
 * @param kafka what Kafka's coordinator answered by then
 * @param simulator what the simulator answered by then
 * @param failure what the simulator threw
 */
record Difference(
    int step,
    long atMs,
    Operation asked,
    Optional<Response> kafka,
    Optional<Response> simulator,
    String failure) {
  /** What sort of difference it is, so that many of them can be counted. */
  String kind() {
    String api = asked.getClass().getSimpleName();
    if (asked instanceof Operation.Send send) {
      api = send.request().api().title();
    }
    return api
        + ": Kafka "
        + kafka.map(Coverage::errors).map(Object::toString).orElse("(no answer)")
        + ", simulator "
        + (failure.isEmpty()
            ? simulator.map(Coverage::errors).map(Object::toString).orElse("(no answer)")
            : failure.lines().findFirst().orElse("").replaceAll("[0-9a-f-]{8,}", "…"));
  }

  String describe() {
    String simulators =
        failure.isEmpty() ? simulator.map(Object::toString).orElse("(no answer)") : failure;
    return String.join(
        System.lineSeparator(),
        "at " + atMs + " ms, after operation " + step + ", to: " + asked,
        "  Kafka:     " + kafka.map(Object::toString).orElse("(no answer)"),
        "  simulator: " + simulators);
  }
}
