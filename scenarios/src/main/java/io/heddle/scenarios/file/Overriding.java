package io.heddle.scenarios.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays the fields of one file over those of another: mappings become one, field by field, and
 * everything else takes the place of what was there, lists as a whole. A field that is null takes
 * what was there away. The order of the lower file stays; what it does not have comes behind.
 */
final class Overriding {
  /** Of a law one field is given. Two laws are two values, not the parts of one. */
  static final Set<String> AS_A_WHOLE =
      Set.of("network.request", "network.response", "handler.service", "handler.slow");

  private static final List<String> SEEDS = List.of("seed", "seeds");

  private Overriding() {}

  static Node.Mapping merge(Node.Mapping lower, Node.Mapping upper) {
    boolean seeded = upper.entries().stream().anyMatch(entry -> SEEDS.contains(entry.key()));
    Node.Mapping below = lower;
    if (seeded) {
      for (String name : SEEDS) {
        below = below.without(name);
      }
    }
    return merge(below, upper, "");
  }

  private static Node.Mapping merge(Node.Mapping lower, Node.Mapping upper, String path) {
    Map<String, Node.Entry> merged = new LinkedHashMap<>();
    lower.entries().forEach(entry -> merged.put(entry.key(), entry));
    for (Node.Entry entry : upper.entries()) {
      Node.@Nullable Entry below = merged.get(entry.key());
      if (below == null) {
        merged.put(entry.key(), entry);
      } else if (entry.value() instanceof Node.Scalar scalar && scalar.isNull()) {
        merged.remove(entry.key());
      } else {
        String at = path.isEmpty() ? entry.key() : path + "." + entry.key();
        merged.put(
            entry.key(),
            new Node.Entry(entry.key(), entry.keyPlace(), over(below.value(), entry.value(), at)));
      }
    }
    return new Node.Mapping(upper.place(), new ArrayList<>(merged.values()));
  }

  private static Node over(Node lower, Node upper, String path) {
    return lower instanceof Node.Mapping below
            && upper instanceof Node.Mapping above
            && !AS_A_WHOLE.contains(path)
        ? merge(below, above, path)
        : upper;
  }
}
