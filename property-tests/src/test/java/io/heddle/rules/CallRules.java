package io.heddle.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls that engine and simulator must not make: time, chance, threads and defaults. */
final class CallRules {
  private static final String RUNTIME = "engine/src/main/java/io/heddle/engine/EngineRuntime.java";
  private static final String CORE = "simulator/src/main/java/io/heddle/simulator/core/";
  private static final String PLANTED = "engine/src/main/java/Planted.java";
  private static final Map<String, String> SYSTEM_RUNTIME =
      Map.of(RUNTIME, "EngineRuntime.system() is where real time and threads come in");

  private static final Map<String, String> SIMULATED_REAL_TIME =
      Map.of(CORE + "RealTime.java", "the mode of the simulator that runs on the computer's clock");

  private CallRules() {}

  private static boolean isLogic(SourceFile file) {
    return file.isMainOf("engine") || file.isMainOf("simulator");
  }

  static List<Rule> all() {
    List<Rule> rules = new ArrayList<>();
    time(rules);
    chance(rules);
    threads(rules);
    defaults(rules);
    return rules;
  }

  private static Rule ban(String name, String pattern, String instead, String planted) {
    return Rule.against(name, CallRules::isLogic, pattern, instead)
        .catching(PLANTED, "class Planted {\n  void m() {\n    " + planted + "\n  }\n}\n")
        .sparing(PLANTED, "class Planted {\n  // " + planted + "\n}\n");
  }

  private static void time(List<Rule> rules) {
    rules.add(
        ban(
                "System.nanoTime",
                "\\bSystem\\s*(\\.|::)\\s*nanoTime\\b",
                "the monotonic LongSupplier that is handed in",
                "long t = System.nanoTime();")
            .catching(PLANTED, "LongSupplier s = System::nanoTime;")
            .allowing(SYSTEM_RUNTIME)
            .allowing(SIMULATED_REAL_TIME));
    rules.add(
        ban(
            "System.currentTimeMillis",
            "\\bSystem\\s*(\\.|::)\\s*currentTimeMillis\\b",
            "the Clock that is handed in",
            "long t = System.currentTimeMillis();"));
    rules.add(
        ban(
                "now() of the default clock",
                "\\b(Instant|LocalDate|LocalTime|LocalDateTime|ZonedDateTime|OffsetDateTime)"
                    + "\\s*(\\.\\s*now\\s*\\(\\s*\\)|::\\s*now\\b)",
                "the Clock that is handed in",
                "Object t = Instant.now();")
            .allowing(SIMULATED_REAL_TIME));
    rules.add(
        ban(
                "Clock.system*",
                "\\bClock\\s*(\\.|::)\\s*system\\w*",
                "the Clock that is handed in",
                "Clock c = Clock.systemUTC();")
            .allowing(SYSTEM_RUNTIME));
    rules.add(
        ban(
            "Thread.sleep",
            "\\bThread\\s*(\\.|::)\\s*sleep\\b",
            "a deadline, or Simulation.sleep",
            "Thread.sleep(1);"));
    rules.add(
        ban(
            "TimeUnit's sleep",
            "\\b(NANOSECONDS|MICROSECONDS|MILLISECONDS|SECONDS|MINUTES|HOURS|DAYS|unit)"
                + "\\s*\\.\\s*sleep\\s*\\(",
            "a deadline, or Simulation.sleep",
            "TimeUnit.SECONDS.sleep(1);"));
    rules.add(
        ban(
            "new Timer",
            "\\bnew\\s+(java\\.util\\.)?Timer\\s*\\(",
            "a deadline, or Simulation.after",
            "Timer t = new Timer(true);"));
  }

  private static void chance(List<Rule> rules) {
    Map<String, String> banned = new LinkedHashMap<>();
    banned.put("\\bnew\\s+(Secure|Splittable)?Random\\s*\\(", "Random r = new Random();");
    banned.put("\\bThreadLocalRandom\\b", "int i = ThreadLocalRandom.current().nextInt();");
    banned.put("\\bMath\\s*(\\.|::)\\s*random\\b", "double d = Math.random();");
    banned.put("\\bUUID\\s*(\\.|::)\\s*randomUUID\\b", "Object u = UUID.randomUUID();");
    banned.put("\\bUuid\\s*(\\.|::)\\s*randomUuid\\b", "Object u = Uuid.randomUuid();");
    banned.forEach(
        (pattern, planted) ->
            rules.add(
                ban(
                    planted.replaceAll(".*= |\\(.*", ""),
                    pattern,
                    "a stream of Choices, or an id that is handed in",
                    planted)));
  }

