package io.heddle.simulator.client;

import io.heddle.simulator.protocol.AlterUserScramCredentialsRequest;
import io.heddle.simulator.protocol.AlterUserScramCredentialsRequest.Deletion;
import io.heddle.simulator.protocol.AlterUserScramCredentialsRequest.Upsertion;
import io.heddle.simulator.protocol.AlterUserScramCredentialsResponse;
import io.heddle.simulator.protocol.AlterUserScramCredentialsResponse.UserResult;
import io.heddle.simulator.protocol.DescribeUserScramCredentialsRequest;
import io.heddle.simulator.protocol.DescribeUserScramCredentialsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.UnacceptableCredentialException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.jspecify.annotations.Nullable;

/** An admin client's calls about what users may log in with. */
final class AdminUsers {
  private final AdminCalls calls;

  AdminUsers(AdminCalls calls) {
    this.calls = calls;
  }

  AdminOutcome<DescribeUserScramCredentialsResponse> describe(
      @Nullable List<String> names, @Nullable Integer timeoutMs) {
    List<String> asked =
        names == null ? List.of() : names.stream().filter(Objects::nonNull).toList();
    return calls.runOne(
        "describeUserScramCredentials",
        calls.deadline(timeoutMs),
        "users",
        new AdminRoute.AnyBroker<>(),
        new AdminStep<>(
            DescribeUserScramCredentialsResponse.class,
            false,
            keys -> new DescribeUserScramCredentialsRequest(asked),
            (response, call) -> AdminResources.answer(response.error(), response, call)));
  }

  /** Alters the users of whom nothing is said that kafka-clients itself turns away. */
  Map<String, AdminOutcome<Void>> alter(
      List<UserScramCredentialAlteration> alterations, @Nullable Integer timeoutMs) {
    Map<String, AdminOutcome<Void>> outcomes = new LinkedHashMap<>();
    for (UserScramCredentialAlteration each : alterations) {
      faultOf(each)
          .ifPresent(fault -> outcomes.putIfAbsent(each.user(), AdminOutcome.failed(fault)));
    }
    List<Deletion> deletions = new ArrayList<>();
    List<Upsertion> upsertions = new ArrayList<>();
    Set<String> users = new LinkedHashSet<>();
    for (UserScramCredentialAlteration each : alterations) {
      if (outcomes.containsKey(each.user())) {
        continue;
      }
      users.add(each.user());
      if (each instanceof UserScramCredentialUpsertion upsertion) {
        upsertions.add(
            new Upsertion(
                each.user(),
                upsertion.credentialInfo().mechanism(),
                upsertion.credentialInfo().iterations()));
      } else {
        deletions.add(new Deletion(each.user(), ((UserScramCredentialDeletion) each).mechanism()));
      }
    }
    outcomes.putAll(
        calls.run(
            "alterUserScramCredentials",
            calls.deadline(timeoutMs),
            users,
            new AdminRoute.AnyBroker<>(),
            new AdminStep<>(
                AlterUserScramCredentialsResponse.class,
                true,
                keys -> new AlterUserScramCredentialsRequest(deletions, upsertions),
                (response, call) -> response.users().forEach(each -> settle(each, call)))));
    return outcomes;
  }

  private static void settle(UserResult result, AdminCall<String, Void> call) {
    if (result.error() == ErrorCode.NONE) {
      call.done(result.user(), null);
    } else {
      call.failed(result.user(), result.error().exception(result.message()));
    }
  }

  private static Optional<ApiException> faultOf(UserScramCredentialAlteration alteration) {
    if (alteration.user() == null || alteration.user().isEmpty()) {
      return Optional.of(new UnacceptableCredentialException("Username must not be empty"));
    }
    if (alteration instanceof UserScramCredentialUpsertion upsertion
        && (upsertion.password() == null || upsertion.password().length == 0)) {
      return Optional.of(new UnacceptableCredentialException("Password must not be empty"));
    }
    ScramMechanism mechanism =
        alteration instanceof UserScramCredentialUpsertion upsertion
            ? upsertion.credentialInfo().mechanism()
            : ((UserScramCredentialDeletion) alteration).mechanism();
    return mechanism == null || mechanism == ScramMechanism.UNKNOWN
        ? Optional.of(new UnsupportedSaslMechanismException("Unknown SCRAM mechanism"))
        : Optional.empty();
  }
}
