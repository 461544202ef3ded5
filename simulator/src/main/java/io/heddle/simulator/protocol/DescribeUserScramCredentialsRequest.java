package io.heddle.simulator.protocol;

import java.util.List;

/**
 * Asks what users may log in with by SCRAM.
 *
 * @param users which; all that have a credential if there are none
 */
public record DescribeUserScramCredentialsRequest(List<String> users) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DESCRIBE_USER_SCRAM_CREDENTIALS;
  }

  @Override
  public DescribeUserScramCredentialsResponse refusal(ErrorCode error) {
    return new DescribeUserScramCredentialsResponse(error, List.of());
  }
}
