package io.heddle.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Test;

final class EmbeddedKafkaTest {
  @Test
  void deliversToBothKindsOfGroupWhatWasProducedInATransaction() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(1, Map.of())) {
      createTopic(kafka);
      produceInATransaction(kafka);

      assertThat(consumed(kafka, "classic")).containsExactly("k=v");
      assertThat(consumed(kafka, "consumer")).containsExactly("k=v");
    }
  }

  @Test
  void leavesNeitherFilesNorThreads() throws Exception {
    Set<Path> filesBefore = temporaryDirectories();
    Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

    EmbeddedKafka kafka = EmbeddedKafka.start(1, Map.of());
    kafka.close();
    kafka.close();

    assertThat(temporaryDirectories()).isEqualTo(filesBefore);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !thread.isDaemon() && !threadsBefore.contains(thread))
        .isEmpty();
  }

  @Test
  void writesNothingToStandardOutput() throws Exception {
    PrintStream standardOutput = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, UTF_8));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(1, Map.of())) {
      createTopic(kafka);
    } finally {
      System.setOut(standardOutput);
    }

    assertThat(written.toString(UTF_8)).isEmpty();
  }

  @Test
  void startsSeveralBrokersOnTheLoopbackAddressOnly() throws Exception {
    try (EmbeddedKafka kafka =
        EmbeddedKafka.start(2, Map.of("group.initial.rebalance.delay.ms", "1"))) {
      List<String> brokers = List.of(kafka.bootstrapServers().split(","));

      assertThat(brokers).hasSize(2).allMatch(broker -> broker.startsWith("localhost:"));
      for (String broker : brokers) {
        int port = Integer.parseInt(broker.substring("localhost:".length()));
        assertThat(outsideAddresses()).noneMatch(address -> answers(address, port));
      }
    }
  }

  @Test
  void saysThatAPropertyIsWrongAndLeavesNoFiles() throws Exception {
    Set<Path> filesBefore = temporaryDirectories();

    assertThatThrownBy(() -> EmbeddedKafka.start(1, Map.of("min.insync.replicas", "many")))
        .isInstanceOf(IOException.class)
        .cause()
        .hasMessageContaining("many");
    assertThat(temporaryDirectories()).isEqualTo(filesBefore);
  }

  @Test
  void turnsOnWhatAReleasedKafkaTurnsOnAndNothingElse() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(1, Map.of());
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Map<String, Short> features = new TreeMap<>();
      admin
          .describeFeatures()
          .featureMetadata()
          .get()
          .finalizedFeatures()
          .forEach((name, levels) -> features.put(name, levels.maxVersionLevel()));

      assertThat(features)
          .containsEntry("metadata.version", MetadataVersion.latestProduction().featureLevel())
          .containsEntry("group.version", (short) 1)
          .containsEntry("transaction.version", (short) 2);
    }
  }

  private static void createTopic(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
    }
  }

  private static void produceInATransaction(EmbeddedKafka kafka) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "p"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("t", "k", "v")).get();
      producer.commitTransaction();
    }
  }

  private static List<String> consumed(EmbeddedKafka kafka, String protocol) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                protocol,
                "group.protocol",
                protocol,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of("t"));
      ConsumerRecords<String, String> records = ConsumerRecords.empty();
      for (int polls = 0; polls < 60 && records.isEmpty(); polls++) {
        records = consumer.poll(Duration.ofMillis(500));
      }
      List<String> consumed = new ArrayList<>();
      records.forEach(record -> consumed.add(record.key() + "=" + record.value()));
      return consumed;
    }
  }

  private static Set<Path> temporaryDirectories() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("heddle-kafka-"))
          .collect(Collectors.toSet());
    }
  }

  private static List<InetAddress> outsideAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .toList();
  }

  private static boolean answers(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 500);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
