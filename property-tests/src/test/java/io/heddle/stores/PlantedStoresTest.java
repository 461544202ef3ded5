package io.heddle.stores;

import static io.heddle.simulator.fault.Faults.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.store.OrderedStore;
import io.heddle.simulator.fault.Fault;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * One member through a handler that fails, a transaction that is aborted and a crash, with the
 * store that comes with the engine and with stores that have mistakes: each mistake shows.
 */
class PlantedStoresTest {
  @Test
  void theStoreThatComesWithTheEngineIsAsIfNothingHadHappened() throws Exception {
    assertThat(textsWith(new Planted())).endsWith("1234");
  }

  @Test
  void aStoreThatKeepsWhatAnAbortTakesBackIsFound() throws Exception {
    assertThat(
            textsWith(
                new Planted() {
                  @Override
                  public void rollback() {
                    // R1: what was aborted stays in memory.
                    super.commit(Long.MAX_VALUE);
                  }
                }))
        .contains("1233")
        .doesNotContain("1234");
  }

  @Test
  void aStoreThatKeepsWhatAFailedHandlerWroteIsFound() throws Exception {
    assertThat(
            textsWith(
                new Planted() {
                  @Override
                  public void discard() {
                    super.keep(0);
                  }
                }))
        .contains("122")
        .doesNotContain("1234");
  }

  @Test
  void aStoreThatIsEmptyAfterTheRestoreIsFound() throws Exception {
    assertThat(
            textsWith(
                new Planted() {
                  @Override
                  public void receiveChange(ConsumerRecord<byte[], byte[]> change) {
                    // As an inverted look at whether decoding failed has it.
                  }
                }))
        .endsWith("4")
        .doesNotContain("1234");
  }

  private static List<String> textsWith(Planted planted) throws Exception {
    OneKey app =
        new OneKey(
            isolation -> isolation,
            partition -> {
              planted.begin();
              return planted;
            });
    Fault aborting =
        FaultPlan.of(app.kafka)
            .on(ApiKey.TXN_OFFSET_COMMIT)
            .nth(3)
            .then(error(ErrorCode.TRANSACTION_ABORTABLE));
    app.failOnceAt(2);
    app.run(
        () -> {
          app.start(app.kafka.process("m1"));
          app.send("1");
          app.await(() -> app.isCommitted(1));
          app.send("2");
          app.await(() -> app.isCommitted(2));
          app.send("3");
          app.await(() -> app.isCommitted(3));
          app.kafka.crash("m1");
          app.start(app.kafka.restart("m1"));
          app.send("4");
          app.await(() -> app.isCommitted(4));
        });
    assertThat(aborting.fired()).isEqualTo(1);
    return app.texts;
  }

  /** A store whose mistakes are in what it overrides; a new ownership begins with an empty one. */
  private static class Planted extends ForwardingStore {
    Planted() {
      super(OrderedStore.inMemory());
    }

    void begin() {
      forwardTo(OrderedStore.inMemory());
    }
  }
}
