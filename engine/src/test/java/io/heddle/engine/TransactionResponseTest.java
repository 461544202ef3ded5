package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TransactionResponseTest {
  @Test
  void leavesItToTheConsumerWhetherAStaticMemberIsFenced() {
    assertThat(TransactionResponse.to(new FencedInstanceIdException("f")))
        .isEqualTo(TransactionResponse.ABORT);
    assertThat(TransactionResponse.to(new KafkaException(new FencedInstanceIdException("f"))))
        .isEqualTo(TransactionResponse.ABORT);
  }

  @Test
  void takesAnotherProducerForOneThatIsFenced() {
    assertThat(TransactionResponse.to(new KafkaException(new ProducerFencedException("p"))))
        .isEqualTo(TransactionResponse.NEW_PRODUCER);
  }

  @Test
  void asksAgainForAnOutcomeThatIsNotKnown() {
    assertThat(TransactionResponse.to(new TimeoutException("t")))
        .isEqualTo(TransactionResponse.CALL_AGAIN);
  }

  @Test
  void stopsForWhatNoOtherTryHelps() {
    assertThat(TransactionResponse.to(new AuthenticationException("a")))
        .isEqualTo(TransactionResponse.STOP);
  }
}
