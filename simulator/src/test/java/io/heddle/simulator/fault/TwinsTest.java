package io.heddle.simulator.fault;

import static io.heddle.simulator.fault.FaultFixture.seconds;
import static io.heddle.simulator.fault.Faults.crashClient;
import static io.heddle.simulator.fault.Faults.fenceMember;
import static io.heddle.simulator.fault.Faults.pauseClient;
import static io.heddle.simulator.fault.Faults.startTwin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.Test;

/** A second process beside the living one, with one {@code group.instance.id} and without. */
class TwinsTest {
  private final FaultFixture fixture = new FaultFixture();
  private final SimulatedKafka kafka = fixture.kafka;
  private final Map<Member, Exception> ended = new HashMap<>();

  private void poll(SimulatedProcess process, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(fixture.group);
    all.putAll(settings);
    try (Consumer<String, String> consumer = process.consumer(all)) {
      consumer.subscribe(List.of("orders"));
      while (true) {
        consumer.poll(Duration.ofMillis(100));
      }
    } catch (KafkaException failure) {
      ended.put(process.process().member(), failure);
    }
  }

  private Fault twin(Map<String, Object> settings, Duration at, Duration lasting) {
    return fixture.faults.at(at).then(startTwin("m1", lasting, process -> poll(process, settings)));
  }

  private void run(Map<String, Object> settings, Duration until) throws Exception {
    fixture.run(
        () -> {
          SimulatedProcess first = kafka.process("m1");
          var unused = first.start("main", () -> poll(first, settings));
          fixture.sleep(until);
        });
  }

  @Test
  void theYoungerFencesTheOlderByTheClassicProtocol() throws Exception {
    Fault fault = twin(Map.of("group.instance.id", "i1"), seconds(20), seconds(30));

    run(Map.of("group.instance.id", "i1"), seconds(40));

    assertThat(fault.fired()).isEqualTo(1);
    assertThat(ended).containsOnlyKeys(new Member("m1", 1));
    assertThat(ended.get(new Member("m1", 1))).isExactlyInstanceOf(FencedInstanceIdException.class);
    assertThat(fixture.facts)
        .filteredOn(Fact.Replaced.class::isInstance)
        .singleElement()
        .extracting(fact -> ((Fact.Replaced) fact).successor())
        .isEqualTo(new Member("m1", 2));
    assertThat(fixture.assignments("m1")).last().asString().endsWith("m1'2");
  }

  @Test
  void theYoungerIsRefusedByTheConsumerProtocol() throws Exception {
    Map<String, Object> settings = Map.of("group.instance.id", "i1", "group.protocol", "consumer");
    twin(settings, seconds(20), seconds(30));

    run(settings, seconds(40));

    assertThat(ended).containsOnlyKeys(new Member("m1", 2));
    assertThat(ended.get(new Member("m1", 2)))
        .isExactlyInstanceOf(UnreleasedInstanceIdException.class);
    assertThat(fixture.facts).noneMatch(Fact.Replaced.class::isInstance);
    assertThat(fixture.assignments("m1")).allSatisfy(each -> assertThat(each).endsWith("m1"));
  }

  @Test
  void whoAreNotStaticShareTheGroupAsAnyTwoMembersDo() throws Exception {
    twin(Map.of(), seconds(20), seconds(300));

    run(Map.of(), seconds(60));

    assertThat(ended).isEmpty();
    assertThat(fixture.facts).noneMatch(Fact.Replaced.class::isInstance);
    assertThat(fixture.assignments("m1")).anyMatch(each -> each.endsWith("m1'2"));
  }

  @Test
  void theOlderIsEndedWhenTheTimeIsOver() throws Exception {
    twin(Map.of(), seconds(20), seconds(5));
    List<SimulatedProcess> left = new ArrayList<>();

    fixture.run(
        () -> {
          kafka.process("m1");
          fixture.sleep(seconds(24));
          assertThat(kafka.living("m1")).hasSize(2);
          fixture.sleep(seconds(2));
          left.addAll(kafka.living("m1"));
          assertThat(left).containsExactly(kafka.process("m1"));
        });

    assertThat(left).extracting(SimulatedProcess::toString).containsExactly("m1'2");
  }

  @Test
  void whatBefallsTheNameBefallsBoth() throws Exception {
    twin(Map.of(), seconds(20), seconds(300));
    fixture.faults.at(seconds(30)).then(pauseClient("m1", seconds(5)));
    fixture.faults.at(seconds(40)).then(fenceMember("g", "m1"));
    fixture.faults.at(seconds(50)).then(crashClient("m1"));

    run(Map.of(), seconds(60));

    assertThat(fixture.facts)
        .filteredOn(Fact.Crashed.class::isInstance)
        .extracting(fact -> ((Fact.Crashed) fact).member().incarnation())
        .containsExactly(1, 2);
    assertThat(fixture.faults.unfired()).isEmpty();
    assertThat(kafka.living("m1")).isEmpty();
  }

  @Test
  void startsNoneOfWhoIsNotThereOrHasOne() throws Exception {
    Fault first = twin(Map.of(), seconds(5), seconds(100));
    Fault third = twin(Map.of(), seconds(6), seconds(100));
    fixture.faults.at(seconds(7)).then(crashClient("m1"));
    Fault late = twin(Map.of(), seconds(8), seconds(100));

    run(Map.of(), seconds(10));

    assertThat(first.fired()).isEqualTo(1);
    assertThat(third.obstacle()).isEqualTo("m1 had a twin");
    assertThat(late.obstacle()).isEqualTo("m1 had crashed");
    assertThatThrownBy(() -> kafka.twin("m1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("process m1 is not alive");
    assertThatThrownBy(() -> startTwin("m1", Duration.ZERO, process -> {}))
        .hasMessage("twin must be positive, was PT0S");
  }
}
