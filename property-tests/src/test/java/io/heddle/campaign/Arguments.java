package io.heddle.campaign;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a campaign was told; only made of values that its options take. */
public final class Arguments {
  private static final Option FORMAT = new Option("--format", "text|json", Option.Kind.WORD, false);

  /** What is wrong with the command line, in one line. */
  public static final class Misuse extends Exception {
    private static final long serialVersionUID = 1;

    /** To be told as it is. */
    public Misuse(String message) {
      super(message);
    }
  }

  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /** Reads the words after the campaign's name. */
  static Arguments parse(Campaign campaign, List<String> words) throws Misuse {
    Map<String, Option> known = new LinkedHashMap<>();
    campaign.options().forEach(option -> known.put(option.name(), option));
    known.put(FORMAT.name(), FORMAT);
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      Option option = known.get(name);
      if (option == null) {
        throw new Misuse("unknown option " + name + "; usage: " + usage(campaign));
      }
      if (equals < 0 && ++i == words.size()) {
        throw new Misuse(name + " needs a value: " + option.usage());
      }
      String value = equals < 0 ? words.get(i) : word.substring(equals + 1);
      check(option, value);
      if (values.put(name, value) != null) {
        throw new Misuse(name + " is given twice");
      }
    }
    for (Option option : known.values()) {
      if (option.required() && !values.containsKey(option.name())) {
        throw new Misuse(option.name() + " is missing; usage: " + usage(campaign));
      }
    }
    return new Arguments(values);
  }

  static String usage(Campaign campaign) {
    return campaign.options().stream()
        .map(Option::usage)
        .collect(Collectors.joining(" ", "campaign " + campaign.name() + " ", " [--format json]"));
  }

  private static void check(Option option, String value) throws Misuse {
    if (option.equals(FORMAT) && !value.equals("json") && !value.equals("text")) {
      throw new Misuse("--format is text or json, not " + value);
    }
    if (option.kind() == Option.Kind.WORD) {
      return;
    }
    try {
      if (option.kind() == Option.Kind.COUNT && Long.parseLong(value) < 1) {
        throw new Misuse(option.name() + " is a whole number of at least 1, not " + value);
      }
      Long.parseLong(value);
    } catch (NumberFormatException notANumber) {
      throw new Misuse(option.name() + " is a whole number, not " + value);
    }
  }

  boolean json() {
    return word("--format").orElse("text").equals("json");
  }

  /** The seed that is given, else one drawn now. */
  public long seed() {
    return number("--seed").orElseGet(() -> (long) new SecureRandom().nextInt(Integer.MAX_VALUE));
  }

  /** The value of an option that has to be given. */
  public long count(String option) {
    return number(option)
        .orElseThrow(() -> new IllegalArgumentException(option + " is no required option"));
  }

  /** The value of a numeric option, if it is given. */
  public Optional<Long> number(String option) {
    return word(option).map(Long::parseLong);
  }

  /** The value of an option, if it is given. */
  public Optional<String> word(String option) {
    return Optional.ofNullable(values.get(option));
  }
}
