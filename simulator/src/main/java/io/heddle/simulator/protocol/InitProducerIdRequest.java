package io.heddle.simulator.protocol;

import java.util.Optional;

/**
 * Asks for the id of an idempotent producer.
 *
 * @param transactionalId the name under which the producer's transactions survive it, if it has one
 * @param producerId the id that the producer has and wants to go on with in a new epoch, or -1
 * @param producerEpoch the epoch that it has, or -1
 */
public record InitProducerIdRequest(
    Optional<String> transactionalId,
    int transactionTimeoutMs,
    long producerId,
    short producerEpoch)
    implements Request {
  /** A request of a producer that has no id yet. */
  public InitProducerIdRequest(Optional<String> transactionalId, int transactionTimeoutMs) {
    this(transactionalId, transactionTimeoutMs, -1, (short) -1);
  }

  @Override
  public ApiKey api() {
    return ApiKey.INIT_PRODUCER_ID;
  }

  @Override
  public InitProducerIdResponse refusal(ErrorCode error) {
    return new InitProducerIdResponse(error, -1, (short) -1);
  }
}
