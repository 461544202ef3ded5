package io.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The workload eos with a hundredth of the records, on a broker in a process of its own. */
class ExactlyOnceRoundTest {
  private static BrokerProcess broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = BrokerProcess.start();
  }

  @AfterAll
  static void closeBroker() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Arm.class,
      names = {"HEDDLE", "PC"})
  void writesOneOutputForEachInput(Arm arm) throws Exception {
    assertThat(new ExactlyOnceRound(arm, broker.address(), true).run()).isPositive();
  }

  /** Of three inputs, an output twice, one in a transaction that is aborted, and one. */
  @Test
  void seesWhatIsRepeatedAndNotWhatIsAborted() throws Exception {
    RealCluster cluster = new RealCluster(broker.address());
    Load load = new Load("read-in", 1, 1, 3, true);
    cluster.createTopics(1, "read-out");
    OutputReader reader = new OutputReader(cluster, "read-out", load).start();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(cluster.producer("read-test"))) {
      producer.initTransactions();
      producer.beginTransaction();
      write(producer, 0);
      write(producer, 0);
      producer.commitTransaction();
      producer.beginTransaction();
      write(producer, 1);
      producer.abortTransaction();
      producer.beginTransaction();
      write(producer, 2);
      producer.commitTransaction();
    }
    reader.close();

    assertThatThrownBy(reader::check)
        .hasMessage("outputs of 2 of 3 inputs, 1 repeated, 0 out of their key's order");
  }

  private static void write(KafkaProducer<byte[], byte[]> producer, long offset) {
    var unused =
        producer.send(new ProducerRecord<>("read-out", 0, null, new Output(0, offset).bytes()));
  }
}
