package io.heddle.simulator.broker;

import java.util.Optional;

/** Kafka's rules for the names of topics. */
final class TopicNames {
  private static final int MAX_LENGTH = 249;

  private TopicNames() {}

  /** What is wrong with the name, if anything is. */
  static Optional<String> faultOf(String name) {
    if (name.isEmpty()) {
      return Optional.of("Topic name is invalid: the empty string is not allowed");
    }
    if (name.equals(".") || name.equals("..")) {
      return Optional.of("Topic name is invalid: '" + name + "' is not allowed");
    }
    if (name.length() > MAX_LENGTH) {
      return Optional.of(
          "Topic name is invalid: the length of '"
              + name
              + "' is longer than the max allowed length "
              + MAX_LENGTH);
    }
    if (!name.chars().allMatch(TopicNames::isLegal)) {
      return Optional.of(
          "Topic name is invalid: '"
              + name
              + "' contains one or more characters other than "
              + "ASCII alphanumerics, '.', '_' and '-'");
    }
    return Optional.empty();
  }

  /** Whether the names are the same to Kafka's metrics, which know no difference of '.' and '_'. */
  static boolean collide(String one, String other) {
    return one.replace('.', '_').equals(other.replace('.', '_'));
  }

  private static boolean isLegal(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
