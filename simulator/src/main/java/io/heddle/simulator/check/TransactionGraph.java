package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which transaction depends on which, and the circles in that. */
final class TransactionGraph {
  private final Map<String, Map<String, Edge>> outgoing = new LinkedHashMap<>();
  private int size;

  /** {@code to} depends on {@code from}, as the two facts show. */
  record Edge(String from, String to, Fact.Sent write, Fact.OfClient by, boolean ofWrites) {}

  /** Adds a dependency, if these two have none yet. */
  void add(Edge edge) {
    Edge before =
        outgoing
            .computeIfAbsent(edge.from(), absent -> new LinkedHashMap<>())
            .putIfAbsent(edge.to(), edge);
    size += before == null ? 1 : 0;
  }

  int size() {
    return size;
  }

  Collection<Edge> edges() {
    return outgoing.values().stream().flatMap(each -> each.values().stream()).toList();
  }

  /**
   * For each set of transactions that all depend on each other the shortest circle through the
   * first of them.
   */
  List<List<Edge>> circles() {
    Map<String, Integer> components = components();
    List<List<Edge>> circles = new ArrayList<>();
    Map<Integer, Boolean> done = new LinkedHashMap<>();
    for (String node : outgoing.keySet()) {
      Integer component = components.get(node);
      if (component == null || done.containsKey(component)) {
        continue;
      }
      List<Edge> circle = shortest(node, components, component);
      if (circle != null) {
        done.put(component, Boolean.TRUE);
        circles.add(circle);
      }
    }
    return circles;
  }

  private @Nullable List<Edge> shortest(
      String start, Map<String, Integer> components, int component) {
    Map<String, Edge> reachedBy = new LinkedHashMap<>();
    Deque<String> next = new ArrayDeque<>();
    next.add(start);
    while (!next.isEmpty()) {
      String node = next.remove();
      for (Edge edge : outgoing.getOrDefault(node, Map.of()).values()) {
        Integer there = components.get(edge.to());
        if (there == null || there != component || reachedBy.containsKey(edge.to())) {
          continue;
        }
        reachedBy.put(edge.to(), edge);
        if (edge.to().equals(start)) {
          return path(start, reachedBy);
        }
        next.add(edge.to());
      }
    }
    return null;
  }

  private static List<Edge> path(String start, Map<String, Edge> reachedBy) {
    Deque<Edge> path = new ArrayDeque<>();
    String node = start;
    do {
      Edge edge = reachedBy.get(node);
      if (edge == null) {
        throw new AssertionError("no way back from " + node);
      }
      path.push(edge);
      node = edge.from();
    } while (!node.equals(start));
    return new ArrayList<>(path);
  }

  /** Tarjan's strongly connected components, without recursion: a chain can be very long. */
  private Map<String, Integer> components() {
    Map<String, Integer> index = new LinkedHashMap<>();
    Map<String, Integer> low = new LinkedHashMap<>();
    Map<String, Integer> component = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>();
    for (String root : outgoing.keySet()) {
      if (index.containsKey(root)) {
        continue;
      }
      Deque<Visit> visits = new ArrayDeque<>();
      visits.push(visit(root, index, low, open));
      while (!visits.isEmpty()) {
        Visit visit = visits.element();
        String child = visit.next();
        if (child == null) {
          visits.pop();
          close(visit.node, index, low, component, open);
          if (!visits.isEmpty()) {
            low.merge(visits.element().node, low.getOrDefault(visit.node, 0), Math::min);
          }
        } else if (!index.containsKey(child)) {
          visits.push(visit(child, index, low, open));
        } else if (!component.containsKey(child)) {
          low.merge(visit.node, index.getOrDefault(child, 0), Math::min);
        }
      }
    }
    return component;
  }

  private Visit visit(
      String node, Map<String, Integer> index, Map<String, Integer> low, Deque<String> open) {
    int number = index.size();
    index.put(node, number);
    low.put(node, number);
    open.push(node);
    return new Visit(node, new ArrayDeque<>(outgoing.getOrDefault(node, Map.of()).keySet()));
  }

  private static void close(
      String node,
      Map<String, Integer> index,
      Map<String, Integer> low,
      Map<String, Integer> component,
      Deque<String> open) {
    if (!Objects.equals(low.get(node), index.get(node))) {
      return;
    }
    int number = component.size();
    String member;
    do {
      member = open.pop();
      component.put(member, number);
    } while (!member.equals(node));
  }

  /** A transaction, and what depends on it and was not looked at yet. */
  private static final class Visit {
    private final String node;
    private final Deque<String> children;

    Visit(String node, Deque<String> children) {
      this.node = node;
      this.children = children;
    }

    @Nullable String next() {
      return children.poll();
    }
  }
}
