package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Judges {@link Anomaly#DUPLICATE}. */
final class DuplicateChecker implements Checker {
  private final Findings findings = new Findings(Anomaly.DUPLICATE);
  private final Map<Value, Copies> values = new LinkedHashMap<>();

  private record Value(String topic, String value) {}

  private static final class Copies {
    private final Map<String, Fact> places = new TreeMap<>();
    private int sends;
  }

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Sent sent) {
      Copies copies = copies(sent.partition().topic(), sent.value());
      copies.sends += sent.outcome() == Fact.Outcome.FAILED ? 0 : 1;
      if (sent.offset() >= 0) {
        copies.places.putIfAbsent(sent.partition() + "@" + sent.offset(), sent);
      }
    } else if (fact instanceof Fact.Polled polled) {
      copies(polled.partition().topic(), polled.value())
          .places
          .putIfAbsent(polled.partition() + "@" + polled.offset(), polled);
    } else if (fact instanceof Fact.Truncated cut) {
      cutOff(cut);
    } else if (fact instanceof Fact.RunEnded) {
      values.forEach(this::judge);
    }
  }

  private Copies copies(String topic, String value) {
    return values.computeIfAbsent(new Value(topic, value), absent -> new Copies());
  }

  /** What was cut off was there, but nobody gets it any more: who read it first may get a copy. */
  private void cutOff(Fact.Truncated cut) {
    for (Copies copies : values.values()) {
      copies
          .places
          .values()
          .removeIf(
              fact ->
                  fact instanceof Fact.Sent sent
                      ? sent.partition().equals(cut.partition()) && sent.offset() >= cut.endOffset()
                      : fact instanceof Fact.Polled polled
                          && polled.partition().equals(cut.partition())
                          && polled.offset() >= cut.endOffset());
    }
  }

  private void judge(Value value, Copies copies) {
    if (copies.sends == 0) {
      return;
    }
    findings.judged();
    if (copies.places.size() > copies.sends) {
      List<Fact> shown = new ArrayList<>(copies.places.values());
      findings.violated(
          "%s: %s was sent %s but is at %s"
              .formatted(
                  value.topic(),
                  value.value(),
                  copies.sends == 1 ? "once" : copies.sends + " times",
                  copies.places.keySet().stream().collect(Collectors.joining(" and "))),
          shown.get(shown.size() - 1),
          Findings.timeline(shown.toArray(new Fact[0])));
    }
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
