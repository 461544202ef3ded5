package io.heddle.simulator.protocol;

/**
 * Ends a transaction.
 *
 * @param committed whether it is committed; else it is aborted
 */
public record EndTxnRequest(
    String transactionalId, long producerId, short producerEpoch, boolean committed)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.END_TXN;
  }

  @Override
  public EndTxnResponse refusal(ErrorCode error) {
    return new EndTxnResponse(error, -1, (short) -1);
  }
}
