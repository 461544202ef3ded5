package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The mistakes that are made most, and what the tests of {@link BookingTest} say of them. */
class BookingMistakesTest {
  static class CommitsFirst extends BookingTest {
    @Override
    Runnable plain(Consumer<String, String> consumer, Bank bank) {
      return new PlainBooking(consumer, bank) {
        @Override
        protected void book(ConsumerRecords<String, String> payments) {
          consumer.commitSync();
          payments.forEach(bank::book);
        }
      };
    }
  }

  @Test
  void aLoopThatCommitsBeforeItBooksIsFound() {
    List<String> messages = failures(CommitsFirst.class, "aPlainLoopLosesNothingInACrash");

    assertThat(messages).hasSize(20).allSatisfy(it -> assertThat(it).startsWith("commit-prefix: "));
    assertThat(messages).anySatisfy(it -> assertThat(it).contains(" at-least-once="));
  }

  static class OneTaskForEachPayment extends BookingTest {
    @Override
    Runnable pooled(Consumer<String, String> consumer, ExecutorService pool, Bank bank) {
      return new PooledBooking(consumer, pool, bank) {
        @Override
        protected String queueOf(ConsumerRecord<String, String> payment) {
          return payment.value();
        }
      };
    }
  }

  @Test
  void aPoolThatMixesThePaymentsOfAnAccountIsFound() throws IOException {
    List<String> messages =
        failures(OneTaskForEachPayment.class, "aPoolKeepsTheOrderOfEachAccount");

    assertThat(messages).hasSize(20).allSatisfy(it -> assertThat(it).startsWith("key-"));
    assertThat(Files.readString(Path.of("..", "docs", "UNIT-TESTS.md")))
        .as("docs/UNIT-TESTS.md shows what the first seed says")
        .contains("```\n" + messages.get(0) + "\n```");
  }

  static class NeverForgets extends BookingTest {
    @Override
    Runnable service(Supplier<Consumer<String, String>> consumers, Bank bank) {
      return new BookingService(consumers, bank) {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
          // Keeps what it has booked of them.
        }
      };
    }
  }

  @Test
  void aServiceThatCommitsForOthersIsFound() {
    assertThat(failures(NeverForgets.class, "aServiceLeavesToOthersWhatIsTheirs"))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it).startsWith("owner-commit: "));
  }

  private static List<String> failures(Class<?> type, String method) {
    Method test =
        Stream.of(BookingTest.class.getDeclaredMethods())
            .filter(each -> each.getName().equals(method))
            .findFirst()
            .orElseThrow();
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectMethod(type, test))
        .execute()
        .testEvents()
        .failed()
        .stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow().getMessage())
        .toList();
  }
}
