package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Looks up which topics the patterns of consumer groups stand for: beside the heartbeats, all
 * patterns of a group at once, and not more often than every ten seconds.
 */
final class RegexResolution {
  private static final long MIN_INTERVAL_MS = 10_000;

  /** What a heartbeat does to a member's pattern. */
  enum Change {
    NONE,
    /** It has another one, which has yet to be looked up. */
    UNRESOLVED,
    /** It has another one that is looked up already, or none any more. */
    RESOLVED
  }

  private final Groups groups;
  private final Topics topics;
  private final ConsumerGroupSettings settings;
  private final Surroundings surroundings;

  RegexResolution(
      Groups groups, Topics topics, ConsumerGroupSettings settings, Surroundings surroundings) {
    this.groups = groups;
    this.topics = topics;
    this.settings = settings;
    this.surroundings = surroundings;
  }

  /**
   * What changes.
   *
   * @throws Refused if the new pattern is none
   */
  Change change(ConsumerGroup group, ConsumerMember before, ConsumerMember now) {
    if (now.regex().equals(before.regex())) {
      return Change.NONE;
    }
    if (!now.subscribesByRegex()) {
      return Change.RESOLVED;
    }
    if (group.subscribed().subscribersOf(now.regex()) == 0) {
      check(now.regex());
      return Change.UNRESOLVED;
    }
    return group.resolved().containsKey(now.regex()) ? Change.RESOLVED : Change.UNRESOLVED;
  }

  private static void check(String regex) {
    String fault = Re2.faultOf(regex).orElse("");
    if (!fault.isEmpty()) {
      throw new Refused(
          ErrorCode.INVALID_REGULAR_EXPRESSION,
          "SubscribedTopicRegex `" + regex + "` is not a valid regular expression: " + fault + ".");
    }
  }

  /**
   * Looks the group's patterns up, soon, if there is a reason to.
   *
   * @param added whether the member brings a pattern that the group does not have
   * @param wanted the group's patterns with that
   */
  void resolveIfDue(ConsumerGroup group, boolean added, Set<String> wanted) {
    boolean none = !added && group.subscribed().regexes().isEmpty();
    if (none || wanted.isEmpty() || group.resolving()) {
      return;
    }
    ResolvedRegex last = group.resolved().values().stream().findFirst().orElse(null);
    long now = surroundings.wallMillis();
    if (last != null && now <= last.timeMs() + MIN_INTERVAL_MS) {
      return;
    }
    boolean due =
        added
            || last == null
            || wanted.size() != group.resolved().size()
            || last.version() < topics.everCreated()
            || now > last.timeMs() + settings.regexRefreshIntervalMs();
    if (due) {
      Set<String> regexes = new TreeSet<>(wanted);
      group.resolving(true);
      int reading = group.readings();
      var unused =
          surroundings.after(
              0,
              () -> {
                if (group.readings() != reading) {
                  return;
                }
                group.resolving(false);
                groups
                    .findConsumer(group.groupId())
                    .ifPresent(found -> takeIn(found, lookUp(regexes)));
              });
    }
  }

  private Map<String, ResolvedRegex> lookUp(Set<String> regexes) {
    Map<String, ResolvedRegex> found = new TreeMap<>();
    for (String regex : regexes) {
      Pattern pattern = Pattern.compile(regex);
      Set<String> names = new TreeSet<>();
      topics.all().stream()
          .map(Topic::name)
          .filter(name -> pattern.matcher(name).matches())
          .forEach(names::add);
      found.put(regex, new ResolvedRegex(names, topics.everCreated(), surroundings.wallMillis()));
    }
    return found;
  }

  private void takeIn(ConsumerGroup group, Map<String, ResolvedRegex> found) {
    group.noteTopics();
    boolean changed = false;
    for (Map.Entry<String, ResolvedRegex> each : found.entrySet()) {
      if (group.subscribed().subscribersOf(each.getKey()) == 0) {
        continue;
      }
      ResolvedRegex before = group.resolved().get(each.getKey());
      Set<String> topicsBefore = before == null ? Set.of() : before.topics();
      changed |= !topicsBefore.equals(each.getValue().topics());
      group.resolve(each.getKey(), each.getValue());
    }
    Map<String, Subscribed.Shape> shapes = group.subscribed().shapes(topics);
    if (changed || !shapes.equals(group.shapes())) {
      group.beginEpoch(group.epoch() + 1, shapes);
      group.refreshed();
    }
  }
}
