package io.heddle.simulator.network;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries requests to brokers and replies back, each after a drawn time, in order on each
 * connection, unless a fault rule says otherwise. Rules are asked in the order in which they were
 * added; the first that strikes decides.
 */
public final class SimNetwork {
  /** Where requests arrive. */
  @FunctionalInterface
  public interface Brokers {
    /** Handles a request; {@code reply} is called at most once, at once or later. */
    void handle(Endpoint from, int broker, Request request, Consumer<Response> reply);
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
   * Sends a request.
   *
   * @param deliver called with the reply, as an event of the client's process; never called if the
   *     request or its reply is lost
   */
  public void send(Endpoint from, int broker, Request request, Consumer<Response> deliver) {
    if (from.process().crashed()) {
      // The application's own clean-up still runs, as its threads end, but is heard by nobody.
      return;
    }
    long now = simulation.nanoTime();
    Exchange exchange = new Exchange(now, from.process(), from.clientId(), broker, request);
    Verdict verdict = verdict(exchange);
    note(exchange, "send", "");
    Connection connection = from.to(broker);
    if (verdict instanceof Verdict.DropRequest) {
      note(exchange, "lost-request", "");
      return;
    }
    long extra = verdict instanceof Verdict.Delay delay ? delay.by().nanos(faultChoices) : 0;
    long at = connection.requestAt(now + requestLatency.nanos(requestTimes) + extra);
    simulation.after(
        at - now,
        null,
        () -> {
          if (verdict instanceof Verdict.Fail fail) {
            reply(exchange, connection, request.refusal(fail.error()), deliver);
            return;
          }
          boolean lost = verdict instanceof Verdict.ApplyThenDrop;
          brokers.handle(
              from,
              broker,
              request,
              response -> {
                if (lost) {
                  note(exchange, "lost-reply", "");
                } else {
                  reply(exchange, connection, response, deliver);
                }
              });
        });
  }

  private Verdict verdict(Exchange exchange) {
    for (FaultRule rule : rules) {
      if (rule.strikes(exchange, faultChoices)) {
        note(exchange, "fault", rule.name());
        return rule.verdict();
      }
    }
    return new Verdict.Pass();
  }

  private void reply(
      Exchange exchange, Connection connection, Response response, Consumer<Response> deliver) {
    long now = simulation.nanoTime();
    long at = connection.replyAt(now + replyLatency.nanos(replyTimes));
    simulation.after(
        at - now,
        exchange.process(),
        () -> {
          trace.event(
              simulation.nanoTime(),
              exchange.process().toString(),
              "reply",
              Trace.text(exchange.request().api().title()),
              () -> exchange.clientId() + " " + Summary.of(response));
          deliver.accept(response);
        });
  }

  private void note(Exchange exchange, String what, String rule) {
    trace.event(
        simulation.nanoTime(),
        exchange.process().toString(),
        what,
        Trace.text(exchange.request().api().title()) + exchange.broker(),
        () ->
            exchange.clientId()
                + " broker="
                + exchange.broker()
                + (rule.isEmpty() ? "" : " rule=" + rule)
                + " "
                + Summary.of(exchange.request()));
  }
}
