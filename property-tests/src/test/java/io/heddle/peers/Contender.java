package io.heddle.peers;

import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Heal;
import io.heddle.scenarios.model.Limits;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.run.Peer;
import io.heddle.scenarios.run.PeerTask;
import io.heddle.scenarios.run.Repetition;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import io.heddle.scenarios.run.Swarms;
import io.heddle.simulator.choice.SeededChoices;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Who is put to the scenarios, and how. */
enum Contender {
  /** Heddle's engine, in virtual time. */
  HEDDLE("Heddle's engine, as the scenario sets it up", false),
  /** The same on the computer's clock, as a control for those that cannot be had otherwise. */
  HEDDLE_REALTIME("the same in real time, as Parallel Consumer is run", true),
  /** A poll loop on a plain consumer, in virtual time. */
  POLL_LOOP(
      "a loop that polls, works on one record after the other, and commits each batch; with"
          + " outputs, in a transaction each",
      false),
  /** Parallel Consumer as it comes. */
  PARALLEL_CONSUMER(
      "Confluent Parallel Consumer 0.5.3.3, ordered by key, commits asynchronous; with outputs,"
          + " transactional",
      true),
  /** Parallel Consumer with commits that it waits for. */
  PARALLEL_CONSUMER_SYNC("the same with synchronous commits", true);

  private static final Duration LONGEST_IN_REAL_TIME = Duration.ofMinutes(5);

  /** For who works on one record at a time, where the scenario thinks of many: slow is no fault. */
  private static final Duration FOR_THE_SLOW = Duration.ofMinutes(10);

  /** And for who minds what else the computer does. */
  private static final Duration IN_REAL_TIME = Duration.ofSeconds(30);

  /** So that no batch takes longer than transactions and times between polls may. */
  private static final String FEW_RECORDS = "20";

  private final String description;
  private final boolean realTime;

  Contender(String description, boolean realTime) {
    this.description = description;
    this.realTime = realTime;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String description() {
    return description;
  }

  boolean inRealTime() {
    return realTime;
  }

  boolean isHeddle() {
    return this == HEDDLE || this == HEDDLE_REALTIME;
  }

  /** Why the scenario cannot be run on it, if it cannot. */
  Optional<String> refusal(Scenario scenario) {
    if (realTime && scenario.heal().at().compareTo(LONGEST_IN_REAL_TIME) > 0) {
      return Optional.of("takes " + scenario.heal().at().toHours() + " h of real time");
    }
    if (this == PARALLEL_CONSUMER_SYNC && scenario.engine().exactlyOnce().isPresent()) {
      return Optional.of("commits in transactions");
    }
    if (!isHeddle() && scenario.engine().work().outputs().isPresent()) {
      return Optional.of("answers nothing");
    }
    if (!isHeddle()
        && (scenario.engine().work().onFailure().isPresent()
            || !scenario.engine().work().patience().limits().isEmpty())) {
      return Optional.of("gives no record up");
    }
    return Optional.empty();
  }

  /** Whether it does all that the seed draws of the scenario. */
  boolean does(Scenario scenario, long seed) {
    return refusal(Swarms.draw(scenario, new SeededChoices(seed))).isEmpty();
  }

  /**
   * What the run of this seed broke, the first first. In virtual time, what fails is run again.
   *
   * @param again whether to run again what passes, too
   * @param trace told each line of the trace, if somebody wants them
   */
  List<Violation> run(
      Scenario scenario, long seed, boolean again, Optional<Consumer<String>> trace) {
    try {
      RunResult result = once(scenario, seed, trace);
      if (realTime || (!again && result.violations().isEmpty())) {
        return result.violations();
      }
      String hash = Optional.ofNullable(result.traceHash()).orElseThrow();
      return Repetition.check(
              hash, lines -> Optional.ofNullable(once(scenario, seed, lines).traceHash()))
          .map(List::of)
          .orElse(result.violations());
    } catch (Exception brokenOff) {
      return List.of(new Violation("broke-off", brokenOff.toString(), 0, List.of()));
    }
  }

  private RunResult once(Scenario scenario, long seed, Optional<Consumer<String>> trace)
      throws Exception {
    Scenario fitting = fitting(Swarms.draw(scenario, new SeededChoices(seed)));
    Queue<ParallelConsumerPeer> made = new ConcurrentLinkedQueue<>();
    RunOptions options = RunOptions.DEFAULT.withoutCoverage();
    if (!isHeddle()) {
      options = options.withPeer(task -> peer(task, made));
    }
    if (trace.isPresent()) {
      options = options.withTrace(trace.get());
    }
    try {
      return realTime
          ? ScenarioRunner.simulateInRealTime(fitting, seed, options)
          : ScenarioRunner.simulate(fitting, seed, options);
    } finally {
      made.forEach(ParallelConsumerPeer::kill);
    }
  }

  private Peer peer(PeerTask task, Queue<ParallelConsumerPeer> made) {
    if (this == POLL_LOOP) {
      return task.makesOutputs() ? new TransactionalLoop(task) : new PollLoop(task);
    }
    ParallelConsumerPeer peer =
        new ParallelConsumerPeer(
            task,
            this == PARALLEL_CONSUMER
                ? CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS
                : CommitMode.PERIODIC_CONSUMER_SYNC);
    made.add(peer);
    return peer;
  }

  /**
   * The scenario as far as it can be asked of this one: invariants alone, no others than the engine
   * with a store and with interjections, and as long in real time as in virtual.
   */
  private Scenario fitting(Scenario drawn) {
    List<String> invariants =
        drawn.expect().invariants().stream()
            .filter(name -> isHeddle() || !name.equals("store"))
            .toList();
    Scenario judged = drawn.withExpect(new Expect(Expect.PASSED, invariants, List.of(), List.of()));
    if (!isHeddle()) {
      Engine engine = judged.engine();
      judged =
          judged.withEngine(
              engine
                  .withStore(Optional.empty())
                  .withWork(engine.work().withInterjections(Optional.empty())));
    }
    return realTime ? inTime(judged) : this == POLL_LOOP ? slow(judged) : judged;
  }

  private static Scenario inTime(Scenario scenario) {
    Scenario longer = longer(scenario, IN_REAL_TIME);
    Limits limits = longer.limits();
    return longer.withLimits(new Limits(limits.virtual(), limits.virtual(), limits.events()));
  }

  private static Scenario slow(Scenario scenario) {
    Group group = scenario.group();
    TreeMap<String, String> config = new TreeMap<>(group.config());
    config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, FEW_RECORDS);
    return longer(scenario, FOR_THE_SLOW).withGroup(group.withConfig(config));
  }

  private static Scenario longer(Scenario scenario, Duration more) {
    Limits limits = scenario.limits();
    Heal heal = scenario.heal();
    return scenario
        .withLimits(new Limits(limits.virtual().plus(more), limits.wall(), 10 * limits.events()))
        .withHeal(new Heal(heal.at(), heal.within().plus(more)));
  }
}
