package io.heddle.simulator.protocol;

import org.apache.kafka.common.acl.AclBindingFilter;

/** Asks for the access control entries that match. */
public record DescribeAclsRequest(AclBindingFilter filter) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DESCRIBE_ACLS;
  }

  @Override
  public DescribeAclsResponse refusal(ErrorCode error) {
    return new DescribeAclsResponse(error);
  }
}
