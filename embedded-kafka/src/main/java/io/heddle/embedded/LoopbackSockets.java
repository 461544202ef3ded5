package io.heddle.embedded;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.PreboundSocketFactoryManager;
import org.apache.kafka.common.test.TestKitNodes;

/**
 * Makes a test kit listen on the loopback address. By itself it opens its sockets on all addresses
 * of the machine and offers no setting for that; but it opens only those that are not open yet, so
 * they are put there beforehand. That takes two of its private fields: a test kit without them
 * cannot be started.
 */
final class LoopbackSockets {
  private final Map<Integer, Map<String, ServerSocketChannel>> sockets = new HashMap<>();

  /** Opens a socket for each listener of each node. */
  void open(TestKitNodes nodes) throws IOException {
    for (int controller : nodes.controllerNodes().keySet()) {
      open(controller, nodes.controllerListenerName().value());
    }
    for (int broker : nodes.brokerNodes().keySet()) {
      open(broker, nodes.brokerListenerName().value());
    }
  }

  /** Gives the sockets to the test kit, which closes them when it is closed itself. */
  void handTo(KafkaClusterTestKit.Builder builder) {
    try {
      Object manager =
          accessible(KafkaClusterTestKit.Builder.class, "socketFactoryManager").get(builder);
      Object open = accessible(PreboundSocketFactoryManager.class, "sockets").get(manager);
      Map.class.getMethod("putAll", Map.class).invoke(open, sockets);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of Kafka's test kit is not known", e);
    }
  }

  /** Closes all sockets, for when no test kit came of it. */
  void close() throws IOException {
    for (Map<String, ServerSocketChannel> ofNode : sockets.values()) {
      for (ServerSocketChannel socket : ofNode.values()) {
        socket.close();
      }
    }
  }

  private void open(int node, String listener) throws IOException {
    // The test kit's clients look for "localhost": listen on what that means here.
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("localhost"), 0);
    ServerSocketChannel socket = ServerSocketChannel.open();
    sockets.computeIfAbsent(node, absent -> new HashMap<>()).put(listener, socket);
    socket.configureBlocking(false);
    socket.bind(address);
  }

  private static Field accessible(Class<?> owner, String name) throws NoSuchFieldException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
