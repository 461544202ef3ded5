package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Batcher;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record on its way through a member. What is done with it follows one after the other, on
 * whatever thread.
 */
final class Item {
  private final ConsumerRecord<byte[], byte[]> input;
  private final Payload payload;
  private final KeyNames.Name name;
  private final boolean handled;
  private boolean known;
  private long workedNanos;
  private String lane = "";
  private int attempts;
  private boolean failed;
  private @Nullable Parts parts;
  private @Nullable Ownership ownership;
  private Ownership.@Nullable Count inFlight;
  private long acceptedNanos;
  // The engine takes it back on another thread than the one that works on it.
  private volatile boolean takenBack;

  private Item(
      ConsumerRecord<byte[], byte[]> input, Payload payload, KeyNames.Name name, boolean handled) {
    this.input = input;
    this.payload = payload;
    this.name = name;
    this.handled = handled;
  }

  static Item of(ConsumerRecord<byte[], byte[]> input, KeyNames names) {
    Payload payload = Payload.decode(input.value());
    return new Item(input, payload, names.of(payload.key()), true);
  }

  /** One that the application has no handler for. */
  static Item unhandled(ConsumerRecord<byte[], byte[]> input) {
    Payload payload = Payload.decode(input.value());
    return new Item(input, payload, KeyNames.Name.of(payload.key()), false);
  }

  boolean isUnhandled() {
    return !handled;
  }

  ConsumerRecord<byte[], byte[]> input() {
    return input;
  }

  Payload payload() {
    return payload;
  }

  String key() {
    return name.key();
  }

  /** The lane of what finishes it. */
  String finalizer() {
    return name.finalizer();
  }

  /** It is handed to the application; what comes of the first time counts. */
  void enters(Ownership current) {
    if (ownership == null) {
      ownership = current;
      inFlight = current.entered(input.offset());
    }
  }

  /** What it was first handed over in, if it was watched. */
  @Nullable Ownership ownership() {
    return ownership;
  }

  /** It is complete, or left out. */
  void leaves() {
    if (inFlight != null) {
      inFlight.left();
      inFlight = null;
    }
  }

  /** Whether it is the first attempt of all. */
  boolean isNew() {
    boolean first = !known;
    known = true;
    return first;
  }

  void accepted(long nanos) {
    acceptedNanos = nanos;
  }

  /** When it came to the application, where that is noted. */
  long acceptedNanos() {
    return acceptedNanos;
  }

  /** The engine waits for it no longer. */
  void takeBack() {
    takenBack = true;
  }

  boolean isTakenBack() {
    return takenBack;
  }

  void worked(long nanos) {
    workedNanos += nanos;
  }

  /** How long all work on it has taken. */
  long workedNanos() {
    return workedNanos;
  }

  /** How many items it is made into: always as many, however often it is read. */
  int parts(Batcher limits) {
    int choice = limits.items() - limits.minItems() + 1;
    long mixed = (payload.sequence() + 1) * 0x9E3779B97F4A7C15L;
    return limits.minItems() + (int) Math.floorMod(mixed >>> 32, (long) choice);
  }

  /** An attempt begins; returns the how many-th one in this lane it is, counted from 1. */
  int attempt(String inLane) {
    attempts = inLane.equals(lane) ? attempts + 1 : 1;
    lane = inLane;
    return attempts;
  }

  /** How many attempts there were in the last lane. */
  int attempts() {
    return attempts;
  }

  /** An attempt is over. */
  void attempted(boolean badly) {
    failed = badly;
  }

  /** Whether the last attempt failed. */
  boolean hasFailed() {
    return failed;
  }

  /** One of its parts was in a batch that is over. */
  void batched(boolean badly) {
    parts = parts == null ? new Parts() : parts;
    parts.batched++;
    parts.failed += badly ? 1 : 0;
  }

  /** How many of its parts have been in a batch. */
  int batchedParts() {
    return parts == null ? 0 : parts.batched;
  }

  /** How many of those batches failed. */
  int failedParts() {
    return parts == null ? 0 : parts.failed;
  }

  /** How many of what it was made into have been in batches, and in such that failed. */
  private static final class Parts {
    int batched;
    int failed;
  }
}