  private static void threads(List<Rule> rules) {
    String handedIn = "the executor or thread factory that is handed in";
    rules.add(
        ban(
            "a parallel stream",
            "\\.\\s*(parallelStream|parallel)\\s*\\(\\s*\\)",
            "a plain stream",
            "list.parallelStream();"));
    rules.add(
        ban(
            "ForkJoinPool.commonPool",
            "\\bForkJoinPool\\s*(\\.|::)\\s*commonPool\\b",
            handedIn,
            "Executor e = ForkJoinPool.commonPool();"));
    rules.add(
        ban(
                "Executors.new*",
                "\\bExecutors\\s*(\\.|::)\\s*new\\w+",
                handedIn,
                "Executor e = Executors.newCachedThreadPool();")
            .allowing(SYSTEM_RUNTIME));
    rules.add(
        ban(
                "a thread of its own",
                "\\bnew\\s+Thread\\s*\\(|\\bThread\\s*\\.\\s*(ofVirtual|ofPlatform|startVirtualThread)\\b",
                handedIn,
                "Thread t = new Thread(task);")
            .allowing(
                Map.of(
                    RUNTIME,
                    "EngineRuntime.system() is where real time and threads come in",
                    CORE + "Carriers.java",
                    "it makes the threads that carry simulated ones",
                    "simulator/src/main/java/io/heddle/simulator/junit/Session.java",
                    "somebody outside has to wait for a simulation while JUnit goes on")));
    rules.add(
        ban(
                "a wait outside the simulation",
                "\\b(CountDownLatch|CyclicBarrier|Phaser|Semaphore|LockSupport)\\b",
                "a Condition of a handed-in lock, or a WaitQueue",
                "new CountDownLatch(1).await();")
            .allowing(
                Map.of(
                    CORE + "SimThread.java", "it hands the turn from one real thread to the next",
                    CORE + "VirtualTime.java", "its run is waited for by a thread outside",
                    CORE + "Watchdog.java", "it watches in real time, from a thread outside")));
    rules.add(
        ban(
            "synchronized",
            "\\bsynchronized\\b",
            "one owner, a compare-and-set, or a handed-in lock",
            "synchronized (this) { count++; }"));
    rules.add(async());
  }

  private static Rule async() {
    String two =
        "\\b(supplyAsync|runAsync|thenApplyAsync|thenAcceptAsync|thenRunAsync|thenComposeAsync"
            + "|handleAsync|whenCompleteAsync|exceptionallyAsync|completeAsync)\\s*\\(";
    String three =
        "\\b(thenCombineAsync|thenAcceptBothAsync|runAfterBothAsync|applyToEitherAsync"
            + "|acceptEitherAsync|runAfterEitherAsync)\\s*\\(";
    String what = "an asynchronous stage on the common pool";
    String instead = "the variant with an executor";
    return new Rule(
            what,
            CallRules::isLogic,
            Arguments.of(two, count -> count < 2, what, instead)
                .andThen(Arguments.of(three, count -> count < 3, what, instead)),
            Map.of(),
            List.of(),
            List.of())
        .catching(PLANTED, "Object o = CompletableFuture.supplyAsync(() -> f(1, 2));")
        .catching(PLANTED, "Object o = a.thenCombineAsync(b, (x, y) -> x);")
        .sparing(PLANTED, "Object o = CompletableFuture.supplyAsync(() -> f(1, 2), executor);");
  }

  private static void defaults(List<Rule> rules) {
    rules.add(
        ban(
                "String.format without a locale",
                "\\bString\\s*\\.\\s*format\\s*\\(\\s*(?!(java\\.util\\.)?Locale\\b|\\s)",
                "String.format(Locale.ROOT, ...)",
                "String s = String.format(\"%d\", 1);")
            .sparing(PLANTED, "String s = String.format(\n    Locale.ROOT, \"%d\", 1);"));
    rules.add(
        ban(
            "getBytes in the default charset",
            "\\.\\s*getBytes\\s*\\(\\s*\\)|\\bString\\s*::\\s*getBytes\\b",
            "getBytes(StandardCharsets.UTF_8)",
            "byte[] b = text.getBytes();"));
    String decoded = "new String in the default charset";
    rules.add(
        new Rule(
                decoded,
                CallRules::isLogic,
                Arguments.of(
                    "\\bnew\\s+String\\s*\\(",
                    count -> count == 1,
                    decoded,
                    "new String(bytes, StandardCharsets.UTF_8)"),
                Map.of(),
                List.of(),
                List.of())
            .catching(PLANTED, "String s = new String(read(1, 2));")
            .sparing(PLANTED, "String s = new String(bytes, StandardCharsets.UTF_8);"));
  }
}
