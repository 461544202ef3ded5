package io.heddle.simulator.protocol;

import java.util.Optional;

/**
 * Asks for the id of an idempotent producer.
 *
 * @param transactionalId the name under which the producer's transactions survive it, if it has one
 */
public record InitProducerIdRequest(Optional<String> transactionalId, int transactionTimeoutMs)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.INIT_PRODUCER_ID;
  }

  @Override
  public InitProducerIdResponse refusal(ErrorCode error) {
    return new InitProducerIdResponse(error, -1, (short) -1);
  }
}
