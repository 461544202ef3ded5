package io.heddle.simulator;

import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.SimCluster;
import io.heddle.simulator.check.FactFormat;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.client.ClientContext;
import io.heddle.simulator.core.ClockSkew;
import io.heddle.simulator.core.Limits;
import io.heddle.simulator.core.Schedule;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Latency;
import io.heddle.simulator.network.SimNetwork;
import io.heddle.simulator.trace.FactHash;
import io.heddle.simulator.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka cluster in memory, with clients, in virtual time: what happens in it depends on the seed
 * and on nothing else.
 *
 * <p>{@link #run} executes a body in the simulation. Everything else is called from inside: by the
 * body, and by the threads and tasks that it starts through a {@link SimulatedProcess}. One object
 * is one run.
 */
public final class SimulatedKafka {
  private final Simulation simulation;
  private final Choices choices;
  private final SimCluster cluster;
  private final SimNetwork network;
  private final Trace trace;
  private final Consumer<Fact> facts;
  private final Processes processes;
  private final ProcessControl control;
  private final List<Consumer<Fact>> factListeners = new ArrayList<>();

  private SimulatedKafka(Builder builder) {
    this.choices = builder.choices;
    this.simulation =
        builder.realTime
            ? Simulation.realTime(choices, builder.limits)
            : new Simulation(choices, builder.limits, builder.schedule);
    this.trace = new Trace(builder.traceListener);
    Consumer<Fact> listener = builder.factListener;
    this.facts =
        fact -> {
          trace.event(fact.atNanos(), "-", "fact", FactHash.of(fact), () -> FactFormat.line(fact));
          listener.accept(fact);
          if (!factListeners.isEmpty()) {
            // Whoever listens may begin to listen to more.
            List.copyOf(factListeners).forEach(each -> each.accept(fact));
          }
        };
    this.cluster =
        new SimCluster(
            builder.cluster,
            new ClusterSurroundings(simulation, choices, builder.markerDelay, facts));
    this.network =
        new SimNetwork(
            simulation,
            choices,
            trace,
            builder.requestLatency,
            builder.replyLatency,
            new ClusterEntrance(cluster));
    this.processes =
        new Processes(
            process ->
                new SimulatedProcess(
                    new ClientContext(
                        simulation, process, network, choices, facts, builder.cluster.brokers())));
    this.control = new ProcessControl(simulation, trace, facts, processes);
  }

  /** One broker, latencies around a millisecond, and this seed. */
  public static SimulatedKafka withSeed(long seed) {
    return builder(seed).build();
  }

  /** One broker on the computer's clock, for applications whose threads cannot be handed in. */
  public static RealTimeKafka realTime(long seed) {
    return RealTimeKafka.withSeed(seed);
  }

  /** To choose more than a seed. */
  public static Builder builder(long seed) {
    return new Builder(new SeededChoices(seed));
  }

  /** To decide everything by other means than a seed. */
  public static Builder builder(Choices choices) {
    return new Builder(choices);
  }

  /**
   * Runs the body in the simulation, and ends everything else when it returns. At its end the
   * cluster is checked for consistency.
   *
   * @throws io.heddle.simulator.core.SimulationFailure if the simulation could not go on: it
   *     stalled, ran into a limit, or a thread blocked outside of it
   */
  public <T> T run(Callable<T> body) throws Exception {
    return simulation.run(
        () -> {
          T result = body.call();
          cluster.checkConsistency();
          return result;
        });
  }

  /** The same for a body without a result. */
  public void run(Body body) throws Exception {
    Boolean done =
        run(
            () -> {
              body.run();
              return Boolean.TRUE;
            });
    java.util.Objects.requireNonNull(done);
  }

  /** Something to do that may throw. */
  @FunctionalInterface
  public interface Body {
    /** Does it. */
    void run() throws Exception;
  }

  /** The brokers, past the protocol: to create topics at once, and to see what is really there. */
  public SimCluster cluster() {
    return cluster;
  }

  /** Decisions for a purpose of the test's own, as much a function of the seed as all others. */
  public Choices.Stream choices(String purpose) {
    return choices.stream(purpose);
  }

  /** Virtual time and threads. */
  public Simulation simulation() {
    return simulation;
  }

  /** Creates a topic at once. */
  public void createTopic(String name, int partitions) {
    cluster.createTopic(name, partitions);
  }

  /**
   * Creates a topic at once.
   *
   * @param configs Kafka's names and values; what is not said is the cluster's default
   */
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    cluster.createTopic(name, partitions, configs);
  }

  /**
   * The living process of that name, begun by the first call; all of it is paused or crashes. Of
   * several it is the one that began last.
   */
  public SimulatedProcess process(String name) {
    return processes.get(name);
  }

  /** The living processes of that name, in the order in which they began. */
  public List<SimulatedProcess> living(String name) {
    return processes.living(name);
  }

  /** The names of the processes that there have been, in the order of their first lives. */
  public List<String> processes() {
    return processes.names();
  }

  /** Starts the next life of a process that has crashed. */
  public SimulatedProcess restart(String name) {
    return processes.restart(name);
  }

  /**
   * Starts the next life of a process beside the one that lives, as a deployment does that forgets
   * to stop the old one. What befalls the name from then on befalls every life of it.
   *
   * @throws IllegalStateException if none of that name lives
   */
  public SimulatedProcess twin(String name) {
    return control.twin(name);
  }

  /** A consumer in the process {@code app}. */
  public <K, V> org.apache.kafka.clients.consumer.Consumer<K, V> consumer(
      Map<String, Object> properties) {
    return process("app").consumer(properties);
  }

  /** A producer in the process {@code app}. */
  public <K, V> org.apache.kafka.clients.producer.Producer<K, V> producer(
      Map<String, Object> properties) {
    return process("app").producer(properties);
  }

  /** An admin client in the process {@code app}. */
  public Admin admin(Map<String, Object> properties) {
    return process("app").admin(properties);
  }

  /** Adds a fault that befalls requests. */
  public void add(FaultRule rule) {
    network.add(rule);
  }

  /** Holds a process for that long, as a long garbage collection would. */
  public void pause(String name, Duration duration) {
    control.pause(name, duration);
  }

  /** Ends every life of a process there and then, without a goodbye to anybody. */
  public void crash(String name) {
    control.crash(name);
  }

  /** Ends this life there and then, without a goodbye to anybody. */
  public void crash(SimulatedProcess life) {
    control.crash(life);
  }

  /** Wakes up the process's consumers that have a group; false if none of them is open. */
  public boolean wakeUp(String name) {
    return control.wakeUp(name);
  }

  /** Sets a process's wall clock; it stays so when the process starts again. */
  public void skewClock(String name, ClockSkew skew) {
    control.skewClock(name, skew);
  }

  /** Cuts a process off from a broker for that long: what either sends is lost, unnoticed. */
  public void isolate(String name, int broker, Duration duration) {
    control.note("isolate", process(name), duration.toMillis());
    network.isolate(name, broker, duration.toNanos());
  }

  /** Ends the cut between the process and the broker; false if there is none. */
  public boolean rejoin(String name, int broker) {
    return network.rejoin(name, broker);
  }

  /** Ends a broker there and then: connections to it break, and it is missed after its session. */
  public void crashBroker(int broker) {
    note("crash-broker", broker);
    cluster.operations().crashBroker(broker);
    network.breakConnections(broker);
  }

  /** Lets a broker hand its partitions over and go; connections to it break. */
  public void shutDownBroker(int broker) {
    note("shut-down-broker", broker);
    cluster.operations().shutDownBroker(broker);
    network.breakConnections(broker);
  }

  /** Starts a broker again; after a crash it comes back when its session is over. */
  public void startBroker(int broker) {
    note("start-broker", broker);
    cluster.operations().startBroker(broker);
  }

  private void note(String what, int broker) {
    trace.event(simulation.nanoTime(), "-", what, broker, () -> "broker=" + broker);
  }

  /**
   * Ends what {@link #isolate}, {@link #skewClock} and slow markers began, and starts brokers that
   * are not there.
   */
  public void mend() {
    cluster.operations().releaseMarkers();
    cluster.operations().startAll();
    network.mend();
    processes.mendClocks();
  }

  /** Makes a group rebalance; false if there is nobody in it or it rebalances already. */
  public boolean forceRebalance(String group) {
    return cluster.forceRebalance(group);
  }

  /** Tells of every fact from now on. */
  public void listen(Consumer<Fact> listener) {
    factListeners.add(listener);
  }

  /** Takes down a fact, as if it had happened in here. */
  public void record(Fact fact) {
    facts.accept(fact);
  }

  /** The hash of everything that has happened so far. */
  public String traceHash() {
    return trace.hash();
  }

  /** Chooses what a simulated Kafka is like. Not thread-safe. */
  public static final class Builder {
    private static final Duration LEAST = Duration.ofNanos(300_000);
    private static final Duration MOST = Duration.ofMillis(2);

    private final Choices choices;
    private ClusterSettings cluster = ClusterSettings.defaults();
    private Limits limits = Limits.DEFAULT;
    private Schedule schedule = Schedule.UNIFORM;
    private Latency requestLatency = Latency.uniform(LEAST, MOST);
    private Latency replyLatency = Latency.uniform(LEAST, MOST);
    private Latency markerDelay = Latency.uniform(LEAST, MOST);
    private Consumer<Fact> factListener = fact -> {};
    private @Nullable Consumer<String> traceListener;
    private boolean realTime;

    private Builder(Choices choices) {
      this.choices = choices;
    }

    /** How the brokers are set up. */
    public Builder cluster(ClusterSettings settings) {
      this.cluster = settings;
      return this;
    }

    /** When to give the run up. */
    public Builder limits(Limits value) {
      this.limits = value;
      return this;
    }

    /** In which order happens what is due at the same time; in real time the machine decides. */
    public Builder schedule(Schedule value) {
      this.schedule = value;
      return this;
    }

    /** How long requests and replies are on their way. */
    public Builder latency(Latency request, Latency reply) {
      this.requestLatency = request;
      this.replyLatency = reply;
      return this;
    }

    /** How long the marker that ends a transaction is on its way to each partition. */
    public Builder markerDelay(Latency delay) {
      this.markerDelay = delay;
      return this;
    }

    /** Who is told each fact as it happens, checkers for example. */
    public Builder facts(Consumer<Fact> listener) {
      this.factListener = listener;
      return this;
    }

    /** Who is told each line of the trace. */
    public Builder trace(Consumer<String> listener) {
      this.traceListener = listener;
      return this;
    }

    /** Time is the computer's own, and begins when it is built; any thread may come inside. */
    public Builder inRealTime() {
      this.realTime = true;
      return this;
    }

    /** The simulated Kafka, at time zero. */
    public SimulatedKafka build() {
      return new SimulatedKafka(this);
    }
  }
}
