package io.heddle.simulator.broker;

import io.heddle.simulator.history.Member;

/**
 * Who sent a request.
 *
 * @param member the process; what a group's member did is told of this process
 * @param clientId the {@code client.id} of its request
 * @param clientHost where it runs, as DescribeGroups shows it
 * @param givenUp whether it broke the connection off before the request arrived
 */
public record Caller(Member member, String clientId, String clientHost, boolean givenUp) {
  /** One that waits for the answer. */
  public Caller(Member member, String clientId, String clientHost) {
    this(member, clientId, clientHost, false);
  }
}
