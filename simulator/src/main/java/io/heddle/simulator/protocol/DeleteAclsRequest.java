package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.acl.AclBindingFilter;

/** Removes the access control entries that match. */
public record DeleteAclsRequest(List<AclBindingFilter> filters) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DELETE_ACLS;
  }

  @Override
  public DeleteAclsResponse refusal(ErrorCode error) {
    return new DeleteAclsResponse(error);
  }
}
