package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.metrics.stats.WindowedCount;
import org.jspecify.annotations.Nullable;

/** What a consumer measures of its group and its commits: {@code consumer-coordinator-metrics}. */
final class GroupMetrics {
  private static final long NEVER = -1;

  private final ClientMetrics metrics;
  private final MetricSensor commits;
  private final MetricSensor heartbeats;
  // Only the classic protocol joins and syncs.
  private final @Nullable MetricSensor joins;
  private final @Nullable MetricSensor syncs;
  private final MetricSensor rebalances;
  private final MetricSensor failedRebalances;
  private long heartbeatMs = NEVER;
  private long rebalanceStartedMs = NEVER;
  private long rebalanceEndedMs = NEVER;

  GroupMetrics(ClientMetrics metrics, boolean consumerProtocol, IntSupplier assigned) {
    this.metrics = metrics;
    MetricGroup group = metrics.group("consumer-coordinator-metrics");
    group.measure(
        "assigned-partitions",
        "The number of partitions currently assigned to this consumer",
        (config, now) -> assigned.getAsInt());
    this.commits =
        group
            .sensor()
            .average("commit-latency-avg", "The average time taken for a commit request")
            .max("commit-latency-max", "The max time taken for a commit request")
            .countRate("commit-rate", "The number of commit calls per second")
            .count("commit-total", "The total number of commit calls");
    this.heartbeats =
        group
            .sensor()
            .max(
                "heartbeat-response-time-max",
                "The max time taken to receive a response to a heartbeat request")
            .countRate("heartbeat-rate", "The number of heartbeats per second")
            .count("heartbeat-total", "The total number of heartbeats");
    group.measure(
        "last-heartbeat-seconds-ago",
        "The number of seconds since the last coordinator heartbeat was sent",
        (config, now) -> secondsSince(heartbeatMs, now));
    this.joins = consumerProtocol ? null : requests(group, "join", "group rejoin", "group joins");
    this.syncs = consumerProtocol ? null : requests(group, "sync", "group sync", "group syncs");
    this.rebalances = consumerProtocol ? modernRebalances(group) : classicRebalances(group);
    group.measure(
        "last-rebalance-seconds-ago",
        "The number of seconds since the last "
            + (consumerProtocol ? "" : "successful ")
            + "rebalance event",
        (config, now) -> secondsSince(rebalanceEndedMs, now));
    this.failedRebalances =
        group
            .sensor()
            .count("failed-rebalance-total", "The total number of failed rebalance events")
            .with(
                "failed-rebalance-rate-per-hour",
                "The number of failed rebalance events per hour",
                perHour());
  }

  private static Rate perHour() {
    return new Rate(TimeUnit.HOURS, new WindowedCount());
  }

  private static double secondsSince(long thenMs, long nowMs) {
    return thenMs == NEVER ? -1 : ConsumerMetrics.secondsSince(thenMs, nowMs);
  }

  private static MetricSensor requests(MetricGroup group, String name, String one, String several) {
    return group
        .sensor()
        .average(name + "-time-avg", "The average time taken for a " + one)
        .max(name + "-time-max", "The max time taken for a " + one)
        .countRate(name + "-rate", "The number of " + several + " per second")
        .count(name + "-total", "The total number of " + several);
  }

  private static MetricSensor classicRebalances(MetricGroup group) {
    String composed = ", which may be composed of several failed re-trials until it succeeded";
    String each = ", each event is composed of several failed re-trials until it succeeded";
    return group
        .sensor()
        .average(
            "rebalance-latency-avg",
            "The average time taken for a group to complete a successful rebalance" + composed)
        .max(
            "rebalance-latency-max",
            "The max time taken for a group to complete a successful rebalance" + composed)
        .total(
            "rebalance-latency-total",
            "The total number of milliseconds this consumer has spent in successful rebalances"
                + " since creation")
        .count("rebalance-total", "The total number of successful rebalance events" + each)
        .with(
            "rebalance-rate-per-hour",
            "The number of successful rebalance events per hour" + each,
            perHour());
  }

  private static MetricSensor modernRebalances(MetricGroup group) {
    return group
        .sensor()
        .average(
            "rebalance-latency-avg",
            "The average time in ms taken for a group to complete a rebalance")
        .max(
            "rebalance-latency-max", "The max time in ms taken for a group to complete a rebalance")
        .total("rebalance-latency-total", "The total number of milliseconds spent in rebalances")
        .count("rebalance-total", "The total number of rebalance events")
        .with("rebalance-rate-per-hour", "The number of rebalance events per hour", perHour());
  }

  /** A request goes to the coordinator; returns when, for {@link #answered}. */
  long sent(Request request) {
    long now = metrics.nowMs();
    if (isHeartbeat(request)) {
      heartbeatMs = now;
    }
    return now;
  }

  private static boolean isHeartbeat(Request request) {
    return request instanceof HeartbeatRequest || request instanceof ConsumerGroupHeartbeatRequest;
  }

  /** The coordinator has answered. */
  void answered(Request request, long sentMs, Response response) {
    long took = metrics.nowMs() - sentMs;
    if (isHeartbeat(request)) {
      heartbeats.record(took);
    } else if (response instanceof OffsetCommitResponse) {
      commits.record(took);
    } else if (response instanceof JoinGroupResponse join
        && join.error() == ErrorCode.NONE
        && joins != null) {
      joins.record(took);
    } else if (response instanceof SyncGroupResponse sync
        && sync.error() == ErrorCode.NONE
        && syncs != null) {
      syncs.record(took);
    }
  }

  /** A member of a classic group joins; it may have tried before. */
  void joining() {
    if (rebalanceStartedMs == NEVER) {
      rebalanceStartedMs = metrics.nowMs();
    }
  }

  /** A member of a classic group has its assignment. */
  void joined() {
    ended();
    rebalanceStartedMs = NEVER;
  }

  /** To join, or to sync, has failed; the member will try again. */
  void failed() {
    failedRebalances.record(1);
  }

  /** A member of a consumer group goes from one state to another. */
  void moved(MembershipState from, MembershipState to) {
    boolean wasReconciling = from == MembershipState.RECONCILING;
    if (wasReconciling && (to == MembershipState.STABLE || to == MembershipState.ACKNOWLEDGING)) {
      ended();
    } else if (!wasReconciling && to == MembershipState.RECONCILING) {
      rebalanceStartedMs = metrics.nowMs();
    }
  }

  /** A heartbeat of a member of a consumer group was refused. */
  void refused() {
    if (rebalanceStartedMs > rebalanceEndedMs) {
      failed();
    }
  }

  private void ended() {
    rebalanceEndedMs = metrics.nowMs();
    rebalances.record(rebalanceEndedMs - rebalanceStartedMs);
  }
}
