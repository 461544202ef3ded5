package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DescribeUserScramCredentialsRequest;
import io.heddle.simulator.protocol.DescribeUserScramCredentialsResponse;
import io.heddle.simulator.protocol.DescribeUserScramCredentialsResponse.UserCredentials;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells what users may log in with by SCRAM.
 *
 * <p>Models: mechanisms and iterations of the users asked for or of all that have a credential;
 * users that have none, and those that are asked for twice.
 *
 * <p>Does not model: the time until a broker knows of a change.
 */
final class DescribeUserScramCredentialsApi
    implements RequestHandler<DescribeUserScramCredentialsRequest> {
  private final ScramCredentials credentials;

  DescribeUserScramCredentialsApi(ScramCredentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public void handle(Call call, DescribeUserScramCredentialsRequest request) {
    List<String> asked = request.users();
    Collection<String> users = asked.isEmpty() ? credentials.users() : new TreeSet<>(asked);
    call.reply(
        new DescribeUserScramCredentialsResponse(
            ErrorCode.NONE,
            users.stream()
                .map(
                    user ->
                        asked.indexOf(user) == asked.lastIndexOf(user)
                            ? describe(user)
                            : refused(
                                user,
                                ErrorCode.DUPLICATE_RESOURCE,
                                "Cannot describe SCRAM credentials for the same user twice in a"
                                    + " single request: "
                                    + user))
                .toList()));
  }

  private UserCredentials describe(String user) {
    return credentials.of(user).isEmpty()
        ? refused(
            user,
            ErrorCode.RESOURCE_NOT_FOUND,
            "Attempt to describe a user credential that does not exist: " + user)
        : new UserCredentials(user, ErrorCode.NONE, "", credentials.of(user));
  }

  private static UserCredentials refused(String user, ErrorCode error, String message) {
    return new UserCredentials(user, error, message, new TreeMap<>());
  }
}
