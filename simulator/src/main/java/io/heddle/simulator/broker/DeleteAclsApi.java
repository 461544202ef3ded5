package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DeleteAclsRequest;
import io.heddle.simulator.protocol.ErrorCode;

/**
 * Removes access control entries, where there is an authorizer.
 *
 * <p>Models: the refusal of a broker without one, SECURITY_DISABLED.
 *
 * <p>Does not model: authorizers.
 */
final class DeleteAclsApi implements RequestHandler<DeleteAclsRequest> {
  @Override
  public void handle(Call call, DeleteAclsRequest request) {
    call.reply(request.refusal(ErrorCode.SECURITY_DISABLED));
  }
}
