package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.RecordHeader;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Transactions;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Fewer workloads, topics, partitions, records and keys, and plainer ones. */
final class WorkloadSteps {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MUCH = 10;
  private static final Distribution AT_ONCE = new Distribution.Constant(0);

  private WorkloadSteps() {}

  static void fewer(Variants variants) {
    Scenario scenario = variants.scenario();
    variants.without(
        scenario.topics(),
        topics -> {
          List<String> left = topics.stream().map(Topic::name).toList();
          return scenario
              .withProduce(
                  scenario.produce().stream().filter(each -> left.contains(each.topic())).toList())
              .withTopics(topics);
        });
    variants.without(scenario.produce(), scenario::withProduce);
  }

  /** Without transactions; else with small ones, all of which are committed. */
  static void transactions(Variants variants) {
    replacing(
        variants,
        workload -> {
          List<Supplier<Workload>> plainer = new ArrayList<>();
          workload.transactions().ifPresent(each -> plainer(plainer, workload, each));
          return plainer;
        });
  }

  private static void plainer(
      List<Supplier<Workload>> plainer, Workload workload, Transactions transactions) {
    plainer.add(() -> workload.withTransactions(Optional.empty()));
    double aborted = transactions.aborted();
    double hanging = transactions.hanging();
    if (aborted > 0) {
      plainer.add(() -> with(workload, transactions.withShares(0, hanging)));
    }
    if (hanging > 0) {
      plainer.add(() -> with(workload, transactions.withShares(aborted, 0)));
    }
    Smaller.numbers(transactions.records(), 1)
        .forEach(fewer -> plainer.add(() -> with(workload, transactions.withRecords(fewer))));
  }

  private static Workload with(Workload workload, Transactions transactions) {
    return workload.withTransactions(Optional.of(transactions));
  }

  static void partitions(Variants variants) {
    Scenario scenario = variants.scenario();
    variants.replacing(
        scenario.topics(),
        topic -> {
          List<Supplier<Topic>> smaller = new ArrayList<>();
          Smaller.numbers(topic.partitions(), 1)
              .forEach(count -> smaller.add(() -> topic.withPartitions(count)));
          if (topic.replication().isPresent()) {
            smaller.add(() -> new Topic(topic.name(), topic.partitions(), topic.config()));
          }
          for (String setting : topic.config().keySet()) {
            TreeMap<String, String> fewer = new TreeMap<>(topic.config());
            fewer.remove(setting);
            smaller.add(() -> topic.withConfig(fewer));
          }
          return smaller;
        },
        scenario::withTopics);
  }

  /** By number rather than by time, and fewer. */
  static void records(Variants variants) {
    replacing(
        variants,
        workload -> {
          List<Supplier<Workload>> smaller = new ArrayList<>();
          Long count = workload.count();
          if (workload.arrival() instanceof Arrival.Replay replay) {
            Smaller.numbers(replay.records().size(), 1)
                .forEach(
                    fewer -> smaller.add(() -> workload.withArrival(first(replay, (int) fewer))));
          } else if (count == null) {
            smaller.add(() -> workload.withEnd(due(workload), null));
          } else {
            smaller.add(() -> workload.withEnd(count, null));
            Smaller.numbers(count, 1)
                .forEach(fewer -> smaller.add(() -> workload.withEnd(fewer, workload.lasting())));
          }
          return smaller;
        });
  }

  /**
   * Fewer records up to the same time: they begin later, or come at a lower rate, or at one so much
   * lower that each comes by itself; or, where all of them come at once, the work on each takes
   * longer. What needs time to go wrong has it then.
   */
  static void slower(Variants variants) {
    Scenario scenario = variants.scenario();
    for (int i = 0; i < scenario.produce().size(); i++) {
      Workload workload = scenario.produce().get(i);
      Long count = workload.count();
      for (long fewer = 1; count != null && fewer <= count / 2; fewer *= 2) {
        int index = i;
        long left = fewer;
        double times = (double) count / left;
        variants.add(() -> later(scenario, index, left));
        variants.add(() -> slower(scenario, index, left, times));
        variants.add(() -> slower(scenario, index, left, times * MUCH));
      }
    }
  }

  private static Scenario later(Scenario scenario, int index, long count) {
    Workload workload = scenario.produce().get(index);
    Workload fewer = workload.withEnd(count, workload.lasting());
    Duration moved = workload.lastDue().minus(fewer.lastDue());
    List<Workload> produce = new ArrayList<>(scenario.produce());
    produce.set(
        index, fewer.withStartAt(Duration.ofMillis(workload.startAt().plus(moved).toMillis())));
    return scenario.withProduce(produce);
  }

  private static Scenario slower(Scenario scenario, int index, long count, double times) {
    Workload workload = scenario.produce().get(index);
    List<Workload> produce = new ArrayList<>(scenario.produce());
    Arrival arrival = workload.arrival();
    if (arrival instanceof Arrival.Uniform uniform) {
      arrival = new Arrival.Uniform(rounded(uniform.perSecond() / times));
    } else if (arrival instanceof Arrival.Poisson poisson) {
      arrival = new Arrival.Poisson(rounded(poisson.perSecond() / times));
    }
    produce.set(index, workload.withEnd(count, workload.lasting()).withArrival(arrival));
    Scenario fewer = scenario.withProduce(produce);
    Handler handler = scenario.handler();
    return arrival instanceof Arrival.Burst
        ? fewer.withHandler(handler.withService(Smaller.scaled(handler.service(), times)))
        : fewer;
  }

