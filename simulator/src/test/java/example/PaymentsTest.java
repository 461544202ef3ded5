package example;

import static io.heddle.simulator.fault.Faults.applyThenDrop;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.check.Observer;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.junit.ClientProperties;
import io.heddle.simulator.junit.SimulatedKafkaTest;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

class PaymentsTest {
  @SimulatedKafkaTest(seeds = 20)
  void booksEveryPaymentAlthoughACommitsReplyIsLost(
      SimulatedKafka kafka,
      FaultPlan faults,
      Producer<String, String> producer,
      @ClientProperties({"group.id=booking", "auto.offset.reset=earliest"})
          Consumer<String, String> consumer,
      Observer observer)
      throws Exception {
    kafka.createTopic("payments", 3);
    faults.on(ApiKey.OFFSET_COMMIT).once().then(applyThenDrop());
    for (int i = 0; i < 30; i++) {
      producer.send(new ProducerRecord<>("payments", "account" + i % 7, "payment" + i)).get();
    }

    consumer.subscribe(List.of("payments"));
    int booked = 0;
    while (booked < 30) {
      for (ConsumerRecord<String, String> payment : consumer.poll(Duration.ofSeconds(1))) {
        observer.started(payment, payment.key());
        booked++;
        observer.ended(payment, payment.key());
      }
      consumer.commitSync();
    }
  }
}
