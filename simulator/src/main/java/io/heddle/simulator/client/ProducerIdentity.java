package io.heddle.simulator.client;

/** The id and epoch in which a producer writes. */
final class ProducerIdentity {
  private long id = -1;
  private short epoch = -1;
  private boolean initializing;
  private boolean bumpWanted;
  private boolean changed;

  boolean known() {
    return id >= 0;
  }

  long id() {
    return id;
  }

  short epoch() {
    return epoch;
  }

  void set(long newId, short newEpoch) {
    changed |= newId != id || newEpoch != epoch;
    id = newId;
    epoch = newEpoch;
  }

  /** Whether it has changed since the last call: then sequence numbers begin anew. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  boolean initializing() {
    return initializing;
  }

  void initializing(boolean value) {
    initializing = value;
  }

  /** An idempotent producer cannot go on in this epoch. */
  void wantBump() {
    bumpWanted = true;
  }

  boolean bumpWanted() {
    return bumpWanted;
  }

  /** Goes on in the next epoch, or without an id when there is none. */
  void bump() {
    bumpWanted = false;
    if (epoch == Short.MAX_VALUE) {
      id = -1;
    } else {
      epoch++;
    }
  }

  /** As kafka-clients' messages name it. */
  @Override
  public String toString() {
    return "(producerId=" + id + ", epoch=" + epoch + ")";
  }
}
