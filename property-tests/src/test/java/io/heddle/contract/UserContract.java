package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.admin.UserScramCredentialsDescription;
import org.apache.kafka.common.errors.DuplicateResourceException;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.errors.UnacceptableCredentialException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.Test;

/** What an administrator lets users log in with. */
interface UserContract extends Contract {
  private static UserScramCredentialAlteration upsertion(
      String user, ScramMechanism mechanism, int iterations) {
    return new UserScramCredentialUpsertion(
        user, new ScramCredentialInfo(mechanism, iterations), "secret");
  }

  private static void alter(KafkaArm kafka, UserScramCredentialAlteration... alterations)
      throws Exception {
    kafka.admin().alterUserScramCredentials(List.of(alterations)).all().get();
  }

  private static String credentials(KafkaArm kafka, String user) {
    try {
      UserScramCredentialsDescription found =
          kafka.admin().describeUserScramCredentials(List.of(user)).all().get().get(user);
      return found.credentialInfos().stream()
          .map(info -> info.mechanism() + "/" + info.iterations())
          .sorted()
          .toList()
          .toString();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  default void keepsCredentialsByUserAndMechanism() throws Exception {
    run(
        kafka -> {
          String user = kafka.unique("user");
          String other = kafka.unique("user");
          alter(
              kafka,
              upsertion(user, ScramMechanism.SCRAM_SHA_256, 4_096),
              upsertion(other, ScramMechanism.SCRAM_SHA_256, 5_000));
          kafka.eventually("both", () -> !credentials(kafka, other).equals("[]"));
          alter(kafka, upsertion(user, ScramMechanism.SCRAM_SHA_512, 8_192));
          kafka.eventually(
              "two mechanisms",
              () -> credentials(kafka, user).equals("[SCRAM_SHA_256/4096, SCRAM_SHA_512/8192]"));
          assertThat(credentials(kafka, other)).isEqualTo("[SCRAM_SHA_256/5000]");
          assertThat(kafka.admin().describeUserScramCredentials().users().get())
              .contains(user, other);

          alter(kafka, upsertion(user, ScramMechanism.SCRAM_SHA_256, 6_000));
          kafka.eventually(
              "the change",
              () -> credentials(kafka, user).equals("[SCRAM_SHA_256/6000, SCRAM_SHA_512/8192]"));
          alter(kafka, new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_256));
          alter(kafka, new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_512));
          kafka.eventually("the end", () -> credentials(kafka, user).equals("[]"));
          assertThat(kafka.admin().describeUserScramCredentials().users().get())
              .contains(other)
              .doesNotContain(user);
        });
  }

  @Test
  default void refusesCredentialsThatAreNone() throws Exception {
    run(
        kafka -> {
          String user = kafka.unique("user");

          for (int iterations : List.of(4_095, 16_385)) {
            assertThatThrownBy(
                    () -> alter(kafka, upsertion(user, ScramMechanism.SCRAM_SHA_512, iterations)))
                .cause()
                .isInstanceOf(UnacceptableCredentialException.class)
                .hasMessage(iterations < 5_000 ? "Too few iterations" : "Too many iterations");
          }
          assertThatThrownBy(() -> alter(kafka, upsertion("", ScramMechanism.SCRAM_SHA_256, 4_096)))
              .cause()
              .isInstanceOf(UnacceptableCredentialException.class)
              .hasMessage("Username must not be empty");
          assertThatThrownBy(() -> alter(kafka, upsertion(user, ScramMechanism.UNKNOWN, 4_096)))
              .hasCauseInstanceOf(UnsupportedSaslMechanismException.class);
          assertThatThrownBy(
                  () ->
                      alter(
                          kafka,
                          new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_256)))
              .cause()
              .isInstanceOf(ResourceNotFoundException.class)
              .hasMessage("Attempt to delete a user credential that does not exist");
          assertThatThrownBy(
                  () ->
                      alter(
                          kafka,
                          upsertion(user, ScramMechanism.SCRAM_SHA_256, 4_096),
                          upsertion(user, ScramMechanism.SCRAM_SHA_512, 4_096)))
              .cause()
              .isInstanceOf(DuplicateResourceException.class)
              .hasMessage("A user credential cannot be altered twice in the same request");
          assertThat(kafka.admin().describeUserScramCredentials().users().get())
              .doesNotContain(user);
        });
  }

  @Test
  default void tellsOfUsersThatAreNoneAndOfThoseAskedForTwice() throws Exception {
    run(
        kafka -> {
          String user = kafka.unique("user");

          var none = kafka.admin().describeUserScramCredentials(List.of(user));
          assertThat(none.users().get()).isEmpty();
          assertThatThrownBy(() -> none.description(user).get())
              .cause()
              .isInstanceOf(ResourceNotFoundException.class)
              .hasMessage("Attempt to describe a user credential that does not exist: " + user);
          assertThatThrownBy(() -> none.description("other").get())
              .cause()
              .isInstanceOf(ResourceNotFoundException.class)
              .hasMessage("No such user: other");
          assertThatThrownBy(
                  () ->
                      kafka
                          .admin()
                          .describeUserScramCredentials(List.of(user, user))
                          .description(user)
                          .get())
              .cause()
              .isInstanceOf(DuplicateResourceException.class)
              .hasMessage(
                  "Cannot describe SCRAM credentials for the same user twice in a single request: "
                      + user);
        });
  }
}
