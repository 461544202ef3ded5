package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is complete behind a gap is not done again. */
class GapTest {
  private final List<String> handled = new ArrayList<>();
  private final Map<String, EventContext> open = new LinkedHashMap<>();

  private Rig rig(UnaryOperator<EventSourceConfig> configure) {
    return new Rig(configure)
        .handling(
            (context, value) -> {
              handled.add(value);
              open.put(value, context);
              return ExecutionState.INCOMPLETE;
            })
        .start(0);
  }

  private void complete(Rig rig, String... values) {
    for (String value : values) {
      EventContext context = open.remove(value);
      assertThat(context).as(value).isNotNull();
      context.asyncJobComplete(() -> ExecutionState.COMPLETE);
    }
    rig.baton.settle();
  }

  private static String metadata(Rig rig) {
    OffsetAndMetadata offset = rig.consumer.committed.get(Rig.partition(0));
    return offset == null ? "none" : offset.metadata();
  }

  private static List<Long> offsets(Rig rig) {
    return CommitMetadata.decode(rig.committed(0), metadata(rig))
        .orElseThrow()
        .offsets()
        .boxed()
        .toList();
  }

  private void assignFromCommitted(Rig rig, String... values) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      records.add(Rig.record(0, i, values[i]));
    }
    rig.consumer.assignFromCommitted(Rig.partition(0), records);
    rig.baton.settle();
  }

  @Test
  void namesWhatIsCompleteBehindAGapInTheCommit() {
    Rig rig = rig(config -> config);
    rig.deliver(0, "a", "b", "c", "d", "e");
    complete(rig, "a", "c", "e");
    rig.commit();

    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(offsets(rig)).containsExactly(2L, 4L);
    complete(rig, "b");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(3);
    assertThat(offsets(rig)).containsExactly(4L);
    complete(rig, "d");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(5);
    assertThat(metadata(rig)).isEmpty();
  }

  @Test
  void commitsOnceWhatDoesNotChange() {
    Rig rig = rig(config -> config);
    rig.deliver(0, "a", "b", "c");
    complete(rig, "a", "c");
    rig.commit();
    int commits = rig.consumer.commits.size();
    rig.commit();
    rig.commit();

    assertThat(rig.consumer.commits).hasSize(commits);
  }

  @Test
  void doesNotRepeatItAfterARestart() {
    Rig rig = rig(config -> config);
    rig.deliver(0, "a", "b", "c", "d", "e");
    complete(rig, "a", "c", "d");
    rig.commit();

    // A crash: nothing is committed any more.
    rig.lose();
    handled.clear();
    assignFromCommitted(rig, "a", "b", "c", "d", "e", "f");

    assertThat(handled).containsExactly("b", "e", "f");
    complete(rig, "b", "e", "f");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(6);
  }

  @Test
  void namesItAlsoWhenADrainRunsOutOfTime() {
    Rig rig = rig(config -> config);
    rig.deliver(0, "a", "b", "c");
    complete(rig, "a");

    rig.revoke(0);
    complete(rig, "c");
    rig.advance(Duration.ofSeconds(30));

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(offsets(rig)).containsExactly(2L);
  }

  @Test
  void repeatsEverythingIfTheLogIsAnotherOne() {
    Rig rig = rig(config -> config);
    rig.deliver(0, "a", "b", "c");
    complete(rig, "a", "c");
    rig.commit();
    rig.lose();
    handled.clear();

    // The record that was open is not there any more.
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(Rig.record(0, 2, "x"), Rig.record(0, 3, "y"));
    rig.consumer.assignFromCommitted(Rig.partition(0), records);
    rig.baton.settle();

    assertThat(handled).containsExactly("x", "y");
  }

  @Test
  void ignoresMetadataOfOthersAndAFailureToReadIt() {
    Rig rig = rig(config -> config);
    rig.consumer.committed.put(Rig.partition(1), new OffsetAndMetadata(1, "of somebody else"));
    rig.assign(1);
    rig.deliverTo(1, 1, "a");
    rig.consumer.committedFailures.add(new TimeoutException("slow"));
    rig.assign(2);
    rig.deliverTo(2, 0, "b");

    assertThat(handled).containsExactly("a", "b");
    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
  }

  @Test
  void goesOnWithoutMetadataIfTheBrokerRefusesIt() {
    Rig rig = rig(config -> config);
    rig.deliver(0, "a", "b", "c");
    complete(rig, "a", "c");
    rig.consumer.commitFailures.add(new OffsetMetadataTooLarge("large"));
    rig.commit();
    rig.commit();

    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(metadata(rig)).isEmpty();
  }

  @Test
  void leavesTheMetadataEmptyIfItIsConfiguredSo() {
    Rig rig = rig(config -> config.withCommitMetadataBytes(0));
    rig.deliver(0, "a", "b", "c");
    complete(rig, "a", "c");
    rig.commit();

    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(metadata(rig)).isEmpty();
  }
}
