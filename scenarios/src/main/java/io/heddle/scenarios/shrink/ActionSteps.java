package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.BrokerAction;
import io.heddle.scenarios.model.BrokerTarget;
import io.heddle.scenarios.model.PartitionTarget;
import io.heddle.scenarios.model.Skew;
import io.heddle.scenarios.model.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a fault could do instead that is shorter, less, or leaves less to chance. */
final class ActionSteps {
  private static final long GRAIN = 1_000_000;

  private ActionSteps() {}

  static List<Supplier<Action>> plainer(Action action) {
    List<Supplier<Action>> plainer = new ArrayList<>();
    if (action instanceof Action.Delay delay) {
      Smaller.laws(delay.delay(), GRAIN).forEach(law -> plainer.add(() -> new Action.Delay(law)));
    } else if (action instanceof Action.Throttle throttle) {
      Smaller.laws(throttle.time(), GRAIN)
          .forEach(law -> plainer.add(() -> new Action.Throttle(law)));
    } else if (action instanceof Action.OnClient client) {
      onClient(plainer, client);
    } else if (action instanceof BrokerAction broker) {
      onBroker(plainer, broker);
    }
    return plainer;
  }

  private static void onClient(List<Supplier<Action>> plainer, Action.OnClient action) {
    if (action instanceof Action.PauseClient pause) {
      times(plainer, pause.lasting(), time -> new Action.PauseClient(pause.member(), time));
    } else if (action instanceof Action.CrashClient crash) {
      restarts(plainer, crash.restartAfter(), time -> new Action.CrashClient(crash.member(), time));
    } else if (action instanceof Action.StopClient stop) {
      restarts(plainer, stop.restartAfter(), time -> new Action.StopClient(stop.member(), time));
    } else if (action instanceof Action.StartTwin twin) {
      times(plainer, twin.lasting(), time -> new Action.StartTwin(twin.member(), time));
    } else if (action instanceof Action.SkewClock skew) {
      skew(plainer, skew.member(), skew.skew());
    } else if (action instanceof Action.ChangeLimits limits) {
      limits(plainer, limits);
    } else if (action instanceof Action.PartitionNetwork cut) {
      times(
          plainer,
          cut.lasting(),
          time -> new Action.PartitionNetwork(cut.member(), cut.broker(), time));
      pinned(
          plainer,
          cut.broker(),
          broker -> new Action.PartitionNetwork(cut.member(), broker, cut.lasting()));
    }
  }

  /** A clock that only jumps is the plainest that is off. */
  private static void skew(List<Supplier<Action>> plainer, Target member, Skew skew) {
    if (skew instanceof Skew.Jump jump) {
      signed(plainer, jump.offset(), time -> new Action.SkewClock(member, new Skew.Jump(time)));
    } else if (skew instanceof Skew.Drift drift) {
      Duration by = drift.perSecond();
      plainer.add(() -> new Action.SkewClock(member, new Skew.Jump(by)));
      signed(plainer, by, time -> new Action.SkewClock(member, new Skew.Drift(time)));
    } else if (skew instanceof Skew.Swing swing) {
      plainer.add(() -> new Action.SkewClock(member, new Skew.Jump(swing.by())));
      plainer.add(() -> new Action.SkewClock(member, new Skew.Jump(swing.by().negated())));
      times(
          plainer,
          swing.by(),
          time -> new Action.SkewClock(member, new Skew.Swing(time, swing.period())));
    }
  }

  private static void signed(
      List<Supplier<Action>> plainer, Duration time, Function<Duration, Action> maker) {
    boolean negative = time.isNegative();
    times(plainer, time.abs(), less -> maker.apply(negative ? less.negated() : less));
  }

  /** Fewer limits change, and to a round 1 if that does it. */
  private static void limits(List<Supplier<Action>> plainer, Action.ChangeLimits action) {
    Target member = action.member();
    Integer concurrency = action.concurrency();
    Integer depth = action.queueDepth();
    Integer keys = action.maxKeys();
    plainer.add(() -> new Action.ChangeLimits(member, null, depth, keys));
    plainer.add(() -> new Action.ChangeLimits(member, concurrency, null, keys));
    plainer.add(() -> new Action.ChangeLimits(member, concurrency, depth, null));
    limit(plainer, concurrency, less -> new Action.ChangeLimits(member, less, depth, keys));
    limit(plainer, depth, less -> new Action.ChangeLimits(member, concurrency, less, keys));
    limit(plainer, keys, less -> new Action.ChangeLimits(member, concurrency, depth, less));
  }

  private static void limit(
      List<Supplier<Action>> plainer, @Nullable Integer limit, Function<Integer, Action> maker) {
    if (limit != null) {
      Smaller.numbers(limit, 1).forEach(less -> plainer.add(() -> maker.apply(less)));
    }
  }

