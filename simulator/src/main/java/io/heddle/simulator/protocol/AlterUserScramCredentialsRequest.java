package io.heddle.simulator.protocol;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ScramMechanism;

/**
 * Changes what users may log in with by SCRAM. Salts and salted passwords are left out, since
 * nobody logs in here.
 */
public record AlterUserScramCredentialsRequest(List<Deletion> deletions, List<Upsertion> upsertions)
    implements Request {
  /** A credential that is to go. */
  public record Deletion(String user, ScramMechanism mechanism) {}

  /** A credential that is to be, in the place of one of the same mechanism. */
  public record Upsertion(String user, ScramMechanism mechanism, int iterations) {}

  @Override
  public ApiKey api() {
    return ApiKey.ALTER_USER_SCRAM_CREDENTIALS;
  }

  @Override
  public AlterUserScramCredentialsResponse refusal(ErrorCode error) {
    TreeSet<String> users = new TreeSet<>();
    Stream.concat(deletions.stream().map(Deletion::user), upsertions.stream().map(Upsertion::user))
        .forEach(users::add);
    return new AlterUserScramCredentialsResponse(
        users.stream()
            .map(user -> new AlterUserScramCredentialsResponse.UserResult(user, error, ""))
            .toList());
  }
}
