package io.heddle.simulator.fault;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.Barrier;
import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The faults of a run, each named and counted:
 *
 * <pre>
 *   faults.on(ApiKey.OFFSET_COMMIT).from("m2").nth(3).then(applyThenDrop());
 *   faults.at(Duration.ofSeconds(10)).then(pauseClient("m1", Duration.ofSeconds(60)));
 * </pre>
 *
 * <p>{@link Faults} has what can happen. A fault that never happened tests nothing: {@link
 * #unfired} tells of them. Not thread-safe: whoever has the turn uses it.
 */
public final class FaultPlan {
  /** How long to wait before something is tried again that could not happen. */
  private static final Duration AGAIN = Duration.ofMillis(50);

  private final SimulatedKafka kafka;
  private final Choices.Stream times;
  private final Choices.Stream chances;
  private final Map<String, Fault> faults = new LinkedHashMap<>();
  private final Set<Barrier> barriers = new LinkedHashSet<>();
  private boolean healed;
  private @Nullable SwarmProfile swarm;

  private FaultPlan(SimulatedKafka kafka) {
    this.kafka = kafka;
    this.times = kafka.choices("faults.times");
    this.chances = kafka.choices("faults.chances");
  }

  /** A plan without faults; its faults happen to this Kafka and its clients. */
  public static FaultPlan of(SimulatedKafka kafka) {
    return new FaultPlan(kafka);
  }

  /**
   * Draws which kinds of faults there are, of those that are added from now on, and how much of
   * each: a kind that is absent never happens, one that is rare has lower probabilities and longer
   * periods. The same seed has the same profile.
   */
  public SwarmProfile swarm() {
    SwarmProfile drawn = SwarmProfile.draw(kafka::choices);
    swarm = drawn;
    return drawn;
  }

  /** A fault that happens when something else has: a record is completed, a partition revoked. */
  public FactFault when(Predicate<Fact> fact) {
    return new FactFault(this, fact);
  }

  /** A fault that befalls requests of this API. */
  public RequestFault on(ApiKey api) {
    return new RequestFault(this, api);
  }

  /**
   * A fault that happens that long after the start of the run. In real time a slow computer may
   * have let the time pass: then it happens at once.
   */
  public TimedFault at(Duration time) {
    long now = kafka.simulation().nanoTime();
    if (time.toNanos() < now && !kafka.simulation().isRealTime()) {
      throw new IllegalArgumentException(
          "at " + time + " after the start of the run is over, it is " + Duration.ofNanos(now));
    }
    return new TimedFault(this, time, Duration.ZERO, Duration.ZERO);
  }

  /**
   * A fault that happens again and again.
   *
   * @param period from now to the first time, and from each time to the next
   * @param jitter by how much each may be longer or shorter; less than {@code period}
   */
  public RepeatedFault every(Duration period, Duration jitter) {
    if (period.isNegative()
        || period.isZero()
        || jitter.isNegative()
        || jitter.compareTo(period) >= 0) {
      throw new IllegalArgumentException(
          "period must be positive and jitter shorter, were " + period + " and " + jitter);
    }
    return new RepeatedFault(this, period, jitter);
  }

  /** A barrier at which {@link Faults#hold} holds requests. */
  public Barrier barrier() {
    Barrier barrier = new Barrier(kafka.simulation(), "barrier " + (barriers.size() + 1));
    barriers.add(barrier);
    return barrier;
  }

  /** All faults of the plan, in the order in which they were added. */
  public List<Fault> faults() {
    return List.copyOf(faults.values());
  }

  /** The faults that should have happened, but have not. */
  public List<Fault> unfired() {
    return faults.values().stream().filter(Fault::unfired).toList();
  }

  /**
   * Stops all faults: rules strike no more, what was to come does not come, barriers are open,
   * networks whole and clocks right. A pause that has begun runs out, and who has crashed stays so.
   */
  public void heal() {
    if (healed) {
      return;
    }
    healed = true;
    faults.values().forEach(Fault::heal);
    barriers.forEach(Barrier::open);
    kafka.mend();
    kafka.record(new Fact.Healed(kafka.simulation().nanoTime()));
  }

  /** The wanted name, or one made of the label. */
  String name(String wanted, String label) {
    return wanted.isEmpty() ? label + " #" + (faults.size() + 1) : wanted;
  }

  /** How much of this kind there is to be. */
  double weight(String kind) {
    SwarmProfile profile = swarm;
    return profile == null ? 1 : profile.weight(kind);
  }

  /** A fault that is counted by hand. */
  Fault fault(String name, String kind, boolean mayNotFire) {
    Fault fault = new Fault(name, mayNotFire, null);
    add(fault);
    if (weight(kind) == 0) {
      fault.leaveOut();
    }
    return fault;
  }

  /** Draws for faults that follow what happens, by chance. */
  Choices.Stream chances() {
    return chances;
  }

  void listen(Consumer<Fact> listener) {
    kafka.listen(listener);
  }

  /** Lets it happen as the next thing. */
  void soon(Fault fault, TimedAction action) {
    var unused = kafka.simulation().after(0, null, () -> happen(fault, action));
  }

  void add(Fault fault) {
    if (healed) {
      throw new IllegalStateException("the plan has been healed: no more faults");
    }
    if (faults.putIfAbsent(fault.name(), fault) != null) {
      throw new IllegalArgumentException("there are two faults with the name " + fault.name());
    }
  }

  void add(FaultRule rule, Verdict verdict) {
    if (verdict instanceof Verdict.Hold hold) {
      barriers.add(hold.barrier());
    }
    kafka.add(rule);
  }

  void at(Duration time, Fault fault, TimedAction action) {
    long delay = time.toNanos() - kafka.simulation().nanoTime();
    var unused = kafka.simulation().after(delay, null, () -> happen(fault, action));
  }

  void repeat(Duration period, Duration jitter, Duration until, Fault fault, TimedAction action) {
    long width = jitter.toNanos();
    long off = width == 0 ? 0 : times.below(2 * width + 1) - width;
    long delay = period.toNanos() + off;
    if (kafka.simulation().nanoTime() + delay < until.toNanos()) {
      var unused =
          kafka
              .simulation()
              .after(
                  delay,
                  null,
                  () -> {
                    happen(fault, action);
                    repeat(period, jitter, until, fault, action);
                  });
    }
  }

  void happen(Fault fault, TimedAction action) {
    if (healed || fault.isLeftOut()) {
      return;
    }
    String obstacle = action.act().apply(kafka);
    if (obstacle.equals(TimedAction.DONE)) {
      fault.happened();
    } else {
      fault.failed(obstacle);
      if (fault.isPatient()) {
        var unused = kafka.simulation().after(AGAIN.toNanos(), null, () -> happen(fault, action));
      }
    }
  }
}
