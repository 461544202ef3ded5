package io.heddle.campaign;

import java.util.List;

/** A long run of many cases, started by the command {@code property-tests/campaign}. */
public interface Campaign {
  /** The word by which the command calls it. */
  String name();

  /** What it understands, besides {@code --format}. */
  List<Option> options();

  /**
   * Runs it to its end.
   *
   * @throws Arguments.Misuse if a value is a word that it does not know
   */
  Outcome run(Arguments arguments) throws Arguments.Misuse;
}
