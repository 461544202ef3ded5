package io.heddle.simulator.client;

import io.heddle.simulator.protocol.CreateAclsRequest;
import io.heddle.simulator.protocol.DeleteAclsRequest;
import io.heddle.simulator.protocol.DescribeAclsRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminResults;
import org.apache.kafka.clients.admin.CreateAclsOptions;
import org.apache.kafka.clients.admin.CreateAclsResult;
import org.apache.kafka.clients.admin.DeleteAclsOptions;
import org.apache.kafka.clients.admin.DeleteAclsResult;
import org.apache.kafka.clients.admin.DescribeAclsOptions;
import org.apache.kafka.clients.admin.DescribeAclsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/** The part of {@code Admin} that is about access, on brokers that have no authorizer. */
interface AclAdmin extends Admin {
  AdminResources resources();

  @Override
  default DescribeAclsResult describeAcls(AclBindingFilter filter, DescribeAclsOptions options) {
    return AdminResults.describedAcls(
        new FailedFuture<>(
            resources()
                .refusal("describeAcls", new DescribeAclsRequest(filter), options.timeoutMs())));
  }

  @Override
  default CreateAclsResult createAcls(Collection<AclBinding> entries, CreateAclsOptions options) {
    List<AclBinding> ordered = CallerOrder.of(entries, AclBinding::toString);
    Throwable refusal =
        resources().refusal("createAcls", new CreateAclsRequest(ordered), options.timeoutMs());
    Map<AclBinding, KafkaFuture<Void>> created = new LinkedHashMap<>();
    ordered.forEach(entry -> created.put(entry, new FailedFuture<>(refusal)));
    return AdminResults.createdAcls(created);
  }

  @Override
  default DeleteAclsResult deleteAcls(
      Collection<AclBindingFilter> filters, DeleteAclsOptions options) {
    List<AclBindingFilter> ordered = CallerOrder.of(filters, AclBindingFilter::toString);
    Throwable refusal =
        resources().refusal("deleteAcls", new DeleteAclsRequest(ordered), options.timeoutMs());
    Map<AclBindingFilter, KafkaFuture<DeleteAclsResult.FilterResults>> deleted =
        new LinkedHashMap<>();
    ordered.forEach(filter -> deleted.put(filter, new FailedFuture<>(refusal)));
    return AdminResults.deletedAcls(deleted);
  }
}
