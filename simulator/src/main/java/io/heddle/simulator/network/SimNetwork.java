package io.heddle.simulator.network;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Carries requests to brokers and replies back, each after a drawn time, in order on each
 * connection, unless a fault rule says otherwise. As Kafka's does, a broker takes the next request
 * of a connection when it has answered the last one: what is asked behind a Fetch or a JoinGroup
 * that waits, waits with it. Rules are asked in the order in which they were added; the first that
 * strikes decides.
 */
public final class SimNetwork {
  /** Where requests arrive. */
  @FunctionalInterface
  public interface Brokers {
    /**
     * Handles a request; {@code reply} is called at most once, at once or later.
     *
     * @param givenUp whether its client has broken the connection off by now
     */
    void handle(
        Endpoint from, boolean givenUp, int broker, Request request, Consumer<Response> reply);

    /** Whether the broker is there; one that is not refuses connections. */
    default boolean isUp(int broker) {
      return true;
    }
  }

  // What the trace hashes of each API.
  private static final Map<ApiKey, Long> API_NUMBERS = new EnumMap<>(ApiKey.class);

  static {
    for (ApiKey api : ApiKey.values()) {
      API_NUMBERS.put(api, Trace.text(api.title()));
    }
  }

  private final Simulation simulation;
  private final Brokers brokers;
  private final Trace trace;
  private final Latency requestLatency;
  private final Latency replyLatency;
  private final Choices.Stream requestTimes;
  private final Choices.Stream replyTimes;
  private final Choices.Stream faultChoices;
  private final List<FaultRule> rules = new ArrayList<>();
  private final List<Cut> cuts = new ArrayList<>();
  private final Map<Integer, Map<Connection, Endpoint>> open = new TreeMap<>();

  /** A process and a broker that do not reach each other. */
  private record Cut(String process, int broker, long untilNanos) {}

  /** A network without faults. */
  public SimNetwork(
      Simulation simulation,
      Choices choices,
      Trace trace,
      Latency requestLatency,
      Latency replyLatency,
      Brokers brokers) {
    this.simulation = simulation;
    this.brokers = brokers;
    this.trace = trace;
    this.requestLatency = requestLatency;
    this.replyLatency = replyLatency;
    this.requestTimes = choices.stream("network.request");
    this.replyTimes = choices.stream("network.reply");
    this.faultChoices = choices.stream("faults");
  }

  /** Adds a rule; it is asked after those that are there. */
  public void add(FaultRule rule) {
    rules.add(rule);
  }

  /** The rules in the order in which they are asked. */
  public List<FaultRule> rules() {
    return List.copyOf(rules);
  }

  /**
   * Cuts a process off from a broker: what either sends is lost, without the other noticing, until
   * that much time has passed.
   */
  public void isolate(String process, int broker, long nanos) {
    cuts.add(new Cut(process, broker, simulation.nanoTime() + nanos));
  }

  /** Ends the cut between the process and the broker; false if there is none. */
  public boolean rejoin(String process, int broker) {
    long now = simulation.nanoTime();
    boolean cut =
        cuts.stream()
            .anyMatch(
                it -> it.broker == broker && it.process.equals(process) && now < it.untilNanos);
    cuts.removeIf(it -> it.broker == broker && it.process.equals(process));
    return cut;
  }

  /** All connections to the broker break: it is gone. Their clients learn of it. */
  public void breakConnections(int broker) {
    Map<Connection, Endpoint> broken = new LinkedHashMap<>(open.getOrDefault(broker, Map.of()));
    broken.forEach(
        (connection, from) -> {
          if (!connection.closed()) {
            breakOff(from, broker, connection);
          }
        });
  }

  /** Ends all cuts. */
  public void mend() {
    cuts.clear();
  }

  /**
   * Sends a request of a client that cannot be told of a broken connection.
   *
   * @param deliver called with the reply, as an event of the client's process; never called if the
   *     request or its reply is lost
   */
  public void send(Endpoint from, int broker, Request request, Consumer<Response> deliver) {
    Runnable unused =
        send(
            from,
            broker,
            request,
            deliver,
            () -> {
              throw new UnsupportedOperationException(
                  "Verdict.Disconnect is not modelled by client "
                      + from.clientId()
                      + ": it is not told of broken connections");
            });
  }

  /**
   * Sends a request.
   *
   * @param deliver called with the reply, as an event of the client's process; never called if the
   *     request or its reply is lost
   * @param disconnected called instead, as an event of the client's process, if the connection
   *     breaks first; the next request to this broker then takes a new one
   * @return what to run when the client gives the request up: that breaks its connection off, and
   *     with it every other request on it that has not been answered
   */
  public Runnable send(
      Endpoint from,
      int broker,
      Request request,
      Consumer<Response> deliver,
      Runnable disconnected) {
    if (from.process().crashed()) {
      // The application's own clean-up still runs, as its threads end, but is heard by nobody.
      return () -> {};
    }
    long now = simulation.nanoTime();
    Exchange exchange = new Exchange(now, from.process(), from.clientId(), broker, request);
    Verdict verdict = verdict(exchange);
    note(exchange, "send", "");
    Flight flight = new Flight(exchange, from, from.to(broker), deliver, disconnected);
    Connection connection = flight.connection();
    long number = connection.sent(flight);
    open.computeIfAbsent(broker, id -> new LinkedHashMap<>()).putIfAbsent(connection, from);
    Runnable giveUp = () -> abandon(from, broker, connection);
    if (verdict instanceof Verdict.DropRequest) {
      connection.sever();
    }
    if (connection.severed() || severed(exchange)) {
      note(exchange, "lost-request", "");
      return giveUp;
    }
    long extra = verdict instanceof Verdict.Delay delay ? delay.by().nanos(faultChoices) : 0;
    long at = now + requestLatency.nanos(simulation.pace(connection.actor(), requestTimes)) + extra;
    arriveAt(at, flight, number, verdict);
    if (verdict instanceof Verdict.Duplicate) {
      arriveAt(at, flight, number, verdict);
    }
    return giveUp;
  }

