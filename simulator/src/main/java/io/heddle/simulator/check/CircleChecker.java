package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Judges {@link Anomaly#G1C}. */
final class CircleChecker implements Checker {
  private static final int SHOWN = 6;
  private static final String WRITE_ORDER = "order of writes";

  private final Findings findings = new Findings(Anomaly.G1C);
  private final CheckSettings settings;
  private final TransactionEnds ends = new TransactionEnds();
  private final Places<Fact.Sent> written = new Places<>();
  private final List<Fact.Polled> reads = new ArrayList<>();
  private final List<Fact.OffsetSent> offsets = new ArrayList<>();

  private record Progress(String group, TopicPartition partition) {}

  CircleChecker(CheckSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    ends.accept(fact);
    written.cutOff(fact);
    if (fact instanceof Fact.Sent sent
        && sent.outcome() == Fact.Outcome.OK
        && !sent.transaction().isEmpty()) {
      written.put(sent.partition(), sent.offset(), sent);
    } else if (fact instanceof Fact.Polled polled && !polled.transaction().isEmpty()) {
      reads.add(polled);
    } else if (fact instanceof Fact.OffsetSent sent) {
      offsets.add(sent);
    } else if (fact instanceof Fact.RunEnded end) {
      judge(end);
    }
  }

  private void judge(Fact.RunEnded end) {
    TransactionGraph readsOfWrites = new TransactionGraph();
    reads.forEach(read -> read(readsOfWrites, read));
    offsets(readsOfWrites);
    findings.judged(readsOfWrites.size());
    List<List<TransactionGraph.Edge>> circles = readsOfWrites.circles();
    circles.forEach(circle -> violated(circle, end));
    TransactionGraph all = new TransactionGraph();
    readsOfWrites.edges().forEach(all::add);
    writes(all);
    for (List<TransactionGraph.Edge> circle : all.circles()) {
      boolean byReads = circle.stream().noneMatch(TransactionGraph.Edge::ofWrites);
      if (byReads && !circles.isEmpty()) {
        continue;
      }
      if (settings.writesInOrder()) {
        violated(circle, end);
      } else if (circles.isEmpty()) {
        findings.excused(WRITE_ORDER);
      }
    }
  }

  private void read(TransactionGraph graph, Fact.Polled read) {
    Fact.Sent sent = written.get(read.partition(), read.offset());
    if (sent != null) {
      depends(graph, sent, read.transaction(), read, false);
    }
  }

  /** In their order, each reads from where the last committed one of its group had got to. */
  private void offsets(TransactionGraph graph) {
    Map<Progress, Long> progress = new LinkedHashMap<>();
    for (Fact.OffsetSent sent : offsets) {
      Progress place = new Progress(sent.group(), sent.partition());
      long from = progress.getOrDefault(place, 0L);
      if (ends.isCommitted(sent.transaction()) && from < sent.offset()) {
        progress.put(place, sent.offset());
        written
            .of(sent.partition())
            .subMap(from, true, sent.offset(), false)
            .values()
            .forEach(write -> depends(graph, write, sent.transaction(), sent, false));
      }
    }
  }

  private void writes(TransactionGraph graph) {
    for (TopicPartition partition : written.partitions()) {
      Fact.Sent before = null;
      for (Fact.Sent sent : written.of(partition).values()) {
        if (ends.isCommitted(sent.transaction())) {
          if (before != null) {
            depends(graph, before, sent.transaction(), sent, true);
          }
          before = sent;
        }
      }
    }
  }

  private void depends(
      TransactionGraph graph, Fact.Sent on, String transaction, Fact.OfClient by, boolean writes) {
    if (!on.transaction().equals(transaction)
        && ends.isCommitted(on.transaction())
        && ends.isCommitted(transaction)) {
      graph.add(new TransactionGraph.Edge(on.transaction(), transaction, on, by, writes));
    }
  }

  private void violated(List<TransactionGraph.Edge> circle, Fact.RunEnded end) {
    List<TransactionGraph.Edge> shown = circle.subList(0, Math.min(SHOWN, circle.size()));
    String path =
        shown.stream()
            .map(
                edge ->
                    "%s %s %s"
                        .formatted(
                            edge.to(),
                            edge.ofWrites() ? "writes after" : "reads what was written by",
                            edge.from()))
            .collect(Collectors.joining(", "));
    List<Fact> facts = new ArrayList<>();
    for (TransactionGraph.Edge edge : shown) {
      facts.add(edge.write());
      facts.add(edge.by());
    }
    findings.violated(
        "a circle of %d transactions: %s%s"
            .formatted(circle.size(), path, shown.size() < circle.size() ? ", …" : ""),
        end,
        Findings.timeline(facts.toArray(new Fact[0])));
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
