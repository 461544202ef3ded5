package io.heddle.simulator.protocol;

/** The producer's id and epoch, or -1 each. */
public record InitProducerIdResponse(ErrorCode error, long producerId, short producerEpoch)
    implements Response {}
