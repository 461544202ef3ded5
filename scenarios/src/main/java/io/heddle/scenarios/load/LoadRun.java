package io.heddle.scenarios.load;

import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Heal;
import io.heddle.scenarios.model.Limits;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Transactions;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One run under load: the scenario as it is then run, the load's profile and its measurements. */
public final class LoadRun {
  /** What was asked for beyond what can be done may still take a while afterwards. */
  private static final Duration BACKLOG = Duration.ofMinutes(1);

  /** How long the load waits at most until every partition has been assigned. */
  public static final Duration UNTIL_ALL_ARE_THERE = Duration.ofSeconds(30);

  private static final Duration SLACK = Duration.ofMinutes(1);
  private static final Duration ANY_TIME = Duration.ofDays(7);

  private final LoadPlan plan;
  private final Scenario scenario;
  private final List<Double> shares;
  private final LoadProfile profile;
  private final LoadRecorder recorder;

  private LoadRun(
      LoadPlan plan, Scenario scenario, List<Double> shares, LoadProfile profile, long millis) {
    this.plan = plan;
    this.scenario = scenario;
    this.shares = shares;
    this.profile = profile;
    this.recorder = new LoadRecorder(profile, millis);
  }

  /**
   * Puts a load on a scenario. Recorded traffic keeps its keys, its sizes and, in an open loop, its
   * distances, which become shorter or longer with the rate; after its last record comes the first.
   *
   * @param startMillis what the interval log says it began at
   * @throws IllegalArgumentException if neither the plan nor the scenario has a rate, or if a
   *     closed loop would wait for records of open transactions
   */
  public static LoadRun of(LoadPlan plan, Scenario scenario, long startMillis) {
    if (plan.isClosed() && transactions(scenario).findAny().isPresent()) {
      throw new IllegalArgumentException(
          "a closed loop waits for records, and those of an open transaction are not there to be"
              + " read: a workload of "
              + scenario.name()
              + " has transactions, so give a rate");
    }
    List<Double> rates = scenario.produce().stream().map(LoadRun::rate).toList();
    double own = rates.stream().mapToDouble(Double::doubleValue).sum();
    if (!plan.isClosed() && plan.rate().isEmpty() && own == 0) {
      throw new IllegalArgumentException(
          "a rate must be given: the workloads of " + scenario.name() + " have none");
    }
    boolean even = plan.isClosed() || rates.contains(0.0);
    List<Double> shares =
        rates.stream().map(rate -> even ? 1.0 / rates.size() : rate / own).toList();
    LoadProfile profile = LoadProfile.of(plan, plan.rate().orElse(own));
    return new LoadRun(plan, loaded(scenario, plan, profile), shares, profile, startMillis);
  }

  private static Stream<Transactions> transactions(Scenario scenario) {
    return scenario.produce().stream().flatMap(each -> each.transactions().stream());
  }

  /** A transaction that nobody ends holds up what is behind it until its time is over. */
  private static Duration backlog(Scenario scenario) {
    return transactions(scenario)
        .filter(each -> each.hanging() > 0)
        .map(each -> each.timeout().plus(BACKLOG))
        .max(Duration::compareTo)
        .orElse(BACKLOG);
  }

  private static double rate(Workload workload) {
    if (workload.arrival() instanceof Arrival.Uniform uniform) {
      return uniform.perSecond();
    }
    if (workload.arrival() instanceof Arrival.Replay replay) {
      return replay.perSecond();
    }
    return workload.arrival() instanceof Arrival.Poisson poisson ? poisson.perSecond() : 0;
  }

  /** The scenario whose workloads last as long as the load does, whatever they did before. */
  private static Scenario loaded(Scenario scenario, LoadPlan plan, LoadProfile profile) {
    Duration end = Duration.ofNanos(profile.endNanos());
    Duration over = end.plus(UNTIL_ALL_ARE_THERE);
    Heal heal = scenario.heal();
    Heal later = new Heal(longer(heal.at(), over), longer(heal.within(), backlog(scenario)));
    Limits limits =
        new Limits(
            longer(scenario.limits().virtual(), later.deadline().plus(SLACK)),
            ANY_TIME,
            Long.MAX_VALUE);
    List<Workload> workloads = new ArrayList<>();
    for (Workload workload : scenario.produce()) {
      Workload atOnce = workload.withStartAt(Duration.ZERO);
      workloads.add(
          workload.arrival() instanceof Arrival.Replay
              ? atOnce
              : atOnce.withArrival(new Arrival.Uniform(1)).withEnd(null, end));
    }
    // Limits before the time to heal, which must fit into them.
    Scenario loaded = scenario.withLimits(limits).withHeal(later).withProduce(workloads);
    return plan.checks() ? loaded : loaded.withExpect(unchecked(loaded.expect()));
  }

  /** That the run comes to its end is always judged: it costs nothing. */
  private static Expect unchecked(Expect expect) {
    return new Expect(Expect.PASSED, List.of("progress"), expect.thresholds(), expect.reached());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** How much load there is. */
  public LoadPlan plan() {
    return plan;
  }

  /** The scenario as it is run. */
  public Scenario scenario() {
    return scenario;
  }

  /** When how much is due. */
  public LoadProfile profile() {
    return profile;
  }

  /** Takes the measurements down. */
  public LoadRecorder recorder() {
    return recorder;
  }

  /** When the records of a workload of an open loop are due; a new one for each run. */
  public LoadProfile.Pace pace(int workload) {
    double share = shares.get(workload);
    return scenario.produce().get(workload).arrival() instanceof Arrival.Replay replay
            && !plan.poisson()
        ? LoadProfile.Pace.recorded(profile, share, replay.gaps())
        : new LoadProfile.Pace(profile, share, plan.poisson());
  }

  /** How many records are due, as far as that is known beforehand; 0 if it is not. */
  public long expected() {
    return plan.isClosed() ? 0 : (long) profile.phases().stream().mapToDouble(Phase::records).sum();
  }
}
