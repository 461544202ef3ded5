package io.heddle.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kafka.server.BrokerServer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A cluster of real brokers in this JVM, with a single controller, reachable from this machine
 * only. Its files live in a temporary directory that is gone after {@link #close()}, and after the
 * end of the JVM in any case but a kill.
 *
 * <p>Unless the server properties say otherwise, it differs from a fresh Kafka in this: topics have
 * one replica by default, the internal ones few partitions, and a new group does not wait for more
 * members.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "default.replication.factor", "1",
          "min.insync.replicas", "1",
          "offsets.topic.replication.factor", "1",
          "offsets.topic.num.partitions", "5",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "transaction.state.log.num.partitions", "5",
          "group.initial.rebalance.delay.ms", "0",
          "unstable.api.versions.enable", "false",
          "unstable.feature.versions.enable", "false");

  private final KafkaClusterTestKit cluster;
  private final Path directory;
  private final Thread atExit;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Duration patience = Duration.ZERO;
  private boolean closed;

  private EmbeddedKafka(KafkaClusterTestKit cluster, Path directory) {
    this.cluster = cluster;
    this.directory = directory;
    this.atExit = new Thread(this::closeAtExit, "embedded-kafka-close");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a cluster and returns once all its brokers take requests.
   *
   * @param brokers at least 1
   * @param serverProperties Kafka's own names, for example {@code group.initial.rebalance.delay.ms}
   */
  public static EmbeddedKafka start(int brokers, Map<String, String> serverProperties)
      throws IOException, InterruptedException {
    if (brokers < 1) {
      throw new IllegalArgumentException("brokers must be at least 1, was " + brokers);
    }
    Path directory = Files.createTempDirectory("heddle-kafka-");
    try {
      EmbeddedKafka kafka =
          new EmbeddedKafka(build(brokers, serverProperties, directory), directory);
      kafka.awaitReady();
      return kafka;
    } catch (IOException | InterruptedException | RuntimeException e) {
      TemporaryFiles.delete(directory);
      throw e;
    }
  }

  /**
   * Where clients find the cluster: {@code HOST:PORT}, one for each broker, separated by commas.
   */
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /**
   * Stops a broker, which hands its partitions over first, and returns once it is gone.
   *
   * @param broker from 1 on: the first one, 0, is the controller as well
   */
  public synchronized void stopBroker(int broker) {
    BrokerServer stopped = other(broker);
    stopped.shutdown();
    stopped.awaitShutdown();
  }

  /** Starts a broker that was stopped, and returns once it takes requests. */
  public synchronized void startBroker(int broker) {
    other(broker).startup();
  }

  private BrokerServer other(int broker) {
    BrokerServer found = broker == 0 ? null : cluster.brokers().get(broker);
    if (found == null || closed) {
      throw new IllegalArgumentException(
          "broker must be from 1 to "
              + (cluster.brokers().size() - 1)
              + " in a cluster that is not closed, was "
              + broker);
    }
    return found;
  }

  /**
   * At the end of the JVM, leaves its owner so much time to close it, so that a program that was
   * interrupted can finish with a broker that still answers.
   */
  public void closeAtExitAfter(Duration time) {
    patience = time;
  }

  /** Stops the brokers and deletes their files; a second call does nothing. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    closing.countDown();
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IOException("the embedded Kafka did not stop in good order", e);
    } finally {
      TemporaryFiles.delete(directory);
      if (Thread.currentThread() != atExit) {
        forgetAtExit();
      }
    }
  }

  private static KafkaClusterTestKit build(
      int brokers, Map<String, String> serverProperties, Path directory) throws IOException {
    Map<String, String> properties = new HashMap<>(DEFAULTS);
    properties.putAll(serverProperties);
    TestKitNodes nodes =
        new TestKitNodes.Builder()
            .setBaseDirectory(directory)
            .setBootstrapMetadata(released())
            .setCombined(true)
            .setNumControllerNodes(1)
            .setNumBrokerNodes(brokers)
            .build();
    KafkaClusterTestKit.Builder builder = new KafkaClusterTestKit.Builder(nodes);
    properties.forEach(builder::setConfigProp);
    LoopbackSockets sockets = new LoopbackSockets();
    try {
      sockets.open(nodes);
      sockets.handTo(builder);
      return builder.build();
    } catch (Exception e) {
      sockets.close();
      throw new IOException("the embedded Kafka could not be set up", e);
    }
  }

  /** The features that this Kafka turns on when it is released, and none that are in the making. */
  private static BootstrapMetadata released() {
    MetadataVersion version = MetadataVersion.latestProduction();
    Map<String, Short> features = new HashMap<>();
    features.put(MetadataVersion.FEATURE_NAME, version.featureLevel());
    for (Feature feature : Feature.PRODUCTION_FEATURES) {
      // How controllers find each other is up to the test kit.
      if (feature != Feature.KRAFT_VERSION && feature.defaultLevel(version) > 0) {
        features.put(feature.featureName(), feature.defaultLevel(version));
      }
    }
    return BootstrapMetadata.fromVersions(version, features, "released");
  }

  private void awaitReady() throws IOException, InterruptedException {
    try {
      formatSilently();
      cluster.startup();
      cluster.waitForReadyBrokers();
    } catch (InterruptedException e) {
      closeAfter(e);
      throw e;
    } catch (Exception e) {
      closeAfter(e);
      throw new IOException("the embedded Kafka did not start", e);
    }
  }

  /** Formatting reports to standard output, which belongs to the program around this. */
  private void formatSilently() throws Exception {
    synchronized (EmbeddedKafka.class) {
      PrintStream standardOutput = System.out;
      System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
      try {
        cluster.format();
      } finally {
        System.setOut(standardOutput);
      }
    }
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private void forgetAtExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook is about to run, and will find the cluster closed.
      assert closed;
    }
  }

  private void closeAtExit() {
    try {
      var unused = closing.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException atOnce) {
      Thread.currentThread().interrupt();
    }
    try {
      close();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }
}
