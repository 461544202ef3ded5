package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.Test;

class FailureResponseTest {

  @Test
  void triesAgainWhatMayWorkLater() {
    assertThat(FailureResponse.to(new TimeoutException("t"))).isEqualTo(FailureResponse.RETRY);
    assertThat(FailureResponse.to(new RetriableCommitFailedException("c")))
        .isEqualTo(FailureResponse.RETRY);
  }

  @Test
  void leavesItToThePollWhenTheGroupHasMovedOn() {
    assertThat(FailureResponse.to(new CommitFailedException())).isEqualTo(FailureResponse.REJOIN);
    assertThat(FailureResponse.to(new RebalanceInProgressException("r")))
        .isEqualTo(FailureResponse.REJOIN);
  }

  @Test
  void triesWithAnotherConsumerWhatThisOneCannotGetOver() {
    assertThat(FailureResponse.to(new UnreleasedInstanceIdException("u")))
        .isEqualTo(FailureResponse.NEW_CONSUMER);
  }

  @Test
  void stopsForAnythingElse() {
    assertThat(FailureResponse.to(new FencedInstanceIdException("f")))
        .isEqualTo(FailureResponse.STOP);
    assertThat(FailureResponse.to(GroupAuthorizationException.forGroupId("g")))
        .isEqualTo(FailureResponse.STOP);
    assertThat(FailureResponse.to(new IllegalStateException("bug")))
        .isEqualTo(FailureResponse.STOP);
  }
}