  private static void onBroker(List<Supplier<Action>> plainer, BrokerAction action) {
    if (action instanceof BrokerAction.CrashBroker crash) {
      restarts(
          plainer,
          crash.restartAfter(),
          time -> new BrokerAction.CrashBroker(crash.broker(), time));
      pinned(
          plainer,
          crash.broker(),
          broker -> new BrokerAction.CrashBroker(broker, crash.restartAfter()));
    } else if (action instanceof BrokerAction.ShutDownBroker down) {
      restarts(
          plainer,
          down.restartAfter(),
          time -> new BrokerAction.ShutDownBroker(down.broker(), time));
      pinned(
          plainer,
          down.broker(),
          broker -> new BrokerAction.ShutDownBroker(broker, down.restartAfter()));
    } else if (action instanceof BrokerAction.RestartBroker restart) {
      pinned(plainer, restart.broker(), BrokerAction.RestartBroker::new);
    } else if (action instanceof BrokerAction.MoveLeader move) {
      pinned(plainer, move.broker(), broker -> new BrokerAction.MoveLeader(move.at(), broker));
      partitions(plainer, move.at(), at -> new BrokerAction.MoveLeader(at, move.broker()));
    } else if (action instanceof BrokerAction.MoveCoordinator move) {
      pinned(
          plainer,
          move.broker(),
          broker -> new BrokerAction.MoveCoordinator(broker, move.loading()));
      Smaller.times(move.loading(), true)
          .forEach(
              time -> plainer.add(() -> new BrokerAction.MoveCoordinator(move.broker(), time)));
    } else if (action instanceof BrokerAction.DelayMarkers slow) {
      times(plainer, slow.by(), time -> new BrokerAction.DelayMarkers(time, slow.lasting()));
      times(plainer, slow.lasting(), time -> new BrokerAction.DelayMarkers(slow.by(), time));
    } else if (action instanceof BrokerAction.OnPartition partition) {
      onPartition(plainer, partition);
    }
  }

  private static void onPartition(List<Supplier<Action>> plainer, BrokerAction.OnPartition action) {
    if (action instanceof BrokerAction.Truncate loss) {
      Smaller.numbers((int) loss.records(), 1)
          .forEach(count -> plainer.add(() -> new BrokerAction.Truncate(loss.at(), count)));
      partitions(plainer, loss.at(), at -> new BrokerAction.Truncate(at, loss.records()));
    } else if (action instanceof BrokerAction.Expire expiry) {
      Smaller.numbers((int) expiry.keep(), 0)
          .forEach(count -> plainer.add(() -> new BrokerAction.Expire(expiry.at(), count)));
      partitions(plainer, expiry.at(), at -> new BrokerAction.Expire(at, expiry.keep()));
    } else if (action instanceof BrokerAction.Compact compaction) {
      partitions(plainer, compaction.at(), BrokerAction.Compact::new);
    } else if (action instanceof BrokerAction.ExpireProducers expiry) {
      partitions(plainer, expiry.at(), BrokerAction.ExpireProducers::new);
    } else if (action instanceof BrokerAction.HangMarkers hung) {
      times(plainer, hung.lasting(), time -> new BrokerAction.HangMarkers(hung.at(), time));
      partitions(plainer, hung.at(), at -> new BrokerAction.HangMarkers(at, hung.lasting()));
    }
  }

  private static void times(
      List<Supplier<Action>> plainer, Duration time, Function<Duration, Action> maker) {
    Smaller.times(time, false).forEach(less -> plainer.add(() -> maker.apply(less)));
  }

  private static void restarts(
      List<Supplier<Action>> plainer,
      @Nullable Duration after,
      Function<@Nullable Duration, Action> maker) {
    if (after != null) {
      plainer.add(() -> maker.apply(null));
      Smaller.times(after, true).forEach(less -> plainer.add(() -> maker.apply(less)));
    }
  }

  /** The first broker rather than one that is drawn. */
  private static void pinned(
      List<Supplier<Action>> plainer, BrokerTarget target, Function<BrokerTarget, Action> maker) {
    if (target.isAny()) {
      plainer.add(() -> maker.apply(new BrokerTarget(0)));
      plainer.add(() -> maker.apply(new BrokerTarget(1)));
    }
  }

  /** The first partition rather than one that is drawn. */
  private static void partitions(
      List<Supplier<Action>> plainer,
      PartitionTarget target,
      Function<PartitionTarget, Action> maker) {
    if (target.partition() < 0) {
      plainer.add(() -> maker.apply(new PartitionTarget(target.topic(), 0)));
    }
  }
}
