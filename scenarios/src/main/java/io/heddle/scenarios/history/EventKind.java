package io.heddle.scenarios.history;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The events of a history, and the fields that each has besides {@code event} and {@code ms}. */
enum EventKind {
  APPENDED(List.of("partition", "offset"), List.of("key", "leaderEpoch", "timestamp")),
  REMOVED(List.of("partition", "from", "to"), List.of()),
  TRUNCATED(List.of("partition", "end"), List.of("leaderEpoch", "deleted")),
  COMMITTED(
      List.of("member", "partition", "offset"),
      List.of("group", "generation", "leaderEpoch", "metadata", "givenUp")),
  PENDING(List.of("member", "partition", "offset"), List.of("group", "generation")),
  ASSIGNED(List.of("member", "partitions"), List.of("generation")),
  REVOKING(List.of("member", "partitions"), List.of()),
  REVOKED(List.of("member", "partitions"), List.of()),
  LOST(List.of("member", "partitions"), List.of("reason", "byMember", "generation")),
  REGAINED(List.of("member", "partitions"), List.of()),
  REPLACED(List.of("member", "successor"), List.of("generation")),
  SOUGHT(List.of("member", "partition", "offset"), List.of()),
  CRASHED(List.of("member"), List.of()),
  STARTED(List.of("member", "partition", "offset", "key"), List.of("leaderEpoch", "timestamp")),
  ENDED(List.of("member", "partition", "offset", "key"), List.of()),
  COMPLETED(List.of("member", "partition", "offset", "key"), List.of("leaderEpoch", "timestamp")),
  VISIBLE(List.of("partition", "offset", "input", "inputOffset"), List.of()),
  STORED(List.of("input", "key", "offsets"), List.of()),
  HEALED(List.of(), List.of()),
  FINISHED(List.of(), List.of("detail")),
  STOPPED(List.of(), List.of("detail")),
  SENT(
      List.of("member", "partition", "value"),
      List.of("offset", "number", "transaction", "outcome")),
  POLLED(
      List.of("member", "partition", "offset", "value"), List.of("transaction", "committedOnly")),
  MOVED(List.of("member", "partition"), List.of()),
  OFFSET(List.of("member", "transaction", "partition", "offset"), List.of("group")),
  COMMITTING(List.of("member", "transaction"), List.of()),
  ABORTING(List.of("member", "transaction"), List.of()),
  TRANSACTION(List.of("member", "transaction", "outcome"), List.of());

  private final List<String> required;
  private final Set<String> known;

  EventKind(List<String> required, List<String> optional) {
    this.required = required;
    Set<String> all = new LinkedHashSet<>(List.of("ms", "event"));
    all.addAll(required);
    all.addAll(optional);
    this.known = all;
  }

  /** The name in a file. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<String> required() {
    return required;
  }

  List<String> known() {
    return List.copyOf(known);
  }

  static List<String> labels() {
    return Stream.of(values()).map(EventKind::label).toList();
  }

  static EventKind labelled(String label) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow();
  }
}
