package io.heddle.scenarios.model;

import java.util.List;

/**
 * A header of a workload's records.
 *
 * @param values one of them is drawn for each record, each as likely as any other
 * @param share of the records that have it at all
 */
public record RecordHeader(String name, List<String> values, double share) {
  private static final int MOST = 1_000;
  private static final int LONGEST = 249;

  /** Copies; refuses a header without a name or values, and one that no record has. */
  public RecordHeader {
    values = List.copyOf(values);
    Require.line("name", name);
    Require.that(!name.isBlank(), "name must not be blank");
    Require.that(
        name.length() <= LONGEST,
        "name must have at most " + LONGEST + " characters, has " + name.length());
    Require.that(
        !values.isEmpty() && values.size() <= MOST,
        "one-of must have 1 to " + MOST + " values, has " + values.size());
    values.forEach(value -> Require.text("one-of", value));
    Require.distinct("one-of", values);
    Require.that(
        share > 0 && share <= 1, "share must be more than 0%, was " + Units.formatShare(share));
  }

  /** Whether nothing is drawn: each record has the same. */
  public boolean isConstant() {
    return values.size() == 1 && share == 1;
  }

  /** The same with the first value only, of all records. */
  public RecordHeader constant() {
    return new RecordHeader(name, values.subList(0, 1), 1);
  }
}
