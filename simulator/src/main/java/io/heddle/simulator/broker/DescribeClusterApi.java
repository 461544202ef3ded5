package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DescribeClusterRequest;
import io.heddle.simulator.protocol.DescribeClusterResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.List;
import org.apache.kafka.common.Node;

/**
 * Tells which brokers there are.
 *
 * <p>Models: those that are there, those that are away and still registered, if they are asked for,
 * the cluster's id; the first broker speaks for the controller.
 *
 * <p>Does not model: racks, authorized operations, controllers that are no brokers.
 */
final class DescribeClusterApi implements RequestHandler<DescribeClusterRequest> {
  private final Brokers brokers;
  private final ClusterSettings settings;

  DescribeClusterApi(Brokers brokers, ClusterSettings settings) {
    this.brokers = brokers;
    this.settings = settings;
  }

  @Override
  public void handle(Call call, DescribeClusterRequest request) {
    List<Node> told =
        request.includeFencedBrokers()
            ? MetadataApi.nodes(brokers.registered()).stream().map(this::marked).toList()
            : MetadataApi.nodes(brokers.active());
    call.reply(
        new DescribeClusterResponse(
            ErrorCode.NONE, told, MetadataApi.CONTROLLER, settings.clusterId()));
  }

  private Node marked(Node node) {
    return new Node(node.id(), node.host(), node.port(), node.rack(), !brokers.isActive(node.id()));
  }
}
