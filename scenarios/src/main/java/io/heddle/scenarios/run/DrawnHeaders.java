package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.scenarios.model.RecordHeader;
import io.heddle.simulator.choice.Choices;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/** Draws the headers of one workload's records. */
final class DrawnHeaders {
  /** One of them. */
  record Drawn(String name, String value) {
    void addTo(Headers headers) {
      headers.add(name, value.getBytes(UTF_8));
    }
  }

  private final List<RecordHeader> headers;
  private final Choices.Stream chance;

  DrawnHeaders(List<RecordHeader> headers, Choices.Stream chance) {
    this.headers = headers;
    this.chance = chance;
  }

  /** Those of the next record. */
  List<Drawn> next() {
    List<Drawn> drawn = new ArrayList<>(headers.size());
    for (RecordHeader header : headers) {
      if (header.share() == 1 || chance.unit() < header.share()) {
        int values = header.values().size();
        int which = values == 1 ? 0 : (int) chance.below(values);
        drawn.add(new Drawn(header.name(), header.values().get(which)));
      }
    }
    return drawn;
  }
}
