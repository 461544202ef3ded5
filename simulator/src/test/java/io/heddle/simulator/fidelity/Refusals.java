package io.heddle.simulator.fidelity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What the clients refuse by name, as their sources say it. */
final class Refusals {
  private static final Pattern CALL = Pattern.compile("Refusal\\s*\\.\\s*notModelled\\(");
  private static final Pattern CONSTANT = Pattern.compile("(\\w+Config)\\.(\\w+)");
  private static final String OPEN = "…";

  private Refusals() {}

  /** The names of what is refused in these sources (by file name), by client, in order. */
  static Map<String, Set<String>> of(Map<String, String> sources) {
    Map<String, Set<String>> refused = new TreeMap<>();
    sources.forEach(
        (file, source) -> {
          Matcher calls = CALL.matcher(source);
          while (calls.find()) {
            String argument = source.substring(calls.end(), closing(source, calls.end())).strip();
            refused
                .computeIfAbsent(client(file, argument), client -> new TreeSet<>())
                .add(name(argument));
          }
        });
    return refused;
  }

  private static String client(String file, String argument) {
    for (String client : List.of("Consumer", "Producer", "Admin")) {
      if (argument.startsWith("\"" + client + ".")
          || argument.startsWith(client + "Config.")
          || argument.startsWith(client + "ClientConfig.")) {
        return client;
      }
    }
    if (file.contains("Consumer")) {
      return "Consumer";
    }
    return file.contains("Producer") ? "Producer" : "Admin";
  }

  /** A concatenation with its constants filled in, and an ellipsis for what a run decides. */
  private static String name(String argument) {
    StringBuilder name = new StringBuilder();
    for (String operand : operands(argument)) {
      Matcher constant = CONSTANT.matcher(operand);
      if (operand.startsWith("\"")) {
        name.append(operand, 1, operand.length() - 1);
      } else if (constant.matches()) {
        name.append(value(constant.group(1), constant.group(2)));
      } else {
        name.append(OPEN);
      }
    }
    return name.toString();
  }

  private static List<String> operands(String argument) {
    List<String> operands = new ArrayList<>();
    boolean literal = false;
    int begin = 0;
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c == '"') {
        literal = !literal;
      } else if (c == '+' && !literal) {
        operands.add(argument.substring(begin, i).strip());
        begin = i + 1;
      }
    }
    operands.add(argument.substring(begin).strip());
    return operands;
  }

  private static String value(String type, String field) {
    Class<?> config =
        switch (type) {
          case "ConsumerConfig" -> ConsumerConfig.class;
          case "ProducerConfig" -> ProducerConfig.class;
          case "AdminClientConfig" -> AdminClientConfig.class;
          default -> throw new IllegalArgumentException("unknown configuration " + type);
        };
    try {
      return String.valueOf(config.getField(field).get(null));
    } catch (ReflectiveOperationException missing) {
      throw new IllegalArgumentException("no constant " + type + "." + field, missing);
    }
  }

  private static int closing(String source, int begin) {
    int depth = 1;
    boolean literal = false;
    for (int i = begin; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '"') {
        literal = !literal;
      } else if (!literal && c == '(') {
        depth++;
      } else if (!literal && c == ')' && --depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("a call without an end");
  }
}