  /** Whole numbers are easier to read; at least one a second, so that the end is near. */
  private static double rounded(double perSecond) {
    return Math.max(1, Math.rint(perSecond));
  }

  static void keys(Variants variants) {
    replacing(
        variants,
        workload -> {
          List<Supplier<Workload>> plainer = new ArrayList<>();
          if (workload.arrival() instanceof Arrival.Replay) {
            return plainer;
          }
          keys(workload.keys()).forEach(keys -> plainer.add(() -> workload.withKeys(keys)));
          return plainer;
        });
  }

  /** When records are due, and how large they are. */
  static void plainer(Variants variants) {
    replacing(
        variants,
        workload -> {
          List<Supplier<Workload>> plainer = new ArrayList<>();
          arrivals(workload.arrival())
              .forEach(arrival -> plainer.add(() -> workload.withArrival(arrival)));
          Smaller.times(workload.startAt(), true)
              .forEach(startAt -> plainer.add(() -> workload.withStartAt(startAt)));
          if (!workload.size().equals(Workload.DEFAULT_SIZE)) {
            plainer.add(() -> workload.withSize(Workload.DEFAULT_SIZE));
          }
          if (!workload.headers().isEmpty()) {
            plainer.add(() -> workload.withHeaders(List.of()));
          }
          if (!workload.headers().stream().allMatch(RecordHeader::isConstant)) {
            plainer.add(
                () ->
                    workload.withHeaders(
                        workload.headers().stream().map(RecordHeader::constant).toList()));
          }
          if (!workload.config().isEmpty()) {
            plainer.add(() -> workload.withConfig(new TreeMap<>()));
          }
          return plainer;
        });
  }

  private static void replacing(
      Variants variants, java.util.function.Function<Workload, List<Supplier<Workload>>> others) {
    Scenario scenario = variants.scenario();
    variants.replacing(scenario.produce(), others, scenario::withProduce);
  }

  private static Set<Keys> keys(Keys keys) {
    Set<Keys> plainer = new LinkedHashSet<>();
    if (keys instanceof Keys.Single) {
      return plainer;
    }
    plainer.add(new Keys.Single());
    for (int count : Smaller.numbers(keys.count(), 2)) {
      plainer.add(new Keys.Sequential(count));
      plainer.add(new Keys.Uniform(count));
    }
    if (!(keys instanceof Keys.Sequential)) {
      plainer.add(new Keys.Sequential(keys.count()));
    }
    if (keys instanceof Keys.Zipf || keys instanceof Keys.Hot) {
      plainer.add(new Keys.Uniform(keys.count()));
    }
    if (keys instanceof Keys.Zipf zipf) {
      Smaller.numbers(zipf.count(), 1)
          .forEach(count -> plainer.add(new Keys.Zipf(zipf.exponent(), count)));
    } else if (keys instanceof Keys.Hot hot) {
      Smaller.numbers(hot.count(), 2)
          .forEach(count -> plainer.add(new Keys.Hot(hot.share(), count)));
    }
    return plainer;
  }

  private static Arrival first(Arrival.Replay replay, int count) {
    return new Arrival.Replay(replay.records().subList(0, count));
  }

  private static List<Arrival> arrivals(Arrival arrival) {
    List<Arrival> plainer = new ArrayList<>();
    if (arrival instanceof Arrival.Replay) {
      return plainer;
    }
    if (!(arrival instanceof Arrival.Burst)) {
      plainer.add(new Arrival.Burst());
    }
    if (arrival instanceof Arrival.Poisson poisson) {
      plainer.add(new Arrival.Uniform(poisson.perSecond()));
    }
    if (arrival instanceof Arrival.ClosedLoop loop) {
      for (int clients : Smaller.numbers(loop.clients(), 1)) {
        plainer.add(new Arrival.ClosedLoop(clients, loop.outstanding(), loop.think()));
      }
      for (int outstanding : Smaller.numbers(loop.outstanding(), 1)) {
        plainer.add(new Arrival.ClosedLoop(loop.clients(), outstanding, loop.think()));
      }
      if (!loop.think().equals(AT_ONCE)) {
        plainer.add(new Arrival.ClosedLoop(loop.clients(), loop.outstanding(), AT_ONCE));
      }
    }
    return plainer;
  }

  /** How many records are due while the workload lasts, on average. */
  private static long due(Workload workload) {
    Duration lasting = workload.lasting();
    double perSecond =
        workload.arrival() instanceof Arrival.Uniform uniform
            ? uniform.perSecond()
            : workload.arrival() instanceof Arrival.Poisson poisson ? poisson.perSecond() : 0;
    double seconds = lasting == null ? 0 : lasting.toNanos() / NANOS_PER_SECOND;
    return Math.max(1, (long) (perSecond * seconds));
  }
}
