package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Engine;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What a member's engine owes it, and who watches that.
 *
 * @param givenUp what the engine may leave out
 * @param promises what it promises
 * @param ownerships what it promises of partitions
 * @param asked what it promises to whoever asks for interjections
 * @param interjected told of interjections
 */
record MemberDealings(
    GivenUp givenUp,
    Promises promises,
    OwnershipPromises ownerships,
    AskedPromises asked,
    MemberSurroundings.Interjected interjected) {

  /** The member's consumer, watched for what it returns. */
  Consumer<byte[], byte[]> watched(Consumer<byte[], byte[]> consumer, Engine engine) {
    return ownerships.watched(
        consumer,
        polled -> HandledTypes.unhandled(engine.work().types(), polled, givenUp::unhandled));
  }

  /** The same, with somebody else told of interjections. */
  MemberDealings with(MemberSurroundings.Interjected told) {
    return new MemberDealings(givenUp, promises, ownerships, asked, told);
  }
}
