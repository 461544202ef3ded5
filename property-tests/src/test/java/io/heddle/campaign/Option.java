package io.heddle.campaign;

/**
 * An option of a campaign; each takes one value.
 *
 * @param name with its dashes
 * @param value what its value is called in the usage line, for example {@code N}
 */
public record Option(String name, String value, Kind kind, boolean required) {
  /** What values it takes. */
  public enum Kind {
    /** A whole number, at least 1. */
    COUNT,
    /** Any whole number. */
    NUMBER,
    /** Any word. */
    WORD
  }

  /** How many cases to run; has to be given. */
  public static Option count(String name) {
    return new Option(name, "N", Kind.COUNT, true);
  }

  /** The seed from which all cases follow; drawn if it is not given. */
  public static Option seed() {
    return new Option("--seed", "S", Kind.NUMBER, false);
  }

  String usage() {
    String both = name + " " + value;
    return required ? both : "[" + both + "]";
  }
}
