package io.heddle.simulator.protocol;

/**
 * Asks which broker coordinates a group or the transactions of a producer.
 *
 * @param key the group's id or the transactional id
 */
public record FindCoordinatorRequest(KeyType keyType, String key) implements Request {
  /** What kind of coordinator. */
  public enum KeyType {
    GROUP,
    TRANSACTION
  }

  /** A request for a group's coordinator. */
  public FindCoordinatorRequest(String key) {
    this(KeyType.GROUP, key);
  }

  @Override
  public ApiKey api() {
    return ApiKey.FIND_COORDINATOR;
  }

  @Override
  public FindCoordinatorResponse refusal(ErrorCode error) {
    return new FindCoordinatorResponse(error, -1);
  }
}
