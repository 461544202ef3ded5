package io.heddle.rules;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collections whose order is not the same in each JVM, which a simulator must not iterate. */
final class CollectionRules {
  private static final String SIMULATOR = "simulator/src/main/java/io/heddle/simulator/";
  private static final String PLANTED = SIMULATOR + "Planted.java";
  private static final Pattern HASHED = Pattern.compile("\\bnew\\s+Hash(Map|Set)\\b");
  private static final Pattern LOOKED_UP =
      Pattern.compile("look(ed)?[ -]up.*only|only.*look(ed)?[ -]up");

  private CollectionRules() {}

  private static boolean isSimulator(SourceFile file) {
    return file.isMainOf("simulator");
  }

  static List<Rule> all() {
    return List.of(
        counted("Set.of", "\\bSet\\s*\\.\\s*of\\s*\\(", count -> count > 1, "a LinkedHashSet")
            .catching(PLANTED, "Set<String> s = Set.of(\"a\", \"b\");")
            .sparing(PLANTED, "Set<String> s = Set.of(); Set<String> t = Set.of(\"a\");")
            .sparing(PLANTED, "Set<State> s = EnumSet.of(State.A, State.B);"),
        counted("Map.of", "\\bMap\\s*\\.\\s*of\\s*\\(", count -> count > 2, "a LinkedHashMap")
            .catching(PLANTED, "Map<String, Integer> m = Map.of(\n  \"a\", 1, \"b\", 2);")
            .sparing(PLANTED, "Object m = Map.of(); Object n = Map.of(\"a\", f(1, 2));"),
        ban(
            "Map.ofEntries",
            "\\bMap\\s*\\.\\s*ofEntries\\b",
            "a LinkedHashMap",
            "= Map.ofEntries(e);"),
        ban(
            "copyOf without an order",
            "\\b(Set|Map)\\s*(\\.|::)\\s*copyOf\\b",
            "a LinkedHashSet or LinkedHashMap, unmodifiable",
            "= Set.copyOf(names);"),
        ban(
            "a collector without an order",
            "\\b(toSet|toUnmodifiableSet)\\s*\\(\\s*\\)|\\btoUnmodifiableMap\\s*\\(",
            "Collectors.toCollection(LinkedHashSet::new)",
            "= s.collect(Collectors.toSet());"),
        counted(
                "toMap without a map",
                "\\bCollectors\\s*\\.\\s*toMap\\s*\\(",
                count -> count < 4,
                "the variant with LinkedHashMap::new")
            .catching(PLANTED, "= s.collect(Collectors.toMap(A::k, A::v));")
            .sparing(PLANTED, "= Collectors.toMap(A::k, A::v, (a, b) -> a, LinkedHashMap::new);"),
        counted(
                "groupingBy without a map",
                "\\bgroupingBy\\s*\\(",
                count -> count < 3,
                "the variant with LinkedHashMap::new")
            .catching(PLANTED, "= s.collect(Collectors.groupingBy(A::k, toList()));")
            .sparing(PLANTED, "= Collectors.groupingBy(A::k, LinkedHashMap::new, toList());"),
        ban(
            "a collection keyed by identity or made for threads",
            "\\b(IdentityHashMap|WeakHashMap|ConcurrentHashMap|newKeySet)\\b",
            "a LinkedHashMap, owned by the event loop",
            "= new ConcurrentHashMap<>();"),
        hashed());
  }

  private static Rule ban(String name, String pattern, String instead, String planted) {
    return Rule.against(name, CollectionRules::isSimulator, pattern, instead)
        .catching(PLANTED, planted);
  }

  private static Rule counted(String name, String pattern, IntPredicate banned, String instead) {
    return new Rule(
        name,
        CollectionRules::isSimulator,
        Arguments.of(pattern, banned, name, instead),
        Map.of(),
        List.of(),
        List.of());
  }

  /** Hash collections are good for look-ups: whoever uses one says so, here or beside it. */
  private static Rule hashed() {
    String name = "a hash collection that may be iterated";
    return new Rule(
            name,
            CollectionRules::isSimulator,
            (file, findings) -> {
              Matcher matcher = HASHED.matcher(file.code());
              while (matcher.find()) {
                int line = file.lineAt(matcher.start());
                if (!saysLookUpOnly(file, line) && !saysLookUpOnly(file, line - 1)) {
                  findings.add(
                      line, name, "its linked variant, or a comment 'looked up only' beside it");
                }
              }
            },
            lookedUpOnly(),
            List.of(),
            List.of())
        .catching(PLANTED, "Map<String, String> m = new HashMap<>();")
        .catching(PLANTED, "Set<String> m = new HashSet<>();")
        .sparing(
            PLANTED,
            "/** Looked up by id only, never iterated. */\nMap<A, B> m = new HashMap<>();");
  }

  private static boolean saysLookUpOnly(SourceFile file, int line) {
    return line > 0
        && LOOKED_UP.matcher(file.lines().get(line - 1).toLowerCase(Locale.ROOT)).find();
  }

  private static Map<String, String> lookedUpOnly() {
    return Map.ofEntries(
        Map.entry(SIMULATOR + "choice/ReplayedChoices.java", "streams are found by name"),
        Map.entry(SIMULATOR + "choice/SeededChoices.java", "streams are found by name"),
        Map.entry(SIMULATOR + "choice/RecordingChoices.java", "streams are found by name"),
        Map.entry(SIMULATOR + "client/ConsumerSettings.java", "handed to ConsumerConfig, no more"),
        Map.entry(SIMULATOR + "client/ProducerSettings.java", "handed to ProducerConfig, no more"),
        Map.entry(SIMULATOR + "check/Ownership.java", "members and tenures are looked up"),
        Map.entry(SIMULATOR + "check/KeyOrderChecker.java", "epochs and keys are looked up"),
        Map.entry(SIMULATOR + "check/RecordLedger.java", "beside a list that has the order"),
        Map.entry(SIMULATOR + "check/CommitPrefixChecker.java", "reported offsets are looked up"),
        Map.entry(SIMULATOR + "check/DeliveryCounter.java", "offsets are looked up"),
        Map.entry(SIMULATOR + "check/PollLoopObserver.java", "lanes are looked up"));
  }
}
