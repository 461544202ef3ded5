package io.heddle.simulator.protocol;

/** The producer's id and epoch for its next transaction, or -1 each. */
public record EndTxnResponse(ErrorCode error, long producerId, short producerEpoch)
    implements Response {}
