package io.heddle.simulator.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AddRaftVoterOptions;
import org.apache.kafka.clients.admin.AddRaftVoterResult;
import org.apache.kafka.clients.admin.AlterClientQuotasOptions;
import org.apache.kafka.clients.admin.AlterClientQuotasResult;
import org.apache.kafka.clients.admin.CreateDelegationTokenOptions;
import org.apache.kafka.clients.admin.CreateDelegationTokenResult;
import org.apache.kafka.clients.admin.DescribeClientQuotasOptions;
import org.apache.kafka.clients.admin.DescribeClientQuotasResult;
import org.apache.kafka.clients.admin.DescribeDelegationTokenOptions;
import org.apache.kafka.clients.admin.DescribeDelegationTokenResult;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.DescribeFeaturesResult;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumOptions;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumResult;
import org.apache.kafka.clients.admin.ExpireDelegationTokenOptions;
import org.apache.kafka.clients.admin.ExpireDelegationTokenResult;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.RaftVoterEndpoint;
import org.apache.kafka.clients.admin.RemoveRaftVoterOptions;
import org.apache.kafka.clients.admin.RemoveRaftVoterResult;
import org.apache.kafka.clients.admin.RenewDelegationTokenOptions;
import org.apache.kafka.clients.admin.RenewDelegationTokenResult;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.admin.UpdateFeaturesResult;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/**
 * What else of {@code Admin} is not modelled: each call refuses by its name.
 *
 * <p>kafka-clients means to remove {@code listClientMetricsResources} but still declares it: hence
 * the suppression.
 */
interface UnmodelledAdmin extends UnmodelledGroups {
  @Override
  default CreateDelegationTokenResult createDelegationToken(CreateDelegationTokenOptions options) {
    throw Refusal.notModelled("Admin.createDelegationToken");
  }

  @Override
  default RenewDelegationTokenResult renewDelegationToken(
      byte[] hmac, RenewDelegationTokenOptions options) {
    throw Refusal.notModelled("Admin.renewDelegationToken");
  }

  @Override
  default ExpireDelegationTokenResult expireDelegationToken(
      byte[] hmac, ExpireDelegationTokenOptions options) {
    throw Refusal.notModelled("Admin.expireDelegationToken");
  }

  @Override
  default DescribeDelegationTokenResult describeDelegationToken(
      DescribeDelegationTokenOptions options) {
    throw Refusal.notModelled("Admin.describeDelegationToken");
  }

  @Override
  default DescribeClientQuotasResult describeClientQuotas(
      ClientQuotaFilter filter, DescribeClientQuotasOptions options) {
    throw Refusal.notModelled("Admin.describeClientQuotas");
  }

  @Override
  default AlterClientQuotasResult alterClientQuotas(
      Collection<ClientQuotaAlteration> items, AlterClientQuotasOptions options) {
    throw Refusal.notModelled("Admin.alterClientQuotas");
  }

  @Override
  default DescribeFeaturesResult describeFeatures(DescribeFeaturesOptions options) {
    throw Refusal.notModelled("Admin.describeFeatures");
  }

  @Override
  default UpdateFeaturesResult updateFeatures(
      Map<String, FeatureUpdate> entries, UpdateFeaturesOptions options) {
    throw Refusal.notModelled("Admin.updateFeatures");
  }

  @Override
  default DescribeMetadataQuorumResult describeMetadataQuorum(
      DescribeMetadataQuorumOptions options) {
    throw Refusal.notModelled("Admin.describeMetadataQuorum");
  }

  @Override
  default Uuid clientInstanceId(Duration timeout) {
    throw Refusal.notModelled("Admin.clientInstanceId");
  }

  @Override
  default AddRaftVoterResult addRaftVoter(
      int id, Uuid uuid, Set<RaftVoterEndpoint> items, AddRaftVoterOptions options) {
    throw Refusal.notModelled("Admin.addRaftVoter");
  }

  @Override
  default RemoveRaftVoterResult removeRaftVoter(int id, Uuid uuid, RemoveRaftVoterOptions options) {
    throw Refusal.notModelled("Admin.removeRaftVoter");
  }
}