  private void abandon(Endpoint from, int broker, Connection connection) {
    from.forget(broker, connection);
    open.getOrDefault(broker, new LinkedHashMap<>()).remove(connection);
    connection.abandon().forEach(abandoned -> abandoned.disconnected().run());
  }

  private void arriveAt(long nanos, Flight flight, long number, Verdict verdict) {
    Connection connection = flight.connection();
    simulation.after(
        connection.requestAt(nanos) - simulation.nanoTime(),
        null,
        connection.actor(),
        () -> connection.arrive(() -> arrive(flight, number, verdict)));
  }

  private void arrive(Flight flight, long number, Verdict verdict) {
    if (verdict instanceof Verdict.Hold hold) {
      note(flight.exchange(), "held", "");
      hold.barrier()
          .hold(
              () -> {
                note(flight.exchange(), "released", "");
                handle(flight, number, verdict);
              });
    } else {
      handle(flight, number, verdict);
    }
  }

  private void handle(Flight flight, long number, Verdict verdict) {
    Exchange exchange = flight.exchange();
    Connection connection = flight.connection();
    if (connection.closed() || severed(exchange)) {
      note(exchange, "lost-request", "");
      over(connection);
      return;
    }
    if (!brokers.isUp(exchange.broker())) {
      note(exchange, "refused", "");
      disconnect(flight);
      over(connection);
      return;
    }
    if (verdict instanceof Verdict.Fail fail) {
      reply(flight, number, exchange.request().refusal(fail.error()));
      over(connection);
      return;
    }
    boolean lost =
        verdict instanceof Verdict.ApplyThenDrop || verdict instanceof Verdict.Disconnect;
    brokers.handle(
        flight.from(),
        connection.givenUp(),
        exchange.broker(),
        exchange.request(),
        response -> {
          if (lost) {
            connection.silence();
            note(exchange, "lost-reply", "");
          } else {
            if (verdict instanceof Verdict.Throttle throttle) {
              flight
                  .from()
                  .throttle(
                      exchange.broker(), simulation.nanoTime() + throttle.by().nanos(faultChoices));
            }
            reply(flight, number, response);
          }
          over(connection);
        });
    if (!exchange.request().isAnswered()) {
      over(connection);
    }
    if (verdict instanceof Verdict.Disconnect) {
      disconnect(flight);
    }
  }

  /** A request is answered, or will not be; whoever answers does not deal with the next one too. */
  private void over(Connection connection) {
    if (connection.over()) {
      simulation.after(0, null, connection.actor(), connection::next);
    }
  }

  private void disconnect(Flight flight) {
    breakOff(flight.from(), flight.exchange().broker(), flight.connection());
  }

  private void breakOff(Endpoint from, int broker, Connection connection) {
    connection.close();
    long now = simulation.nanoTime();
    simulation.after(
        connection.replyAt(
                now + replyLatency.nanos(simulation.pace(connection.actor(), replyTimes)))
            - now,
        from.process(),
        connection.actor(),
        () -> {
          trace.event(
              simulation.nanoTime(),
              from.process().toString(),
              "disconnected",
              broker,
              () -> from.clientId() + " broker=" + broker);
          abandon(from, broker, connection);
        });
  }

  private Verdict verdict(Exchange exchange) {
    for (FaultRule rule : rules) {
      if (rule.strikes(exchange, faultChoices)) {
        note(exchange, "fault", rule.name());
        if (rule.verdict() instanceof Verdict.Perform perform) {
          simulation.after(0, null, () -> perform.action().accept(exchange));
        }
        return rule.verdict();
      }
    }
    return new Verdict.Pass();
  }

  private boolean severed(Exchange exchange) {
    long now = simulation.nanoTime();
    String process = exchange.process().member().name();
    for (Cut cut : cuts) {
      if (now < cut.untilNanos()
          && cut.broker() == exchange.broker()
          && cut.process().equals(process)) {
        return true;
      }
    }
    return false;
  }

  private void reply(Flight flight, long number, Response response) {
    Exchange exchange = flight.exchange();
    Connection connection = flight.connection();
    if (connection.closed() || connection.silenced() || severed(exchange)) {
      note(exchange, "lost-reply", "");
      return;
    }
    long now = simulation.nanoTime();
    simulation.after(
        connection.replyAt(
                now + replyLatency.nanos(simulation.pace(connection.actor(), replyTimes)))
            - now,
        exchange.process(),
        connection.actor(),
        () -> {
          if (severed(exchange) || !connection.answered(number)) {
            note(exchange, "lost-reply", "");
            return;
          }
          trace.event(
              simulation.nanoTime(),
              exchange.process().toString(),
              "reply",
              number(exchange),
              () -> exchange.clientId() + " " + Summary.of(response));
          flight.deliver().accept(response);
        });
  }

  private static long number(Exchange exchange) {
    return Objects.requireNonNull(API_NUMBERS.get(exchange.request().api()));
  }

  private void note(Exchange exchange, String what, String rule) {
    trace.event(
        simulation.nanoTime(),
        exchange.process().toString(),
        what,
        number(exchange) + exchange.broker(),
        () ->
            exchange.clientId()
                + " broker="
                + exchange.broker()
                + (rule.isEmpty() ? "" : " rule=" + rule)
                + " "
                + Summary.of(exchange.request()));
  }
}
