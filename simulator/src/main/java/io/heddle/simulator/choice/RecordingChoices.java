package io.heddle.simulator.choice;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Passes decisions on from other choices and remembers them. */
public final class RecordingChoices implements Choices {
  private final Choices source;
  private final Map<String, Stream> streams = new HashMap<>();
  private final TreeMap<String, Recording.Draws> drawn = new TreeMap<>();

  /** Records what {@code source} decides. */
  public RecordingChoices(Choices source) {
    this.source = source;
  }

  @Override
  public Stream stream(String purpose) {
    return streams.computeIfAbsent(
        purpose,
        name -> {
          Stream from = source.stream(name);
          Recording.Draws draws = new Recording.Draws();
          drawn.put(name, draws);
          return bound -> {
            long value = from.below(bound);
            draws.add(value, bound);
            return value;
          };
        });
  }

  /** What has been decided so far; later decisions are added to it. */
  public Recording recording() {
    return new Recording(drawn);
  }
}
