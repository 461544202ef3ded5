package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.InitProducerIdResponse;

/**
 * Hands out the ids of idempotent producers.
 *
 * <p>Models: ids that no producer had before, in blocks of a thousand for each broker, with epoch
 * 0.
 *
 * <p>Does not model: transactional ids (refused by an exception that says so), a new epoch for a
 * producer that has an id already.
 */
final class InitProducerIdApi implements RequestHandler<InitProducerIdRequest> {
  private static final int BLOCK = 1_000;

  private final long[] next;
  private long nextBlock;

  InitProducerIdApi(int brokers) {
    this.next = new long[brokers];
  }

  @Override
  public void handle(Call call, InitProducerIdRequest request) {
    request
        .transactionalId()
        .ifPresent(
            id -> {
              throw new UnsupportedOperationException(
                  "InitProducerId: transactional ids are not modelled, asked for '" + id + "'");
            });
    int broker = call.brokerId();
    if (next[broker] % BLOCK == 0) {
      next[broker] = nextBlock;
      nextBlock += BLOCK;
    }
    call.reply(new InitProducerIdResponse(ErrorCode.NONE, next[broker]++, (short) 0));
  }
}
