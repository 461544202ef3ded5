package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each transaction has ended, as far as its producer knows. */
final class TransactionEnds {
  private final Map<String, Fact.TransactionEnded> ends = new LinkedHashMap<>();

  void accept(Fact fact) {
    if (fact instanceof Fact.TransactionEnded end) {
      Fact.TransactionEnded before = ends.get(end.transaction());
      // Whoever tries again learns more; nobody unlearns.
      if (before == null || before.outcome() == Fact.Outcome.UNKNOWN) {
        ends.put(end.transaction(), end);
      }
    }
  }

  /** The end, or null if there is none yet. */
  Fact.@Nullable TransactionEnded end(String transaction) {
    return ends.get(transaction);
  }

  /** Whether it was committed for sure. What is in no transaction counts as committed. */
  boolean isCommitted(String transaction) {
    return transaction.isEmpty() || has(transaction, Fact.Outcome.OK);
  }

  boolean isAborted(String transaction) {
    return has(transaction, Fact.Outcome.FAILED);
  }

  private boolean has(String transaction, Fact.Outcome outcome) {
    Fact.TransactionEnded end = ends.get(transaction);
    return end != null && end.outcome() == outcome;
  }
}
