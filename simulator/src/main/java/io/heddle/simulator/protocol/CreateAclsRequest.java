package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.acl.AclBinding;

/** Adds access control entries. */
public record CreateAclsRequest(List<AclBinding> entries) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.CREATE_ACLS;
  }

  @Override
  public CreateAclsResponse refusal(ErrorCode error) {
    return new CreateAclsResponse(error);
  }
}
