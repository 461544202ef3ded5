package io.heddle.simulator.protocol;

import java.util.List;

/** What became of each user. */
public record AlterUserScramCredentialsResponse(List<UserResult> users) implements Response {
  /** One user; an empty message where the error says it all. */
  public record UserResult(String user, ErrorCode error, String message) {}
}
