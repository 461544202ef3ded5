package io.heddle.scenarios.run;

import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.Interjector;
import io.heddle.scenarios.model.Interjections;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/**
 * What a member does for each partition again and again. Every other time it ends later, by an
 * asynchronous completion; and now and then it asks for more, once.
 */
final class MemberInterjections implements Interjector {
  private final MemberSurroundings world;
  private final EventSource source;
  private final Interjections asked;

  MemberInterjections(MemberSurroundings world, EventSource source, Interjections asked) {
    this.world = world;
    this.source = source;
    this.asked = asked;
  }

  @Override
  public ExecutionState interject(EventContext context, Instant when) {
    TopicPartition partition = context.topicPartition();
    Ownership ownership = world.dealings().ownerships().interjected(partition);
    world.dealings().interjected().begun(partition);
    if (world.service().happens(asked.errors())) {
      throw new IllegalStateException("an interjection was drawn to fail");
    }
    if (world.service().happens(asked.asks())) {
      ask(partition, when);
    }
    return end(context, when, ownership, () -> world.dealings().interjected().ended(partition));
  }

  private void ask(TopicPartition partition, Instant when) {
    AskedPromises promises = world.dealings().asked();
    if (isOdd(when)) {
      AskedPromises.Asked one = new AskedPromises.Asked("an interjection of " + partition, 1);
      promises.await(one, source.interject(partition, (context, at) -> once(context, at, one)));
    } else {
      AskedPromises.Asked all = new AskedPromises.Asked("interjections of all partitions", 0);
      promises.await(all, source.interjectAll((context, at) -> once(context, at, all)));
    }
  }

  private ExecutionState once(EventContext context, Instant when, AskedPromises.Asked once) {
    Ownership ownership = world.dealings().ownerships().interjected(context.topicPartition());
    once.begun();
    return end(context, when, ownership, once::ended);
  }

  private ExecutionState end(
      EventContext context, Instant when, Ownership ownership, Runnable ended) {
    if (!isOdd(when)) {
      ended.run();
      return ExecutionState.COMPLETE;
    }
    world.later(
        asked.service().toNanos(),
        () ->
            world
                .dealings()
                .givenUp()
                .completeLater(
                    context,
                    () -> {
                      world.dealings().ownerships().goesOn(ownership);
                      ended.run();
                      return ExecutionState.COMPLETE;
                    }));
    return ExecutionState.INCOMPLETE;
  }

  private static boolean isOdd(Instant when) {
    return Math.floorMod(when.toEpochMilli(), 2) != 0;
  }
}
