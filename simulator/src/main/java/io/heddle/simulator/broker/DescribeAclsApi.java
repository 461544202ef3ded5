package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DescribeAclsRequest;
import io.heddle.simulator.protocol.ErrorCode;

/**
 * Tells access control entries, where there is an authorizer.
 *
 * <p>Models: the refusal of a broker without one, SECURITY_DISABLED.
 *
 * <p>Does not model: authorizers.
 */
final class DescribeAclsApi implements RequestHandler<DescribeAclsRequest> {
  @Override
  public void handle(Call call, DescribeAclsRequest request) {
    call.reply(request.refusal(ErrorCode.SECURITY_DISABLED));
  }
}
