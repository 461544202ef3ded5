package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Smaller scenarios made of one, to be tried in this order. Not thread-safe. */
final class Variants {
  private final Scenario scenario;
  private final List<Scenario> variants = new ArrayList<>();

  Variants(Scenario scenario) {
    this.scenario = scenario;
  }

  /** What the variants are made of. */
  Scenario scenario() {
    return scenario;
  }

  /** Adds a variant, unless it is the scenario itself or its parts do not fit together. */
  void add(Supplier<Scenario> maker) {
    Scenario variant;
    try {
      variant = maker.get();
    } catch (IllegalArgumentException impossible) {
      return;
    }
    if (!variant.equals(scenario) && !variants.contains(variant)) {
      variants.add(variant);
    }
  }

  /** Adds a variant for each of the values. */
  <T> void addAll(List<T> values, Function<T, Scenario> maker) {
    values.forEach(value -> add(() -> maker.apply(value)));
  }

  /** Adds variants without parts of a list: without all of it, a half, a quarter, … one item. */
  <T> void without(List<T> items, Function<List<T>, Scenario> maker) {
    for (int length = items.size(); length > 0; length = length == 1 ? 0 : (length + 1) / 2) {
      for (int from = 0; from < items.size(); from += length) {
        List<T> rest = new ArrayList<>(items);
        rest.subList(from, Math.min(items.size(), from + length)).clear();
        add(() -> maker.apply(rest));
      }
    }
  }

  /** Adds variants with one item of a list replaced. */
  <T> void replacing(
      List<T> items, Function<T, List<Supplier<T>>> others, Function<List<T>, Scenario> maker) {
    for (int i = 0; i < items.size(); i++) {
      int index = i;
      for (Supplier<T> other : others.apply(items.get(i))) {
        add(
            () -> {
              List<T> replaced = new ArrayList<>(items);
              replaced.set(index, other.get());
              return maker.apply(replaced);
            });
      }
    }
  }

  List<Scenario> list() {
    return variants;
  }
}
