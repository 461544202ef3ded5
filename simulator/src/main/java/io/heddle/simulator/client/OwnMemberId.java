package io.heddle.simulator.client;

import org.apache.kafka.common.Uuid;

/**
 * The id that a member of a consumer group makes itself (KIP-848). It is drawn, since coordinators
 * treat members in an order that their ids decide, and unique whatever is drawn.
 */
final class OwnMemberId {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private OwnMemberId() {}

  static String make(ClientContext context) {
    String unique = context.process().member() + "#" + context.process().nextIdentity();
    long drawn = context.choices().stream("client.member").below(1L << 62);
    return new Uuid(drawn, hash(unique)).toString();
  }

  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
