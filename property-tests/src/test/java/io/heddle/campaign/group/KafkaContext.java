package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;

/** Who sent a request, and of which version, as Kafka's coordinator is told. */
record KafkaContext(ApiKeys api, short version, String clientId)
    implements AuthorizableRequestContext {
  private static final InetAddress ADDRESS;

  static {
    try {
      ADDRESS = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The host of every caller, as DescribeGroups shows it. */
  static final String HOST = ADDRESS.toString();

  static KafkaContext of(Caller caller, ApiKeys api, int version) {
    return new KafkaContext(api, (short) version, caller.clientId());
  }

  @Override
  public String listenerName() {
    return "PLAINTEXT";
  }

  @Override
  public SecurityProtocol securityProtocol() {
    return SecurityProtocol.PLAINTEXT;
  }

  @Override
  public KafkaPrincipal principal() {
    return KafkaPrincipal.ANONYMOUS;
  }

  @Override
  public InetAddress clientAddress() {
    return ADDRESS;
  }

  @Override
  public int requestType() {
    return api.id;
  }

  @Override
  public int requestVersion() {
    return version;
  }

  @Override
  public int correlationId() {
    return 0;
  }
}
