package io.heddle.simulator.broker;

import java.util.List;
import java.util.OptionalInt;

/**
 * Coordinators that come and go. What one has written down its successor reads, and that takes a
 * while; what it only had in mind is lost: members that were about to join, and requests that
 * waited for others, which are told NOT_COORDINATOR.
 */
final class CoordinatorMoves {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Brokers brokers;
  private final Coordinators groupSeats;
  private final Coordinators transactionSeats;
  private final GroupCoordinator groups;
  private final TransactionCoordinator transactions;
  private final Surroundings surroundings;

  CoordinatorMoves(
      Brokers brokers,
      Coordinators groupSeats,
      Coordinators transactionSeats,
      GroupCoordinator groups,
      TransactionCoordinator transactions,
      Surroundings surroundings) {
    this.brokers = brokers;
    this.groupSeats = groupSeats;
    this.transactionSeats = transactionSeats;
    this.groups = groups;
    this.transactions = transactions;
    this.surroundings = surroundings;
  }

  Coordinators groupSeats() {
    return groupSeats;
  }

  Coordinators transactionSeats() {
    return transactionSeats;
  }

  /** Whoever coordinates the ids of that partition stops, and the broker begins to read it. */
  void move(Coordinators seats, int partition, int broker, long loadMs) {
    if (seats.isLoaded(partition)) {
      unload(seats, partition);
    }
    seats.move(partition, broker);
    if (broker == Partition.NO_LEADER) {
      return;
    }
    long turn = seats.turnOf(partition);
    surroundings.after(
        loadMs * NANOS_PER_MILLI,
        () -> {
          // It may be chosen, and be gone, while nobody knows that it is.
          if (seats.turnOf(partition) == turn && brokers.isUp(broker)) {
            seats.loaded(partition);
            load(seats, partition);
          }
        });
  }

  /** The broker is gone, whether anybody knows or not. */
  void stop(int broker) {
    for (Coordinators seats : List.of(groupSeats, transactionSeats)) {
      for (int partition : seats.ledBy(broker)) {
        if (seats.isLoaded(partition)) {
          unload(seats, partition);
        } else {
          // It does not come to the end of its reading.
          seats.stopped(partition);
        }
      }
    }
  }

  /** Others take over what the broker led, where there are any. */
  void replace(int broker, List<Integer> registered, long loadMs) {
    for (Coordinators seats : List.of(groupSeats, transactionSeats)) {
      for (int partition : seats.ledBy(broker)) {
        OptionalInt next =
            seats.replicasOf(partition).stream()
                .filter(registered::contains)
                .mapToInt(Integer::intValue)
                .findFirst();
        take(seats, partition, next.orElse(Partition.NO_LEADER), loadMs);
      }
    }
  }

  /** The broker is back and leads what nobody else does. */
  void offer(int broker, long loadMs) {
    for (Coordinators seats : List.of(groupSeats, transactionSeats)) {
      for (int partition : seats.ledBy(Partition.NO_LEADER)) {
        if (seats.replicasOf(partition).contains(broker)) {
          take(seats, partition, broker, loadMs);
        }
      }
    }
  }

  /** As {@link #move}, where the one before has stopped already. */
  private void take(Coordinators seats, int partition, int broker, long loadMs) {
    seats.move(partition, Partition.NO_LEADER);
    move(seats, partition, broker, loadMs);
  }

  private void unload(Coordinators seats, int partition) {
    seats.stopped(partition);
    if (seats == groupSeats) {
      groups.unload(partition);
    } else {
      transactions.unload(partition);
    }
  }

  private void load(Coordinators seats, int partition) {
    if (seats == groupSeats) {
      groups.load(partition);
    } else {
      transactions.load(partition);
    }
  }
}
