package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.CreateAclsRequest;
import io.heddle.simulator.protocol.ErrorCode;

/**
 * Adds access control entries, where there is an authorizer.
 *
 * <p>Models: the refusal of a broker without one, SECURITY_DISABLED.
 *
 * <p>Does not model: authorizers.
 */
final class CreateAclsApi implements RequestHandler<CreateAclsRequest> {
  @Override
  public void handle(Call call, CreateAclsRequest request) {
    call.reply(request.refusal(ErrorCode.SECURITY_DISABLED));
  }
}
