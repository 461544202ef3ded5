package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.scenarios.load.LoadProfile;
import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Recorded;
import io.heddle.scenarios.model.Workload;
import io.heddle.simulator.choice.Choices;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The records of one workload in the order in which they are due, made as they are asked for. */
final class PlannedRecords implements Iterator<PlannedRecords.Planned> {
  /** A record to be sent: when, and what. */
  record Planned(Payload payload, int size, List<DrawnHeaders.Drawn> headers) {
    /** As a producer takes it. */
    ProducerRecord<byte[], byte[]> forTopic(String topic) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, payload.key().getBytes(UTF_8), payload.encode(size));
      headers.forEach(each -> each.addTo(record.headers()));
      return record;
    }
  }

  private final Workload workload;
  private final int index;
  private final Keys.Sampler keys;
  private final Choices.Stream arrivals;
  private final Choices.Stream keyChoices;
  private final Choices.Stream sizes;
  private final DrawnHeaders headers;
  private final Optional<LoadProfile.Pace> pace;
  private long sequence;
  private double sinceStartNanos;

  PlannedRecords(Workload workload, int index, Choices choices, Optional<LoadProfile.Pace> pace) {
    this.pace = pace;
    this.workload = workload;
    this.index = index;
    this.keys = workload.keys().sampler();
    this.arrivals = choices.stream("workload.arrival." + index);
    this.keyChoices = choices.stream("workload.key." + index);
    this.sizes = choices.stream("workload.size." + index);
    this.headers = new DrawnHeaders(workload.headers(), choices.stream("workload.header." + index));
    advance();
  }

  @Override
  public boolean hasNext() {
    if (pace.isPresent()) {
      return sinceStartNanos < pace.get().endNanos();
    }
    if (workload.arrival() instanceof Arrival.Replay replay) {
      return sequence < replay.records().size();
    }
    Long count = workload.count();
    boolean more = count == null || sequence < count;
    return more && (workload.lasting() == null || sinceStartNanos < workload.lasting().toNanos());
  }

  @Override
  public Planned next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the workload has no more records");
    }
    Planned planned = nextAt(workload.startAt().toNanos() + (long) sinceStartNanos);
    advance();
    return planned;
  }

  /**
   * The next record, due at another time than the workload says; after the last one of recorded
   * traffic its first one again.
   */
  Planned nextAt(long dueNanos) {
    if (workload.arrival() instanceof Arrival.Replay replay) {
      Recorded recorded = replay.records().get((int) (sequence % replay.records().size()));
      Payload payload = new Payload(index, sequence, recorded.key(), dueNanos);
      sequence++;
      return new Planned(payload, recorded.size(), headers.next());
    }
    String key = Keys.name(keys.next(keyChoices::unit));
    int size = (int) Math.min(Integer.MAX_VALUE, workload.size().sample(sizes::unit));
    Payload payload = new Payload(index, sequence, key, dueNanos);
    Planned planned = new Planned(payload, size, headers.next());
    sequence++;
    return planned;
  }

  private void advance() {
    if (pace.isPresent()) {
      sinceStartNanos = pace.get().nextNanos(sequence, arrivals::unit);
      return;
    }
    Arrival arrival = workload.arrival();
    if (arrival instanceof Arrival.Uniform uniform) {
      sinceStartNanos = sequence * 1e9 / uniform.perSecond();
    } else if (arrival instanceof Arrival.Poisson poisson) {
      sinceStartNanos += -StrictMath.log1p(-arrivals.unit()) * 1e9 / poisson.perSecond();
    } else if (arrival instanceof Arrival.Burst || arrival instanceof Arrival.ClosedLoop) {
      sinceStartNanos = 0;
    } else if (arrival instanceof Arrival.Replay replay) {
      if (sequence < replay.records().size()) {
        sinceStartNanos += replay.records().get((int) sequence).gap().toNanos();
      }
    } else {
      throw new AssertionError("unknown arrival " + arrival);
    }
  }

  /** How many records the workload has, as far as that is known beforehand. */
  static long expected(Workload workload) {
    if (workload.arrival() instanceof Arrival.Replay replay) {
      return replay.records().size();
    }
    @Nullable Long count = workload.count();
    if (count != null) {
      return count;
    }
    double perSecond =
        workload.arrival() instanceof Arrival.Uniform uniform
            ? uniform.perSecond()
            : workload.arrival() instanceof Arrival.Poisson poisson ? poisson.perSecond() : 0;
    return workload.lasting() == null ? 0 : (long) (perSecond * workload.lasting().toNanos() / 1e9);
  }
}
