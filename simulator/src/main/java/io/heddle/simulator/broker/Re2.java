package io.heddle.simulator.broker;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The syntax of the patterns that Kafka's brokers read, which is RE2's; here they are Java's, as
 * far as RE2 has the same.
 */
final class Re2 {
  /** Look-around, atomic groups, possessive quantifiers, back references. */
  private static final Pattern NOT_IN_RE2 =
      Pattern.compile("\\(\\?<?[=!]|\\(\\?>|[*+?}]\\+|\\\\[1-9]|\\\\k<");

  private Re2() {}

  /** Why it is no pattern of RE2, if it is none. */
  static Optional<String> faultOf(String regex) {
    try {
      return NOT_IN_RE2.matcher(Pattern.compile(regex).pattern()).find()
          ? Optional.of("what RE2 does not know")
          : Optional.empty();
    } catch (PatternSyntaxException wrong) {
      return Optional.of(wrong.getDescription());
    }
  }
}
