package io.heddle.simulator.client;

import io.heddle.simulator.protocol.CreateAclsRequest;
import io.heddle.simulator.protocol.DeleteAclsRequest;
import io.heddle.simulator.protocol.DescribeAclsRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * The part of {@code Admin} whose answer is always the same, whatever happens in the cluster: there
 * is no authorizer, and no broker subscribes to clients' metrics.
 */
interface ConstantAdmin extends Admin {
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

  /**
   * {@inheritDoc}
   *
   * <p>There are none, as clients push no metrics. kafka-clients means to remove this call but
   * still declares it: hence the suppression.
   */
  @Override
  @SuppressWarnings({"deprecation", "removal"})
  default org.apache.kafka.clients.admin.ListClientMetricsResourcesResult
      listClientMetricsResources(
          org.apache.kafka.clients.admin.ListClientMetricsResourcesOptions options) {
    return AdminResults.listedClientMetrics(
        resources()
            .list(Set.of(ConfigResource.Type.CLIENT_METRICS), options.timeoutMs())
            .map(
                found ->
                    Objects.requireNonNull(found).stream()
                        .map(each -> AdminResults.clientMetrics(each.name()))
                        .toList())
            .toFuture());
  }

  @Override
  default void registerMetricForSubscription(KafkaMetric metric) {
    ClientMetrics.subscribe(metric);
  }

  @Override
  default void unregisterMetricFromSubscription(KafkaMetric metric) {
    ClientMetrics.subscribe(metric);
  }
}
