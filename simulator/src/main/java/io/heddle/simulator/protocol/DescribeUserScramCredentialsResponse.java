package io.heddle.simulator.protocol;

import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.ScramMechanism;

/** What each user may log in with, unless all are refused. */
public record DescribeUserScramCredentialsResponse(ErrorCode error, List<UserCredentials> users)
    implements Response {
  /**
   * One user.
   *
   * @param iterations how often the password is hashed, by mechanism
   */
  public record UserCredentials(
      String user,
      ErrorCode error,
      String message,
      SortedMap<ScramMechanism, Integer> iterations) {}
}
