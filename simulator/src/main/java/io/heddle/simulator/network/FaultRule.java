package io.heddle.simulator.network;

import io.heddle.simulator.choice.Choices;
import java.util.function.Predicate;

/**
 * A fault that befalls requests: which, how often, and what. Counts how many requests it could have
 * befallen and how many it did. Not thread-safe.
 */
public final class FaultRule {
  /** When a rule strikes, among the requests that match it. */
  public sealed interface Trigger {
    /** The same trigger with more or less of it by chance: 1 changes nothing. */
    default Trigger weighted(double weight) {
      if (weight <= 0) {
        return this;
      }
      if (this instanceof WithProbability chance) {
        return new WithProbability(Math.min(1, chance.probability * weight));
      }
      return this instanceof Every every
          ? new Every((int) Math.max(1, Math.round(every.n / weight)))
          : this;
    }

    /** The n-th match, counted from 1, and no other. */
    record Nth(int n) implements Trigger {
      /** Counts from 1. */
      public Nth {
        atLeastOne("nth", n);
      }
    }

    /** The first so many matches. */
    record Times(int count) implements Trigger {
      /** At least one. */
      public Times {
        atLeastOne("times", count);
      }
    }

    /** Every n-th match: with 3 the third, the sixth, and so on; with 1 all. */
    record Every(int n) implements Trigger {
      /** At least 1. */
      public Every {
        atLeastOne("every", n);
      }
    }

    /** Each match with this probability. */
    record WithProbability(double probability) implements Trigger {
      /** From 0 to 1. */
      public WithProbability {
        if (!(probability >= 0 && probability <= 1)) {
          throw new IllegalArgumentException("probability must be from 0 to 1, was " + probability);
        }
      }
    }

    /**
     * Whether it strikes the so many-th match, counted from 1; asked once for each.
     *
     * @param choices of chance, drawn from only where there is any
     */
    default boolean strikes(long match, Choices.Stream choices) {
      if (this instanceof Nth nth) {
        return match == nth.n;
      } else if (this instanceof Times times) {
        return match <= times.count;
      } else if (this instanceof Every every) {
        return match % every.n == 0;
      } else if (this instanceof WithProbability with) {
        return choices.chance(with.probability);
      }
      throw new AssertionError("unknown trigger " + this);
    }

    private static void atLeastOne(String field, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(field + " must be at least 1, was " + value);
      }
    }
  }

  private final String name;
  private final Predicate<Exchange> matches;
  private final Trigger trigger;
  private final Verdict verdict;
  private long matched;
  private long fired;
  private boolean healed;

  /** A rule; {@code name} is unique in a plan. */
  public FaultRule(String name, Predicate<Exchange> matches, Trigger trigger, Verdict verdict) {
    this.name = name;
    this.matches = matches;
    this.trigger = trigger;
    this.verdict = verdict;
  }

  /** Its name in reports. */
  public String name() {
    return name;
  }

  /** How often it struck. */
  public long fired() {
    return fired;
  }

  /** How many requests it could have struck. */
  public long matched() {
    return matched;
  }

  /** It strikes no more. */
  public void heal() {
    healed = true;
  }

  /** Whether it strikes this request. */
  boolean strikes(Exchange exchange, Choices.Stream choices) {
    if (healed || !matches.test(exchange)) {
      return false;
    }
    matched++;
    boolean strikes = trigger.strikes(matched, choices);
    if (strikes) {
      fired++;
    }
    return strikes;
  }

  Verdict verdict() {
    return verdict;
  }
}
