package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/** What the members of a consumer group subscribe to, by name and by pattern. */
record Subscribed(Collection<ConsumerMember> members, Map<String, ResolvedRegex> resolved) {
  /** What of a topic an assignment depends on. */
  record Shape(Uuid topicId, int partitions) {}

  int subscribersOf(String regex) {
    return (int) members.stream().filter(it -> it.regex().equals(regex)).count();
  }

  /** The patterns that someone subscribes to. */
  Set<String> regexes() {
    Set<String> regexes = new TreeSet<>();
    members.stream()
        .filter(ConsumerMember::subscribesByRegex)
        .forEach(member -> regexes.add(member.regex()));
    return regexes;
  }

  /** The topics that some member names or some pattern stands for, there or not. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    members.forEach(member -> names.addAll(member.topics()));
    Set<String> used = regexes();
    resolved.forEach(
        (regex, found) -> {
          if (used.contains(regex)) {
            names.addAll(found.topics());
          }
        });
    return names;
  }

  /** Those of the topics that are there. */
  Map<String, Shape> shapes(Topics topics) {
    Map<String, Shape> shapes = new TreeMap<>();
    for (String name : names()) {
      topics
          .find(name)
          .ifPresent(topic -> shapes.put(name, new Shape(topic.id(), topic.partitions().size())));
    }
    return shapes;
  }

  /** Whether all members subscribe to the same, in the same way. */
  boolean homogeneous() {
    Set<String> used = regexes();
    return homogeneous(resolved.keySet().stream().filter(used::contains).toList());
  }

  /** The same with the topics of patterns that nobody subscribes to any more. */
  boolean homogeneousWithUnused() {
    return homogeneous(resolved.keySet());
  }

  private boolean homogeneous(Collection<String> patterns) {
    Set<String> all = new TreeSet<>();
    boolean overlap = false;
    for (String pattern : patterns) {
      ResolvedRegex found = resolved.get(pattern);
      for (String topic : found == null ? Set.<String>of() : found.topics()) {
        overlap |= !all.add(topic);
      }
    }
    Set<String> regexes = regexes();
    if (regexes.isEmpty()) {
      members.forEach(member -> all.addAll(member.topics()));
      return members.stream().allMatch(member -> member.topics().equals(all));
    }
    String first = regexes.iterator().next();
    return !overlap
        && members.stream()
            .allMatch(member -> member.regex().equals(first) && member.topics().isEmpty());
  }

  /** The names that one member subscribes to, in the order in which Kafka walks them. */
  List<String> namesOf(ConsumerMember member) {
    List<String> named = HashOrder.copied(member.topics(), member.topics().size());
    ResolvedRegex found = resolved.get(member.regex());
    if (found == null || found.topics().isEmpty()) {
      return named;
    }
    List<String> matching = HashOrder.copied(found.topics(), found.topics().size());
    boolean moreNamed = named.size() > matching.size();
    Set<String> all = new LinkedHashSet<>(moreNamed ? named : matching);
    all.addAll(moreNamed ? matching : named);
    return new ArrayList<>(all);
  }

  /** The topics of those names that are there, in that order. */
  Set<Uuid> topicIdsOf(ConsumerMember member, Topics topics) {
    Set<Uuid> ids = new LinkedHashSet<>();
    namesOf(member).forEach(name -> topics.find(name).ifPresent(topic -> ids.add(topic.id())));
    return ids;
  }
}
