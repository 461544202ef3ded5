package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that several checkers of one run look things up in, kept once for all of them: of
 * each only what one of them has asked for. It has to be given a fact before a checker judges it.
 */
final class Bookkeeping {
  private @Nullable Ownership ownership;
  private @Nullable LostLogs lostLogs;
  private @Nullable LogOrder order;
  private @Nullable RecordLedger ledger;
  private @Nullable UnfinishedWork unfinished;

  void accept(Fact fact) {
    if (ownership != null) {
      ownership.accept(fact);
    }
    if (lostLogs != null) {
      lostLogs.accept(fact);
    }
    if (order != null) {
      order.accept(fact);
    }
    if (ledger != null) {
      ledger.accept(fact);
    }
    if (unfinished != null) {
      unfinished.accept(fact);
    }
  }

  Ownership ownership() {
    if (ownership == null) {
      ownership = new Ownership();
    }
    return ownership;
  }

  LostLogs lostLogs() {
    if (lostLogs == null) {
      lostLogs = new LostLogs(ledger());
    }
    return lostLogs;
  }

  LogOrder order() {
    if (order == null) {
      order = new LogOrder();
    }
    return order;
  }

  RecordLedger ledger() {
    if (ledger == null) {
      ledger = new RecordLedger(order());
    }
    return ledger;
  }

  UnfinishedWork unfinished() {
    if (unfinished == null) {
      unfinished = new UnfinishedWork(ledger(), order());
    }
    return unfinished;
  }

  /** A checker of its own, which nobody keeps books for. */
  static Checker alone(Function<Bookkeeping, Checker> made) {
    Bookkeeping books = new Bookkeeping();
    Checker checker = made.apply(books);
    return new Checker() {
      @Override
      public String name() {
        return checker.name();
      }

      @Override
      public void accept(Fact fact) {
        books.accept(fact);
        checker.accept(fact);
      }

      @Override
      public boolean isViolated() {
        return checker.isViolated();
      }

      @Override
      public CheckReport report() {
        return checker.report();
      }
    };
  }
}
