package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.AlterUserScramCredentialsRequest;
import io.heddle.simulator.protocol.AlterUserScramCredentialsRequest.Deletion;
import io.heddle.simulator.protocol.AlterUserScramCredentialsRequest.Upsertion;
import io.heddle.simulator.protocol.AlterUserScramCredentialsResponse;
import io.heddle.simulator.protocol.AlterUserScramCredentialsResponse.UserResult;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ScramMechanism;

/**
 * Changes what users may log in with by SCRAM; any broker passes the request on to the controller.
 *
 * <p>Models: credentials that come, change and go, of each mechanism; a user of whom the request
 * says two things, credentials to delete that are not there, bounds for the iterations, empty
 * names, unknown mechanisms. What is said of one user does not touch another.
 *
 * <p>Does not model: salts and passwords, which nobody logs in with, as there are no sockets.
 */
final class AlterUserScramCredentialsApi
    implements RequestHandler<AlterUserScramCredentialsRequest> {
  private static final int MOST_ITERATIONS = 16_384;
  private static final int LEAST_ITERATIONS = 4_096;

  private final ScramCredentials credentials;

  AlterUserScramCredentialsApi(ScramCredentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public void handle(Call call, AlterUserScramCredentialsRequest request) {
    Map<String, Long> mentions =
        Stream.concat(
                request.deletions().stream().map(Deletion::user),
                request.upsertions().stream().map(Upsertion::user))
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    Map<String, UserResult> results = new TreeMap<>();
    for (Deletion deletion : request.deletions()) {
      results.computeIfAbsent(
          deletion.user(),
          user -> mentions.getOrDefault(user, 0L) > 1 ? twice(user) : delete(deletion));
    }
    for (Upsertion upsertion : request.upsertions()) {
      results.computeIfAbsent(
          upsertion.user(),
          user -> mentions.getOrDefault(user, 0L) > 1 ? twice(user) : upsert(upsertion));
    }
    call.reply(new AlterUserScramCredentialsResponse(results.values().stream().toList()));
  }

  private static UserResult twice(String user) {
    return new UserResult(
        user,
        ErrorCode.DUPLICATE_RESOURCE,
        "A user credential cannot be altered twice in the same request");
  }

  private UserResult delete(Deletion deletion) {
    UserResult checked = check(deletion.user(), deletion.mechanism());
    if (checked.error() != ErrorCode.NONE) {
      return checked;
    }
    if (!credentials.of(deletion.user()).containsKey(deletion.mechanism())) {
      return new UserResult(
          deletion.user(),
          ErrorCode.RESOURCE_NOT_FOUND,
          "Attempt to delete a user credential that does not exist");
    }
    credentials.remove(deletion.user(), deletion.mechanism());
    return checked;
  }

  private UserResult upsert(Upsertion upsertion) {
    UserResult checked = check(upsertion.user(), upsertion.mechanism());
    if (checked.error() != ErrorCode.NONE) {
      return checked;
    }
    int iterations = upsertion.iterations();
    if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
      return new UserResult(
          upsertion.user(),
          ErrorCode.UNACCEPTABLE_CREDENTIAL,
          iterations < LEAST_ITERATIONS ? "Too few iterations" : "Too many iterations");
    }
    credentials.put(upsertion.user(), upsertion.mechanism(), iterations);
    return checked;
  }

  private static UserResult check(String user, ScramMechanism mechanism) {
    if (user.isEmpty()) {
      return new UserResult(user, ErrorCode.UNACCEPTABLE_CREDENTIAL, "Username must not be empty");
    }
    return mechanism == ScramMechanism.UNKNOWN
        ? new UserResult(user, ErrorCode.UNSUPPORTED_SASL_MECHANISM, "Unknown SCRAM mechanism")
        : new UserResult(user, ErrorCode.NONE, "");
  }
}
