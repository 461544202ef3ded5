package io.heddle.scenarios.file;

import static io.heddle.scenarios.file.Distributions.Unit.BYTES;
import static io.heddle.scenarios.file.Distributions.Unit.NANOS;

import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.RecordHeader;
import io.heddle.scenarios.model.Recorded;
import io.heddle.scenarios.model.Transactions;
import io.heddle.scenarios.model.Units;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;

/** Writes what is produced as YAML. */
final class WorkloadWriter {
  private WorkloadWriter() {}

  static Yaml.Flow write(Workload workload) {
    Yaml.Flow flow = new Yaml.Flow().put("topic", Yaml.text(workload.topic()));
    if (workload.arrival() instanceof Arrival.Replay replay) {
      flow.put("replay", replay.records().stream().map(WorkloadWriter::recorded).toList());
      return end(flow, workload);
    }
    Long count = workload.count();
    if (count != null) {
      flow.put("count", count);
    }
    Duration lasting = workload.lasting();
    if (lasting != null) {
      flow.put("for", Units.format(lasting));
    }
    if (workload.arrival() instanceof Arrival.Uniform uniform) {
      flow.put("rate", Units.formatRate(uniform.perSecond())).put("arrival", "uniform");
    } else if (workload.arrival() instanceof Arrival.Poisson poisson) {
      flow.put("rate", Units.formatRate(poisson.perSecond())).put("arrival", "poisson");
    } else if (workload.arrival() instanceof Arrival.ClosedLoop loop) {
      flow.put("arrival", loop(loop));
    } else {
      flow.put("arrival", "burst");
    }
    flow.put("keys", keys(workload.keys()))
        .put("size", Distributions.write(workload.size(), BYTES));
    return end(flow, workload);
  }

  private static Yaml.Flow end(Yaml.Flow flow, Workload workload) {
    flow.put("start-at", Units.format(workload.startAt()));
    workload.transactions().ifPresent(each -> flow.put("transactions", transactions(each)));
    if (!workload.headers().isEmpty()) {
      Yaml.Flow headers = new Yaml.Flow();
      workload.headers().forEach(each -> headers.put(Yaml.text(each.name()), header(each)));
      flow.put("headers", headers);
    }
    return workload.config().isEmpty()
        ? flow
        : flow.put("config", Yaml.settings(workload.config()));
  }

  private static Object header(RecordHeader header) {
    if (header.isConstant()) {
      return Yaml.text(header.values().get(0));
    }
    String values = Yaml.list(header.values());
    return header.share() == 1
        ? values
        : new Yaml.Flow().put("one-of", values).put("share", Units.formatShare(header.share()));
  }

  private static Yaml.Flow transactions(Transactions transactions) {
    return new Yaml.Flow()
        .put("records", transactions.records())
        .put("aborted", Units.formatShare(transactions.aborted()))
        .put("hanging", Units.formatShare(transactions.hanging()))
        .put("timeout", Units.format(transactions.timeout()));
  }

  private static Yaml.Flow loop(Arrival.ClosedLoop loop) {
    return new Yaml.Flow()
        .put("clients", loop.clients())
        .put("outstanding", loop.outstanding())
        .put("think", Distributions.write(loop.think(), NANOS));
  }

  private static Yaml.Flow recorded(Recorded recorded) {
    return new Yaml.Flow()
        .put("gap", Units.format(recorded.gap()))
        .put("key", Yaml.text(recorded.key()))
        .put("size", Units.formatBytes(recorded.size()));
  }

  private static String keys(Keys keys) {
    Yaml.Flow flow = new Yaml.Flow();
    if (keys instanceof Keys.Sequential) {
      return flow.put("sequential", keys.count()).toString();
    }
    if (keys instanceof Keys.Uniform) {
      return flow.put("uniform", keys.count()).toString();
    }
    if (keys instanceof Keys.Zipf zipf) {
      String exponent = Units.formatNumber(zipf.exponent());
      return flow.put("zipf", exponent).put("count", keys.count()).toString();
    }
    if (keys instanceof Keys.Hot hot) {
      String share = Units.formatShare(hot.share());
      return flow.put("hot", share).put("count", keys.count()).toString();
    }
    return "single";
  }
}
