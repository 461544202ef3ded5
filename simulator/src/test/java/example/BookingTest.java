package example;

import static io.heddle.simulator.fault.Faults.fenceMember;
import static io.heddle.simulator.fault.Faults.restartClient;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.junit.InProcess;
import io.heddle.simulator.junit.SimulatedKafkaTest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;

class BookingTest {
  @BeforeEach
  void createTopic(SimulatedKafka kafka) {
    kafka.createTopic("payments", 3);
  }

  @SimulatedKafkaTest(seeds = 20)
  void aPlainLoopLosesNothingInACrash(
      SimulatedKafka kafka,
      FaultPlan faults,
      @InProcess("m1") SimulatedProcess process,
      Producer<String, String> producer)
      throws Exception {
    startPlain(process);
    faults.at(Duration.ofSeconds(5)).then(restartClient("m1", this::startPlain));
    sendPayments(producer, kafka);
  }

  private void startPlain(SimulatedProcess process) {
    process.start("booking", plain(consumerOf(process), bankOf(process)));
  }

  @SimulatedKafkaTest(seeds = 20)
  void aPoolKeepsTheOrderOfEachAccount(
      SimulatedKafka kafka,
      @InProcess("m1") SimulatedProcess process,
      Producer<String, String> producer)
      throws Exception {
    ExecutorService pool = process.runtime().executor("pool", 8);
    process.start("booking", pooled(consumerOf(process), pool, bankOf(process)));
    sendPayments(producer, kafka);
  }

  @SimulatedKafkaTest(seeds = 20)
  void aServiceLeavesToOthersWhatIsTheirs(
      SimulatedKafka kafka,
      FaultPlan faults,
      @InProcess("m1") SimulatedProcess one,
      @InProcess("m2") SimulatedProcess other,
      Producer<String, String> producer)
      throws Exception {
    one.start("booking", service(() -> consumerOf(one), bankOf(one)));
    other.start("booking", service(() -> consumerOf(other), bankOf(other)));
    faults.at(Duration.ofSeconds(5)).then(fenceMember("booking", "m1"));
    sendPayments(producer, kafka);
  }

  Runnable plain(Consumer<String, String> consumer, Bank bank) {
    return new PlainBooking(consumer, bank);
  }

  Runnable pooled(Consumer<String, String> consumer, ExecutorService pool, Bank bank) {
    return new PooledBooking(consumer, pool, bank);
  }

  Runnable service(Supplier<Consumer<String, String>> consumers, Bank bank) {
    return new BookingService(consumers, bank);
  }

  private static Consumer<String, String> consumerOf(SimulatedProcess process) {
    return process.consumer(
        Map.of(
            "group.id", "booking",
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false",
            "key.deserializer", StringDeserializer.class,
            "value.deserializer", StringDeserializer.class));
  }

  /** A bank that takes its time and lets the checkers know of each payment. */
  private static Bank bankOf(SimulatedProcess process) {
    return payment ->
        process
            .observer()
            .processed(
                payment,
                payment.key(),
                () -> process.runtime().sleep(Duration.ofMillis(30).toNanos()));
  }

  /** What is not booked three minutes after the last payment is lost, say the checkers. */
  private static void sendPayments(Producer<String, String> producer, SimulatedKafka kafka)
      throws Exception {
    for (int i = 0; i < 100; i++) {
      producer.send(new ProducerRecord<>("payments", "account" + i % 7, "payment" + i)).get();
      kafka.simulation().sleep(Duration.ofMillis(100).toNanos());
    }
    kafka.simulation().sleep(Duration.ofMinutes(3).toNanos());
  }
}
