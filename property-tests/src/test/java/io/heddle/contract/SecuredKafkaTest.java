package io.heddle.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.embedded.EmbeddedKafka;
import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.run.RealTarget;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Load on a real broker that wants TLS and SASL, with client properties right and wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaTest {
  private static final String PASSWORD = "alice-secret";
  private static final String STORE_PASSWORD = "store-secret";
  private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";

  private final Path folder;
  private EmbeddedKafka kafka;

  SecuredKafkaTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void start() throws Exception {
    keytool(
        "-genkeypair -alias broker -keyalg RSA -keysize 2048 -dname CN=localhost -validity 2"
            + " -ext san=dns:localhost,ip:127.0.0.1 -keystore keys.p12");
    keytool("-exportcert -alias broker -file broker.crt -keystore keys.p12");
    keytool("-importcert -noprompt -alias broker -file broker.crt -keystore trusted.p12");
    Map<String, String> server = new HashMap<>();
    server.put("listener.security.protocol.map", "EXTERNAL:SASL_SSL,CONTROLLER:PLAINTEXT");
    server.put("sasl.enabled.mechanisms", "PLAIN");
    server.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    server.put(
        "listener.name.external.plain.sasl.jaas.config",
        "%s required username=\"broker\" password=\"b\" user_broker=\"b\" user_alice=\"%s\";"
            .formatted(MODULE, PASSWORD));
    for (String store : List.of("keystore", "truststore")) {
      String file = store.equals("keystore") ? "keys.p12" : "trusted.p12";
      server.put("ssl." + store + ".location", folder.resolve(file).toString());
      server.put("ssl." + store + ".password", STORE_PASSWORD);
      server.put("ssl." + store + ".type", "PKCS12");
    }
    kafka = EmbeddedKafka.start(1, server);
  }

  @AfterAll
  void stop() throws Exception {
    kafka.close();
  }

  private void keytool(String arguments) throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String stores = " -storetype PKCS12 -storepass " + STORE_PASSWORD;
    Process process =
        new ProcessBuilder((program + " " + arguments + stores).split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private Map<String, String> right() {
    Map<String, String> properties = new HashMap<>();
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "PLAIN");
    properties.put(
        "sasl.jaas.config",
        "%s required username=\"alice\" password=\"%s\";".formatted(MODULE, PASSWORD));
    properties.put("ssl.truststore.location", folder.resolve("trusted.p12").toString());
    properties.put("ssl.truststore.password", STORE_PASSWORD);
    properties.put("ssl.truststore.type", "PKCS12");
    return properties;
  }

  private LoadResult load(Map<String, String> properties) throws Exception {
    Scenario shipped = ScenarioLibrary.load("slow-key");
    Expect expect = shipped.expect();
    // How quick this machine is does not matter here.
    Scenario scenario =
        shipped.withExpect(
            new Expect(expect.outcome(), expect.invariants(), List.of(), expect.reached()));
    LoadPlan plan =
        new LoadPlan(
            OptionalDouble.of(50),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(2),
            1,
            false,
            0,
            true);
    RealTarget target = new RealTarget("secured", kafka.bootstrapServers(), properties, "-s");
    return ScenarioRunner.load(scenario, 1, plan, Optional.of(target), 0, RunOptions.DEFAULT);
  }

  @Test
  void carriesLoadForWhoHasTheRightCredentials() throws Exception {
    LoadResult result = load(right());

    assertThat(result.run().violations()).isEmpty();
    assertThat(result.run().records()).isEqualTo(100);
    assertThat(result.toString()).doesNotContain(PASSWORD, STORE_PASSWORD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sasl.jaas.config | alice-secret | wrong-one | refuses: Authentication failed: Invalid"
            + " username or password",
        "sasl.jaas.config | PlainLoginModule | NoLoginModule | No LoginModule found for org",
        "ssl.truststore.location | trusted | nowhere | no client can be made for localhost:",
        "ssl.truststore.password | store-secret | wrong-one | no client can be made for localhost:",
        "security.protocol | SASL_SSL | SASLSSL | Invalid value SASLSSL for configuration",
      })
  void saysWhatIsWrongWithTheSettings(String name, String old, String other, String reason) {
    assertRefused(
        properties -> properties.computeIfPresent(name, (n, text) -> text.replace(old, other)),
        reason);
  }

  @Test
  void saysWhichMechanismsThereAre() {
    assertRefused(
        properties -> {
          properties.put("sasl.mechanism", "SCRAM-SHA-256");
          properties.computeIfPresent(
              "sasl.jaas.config", (n, text) -> text.replace("plain.Plain", "scram.Scram"));
        },
        "refuses: Client SASL mechanism 'SCRAM-SHA-256' not enabled in the server, enabled"
            + " mechanisms are [PLAIN]");
  }

  @Test
  void saysThatItDoesNotTrustTheBroker() {
    assertRefused(
        properties -> properties.keySet().removeIf(name -> name.startsWith("ssl.truststore")),
        "refuses: unable to find valid certification path to requested target");
  }

  @Test
  void saysThatNobodyAnswersWhereTheProtocolIsAnother() {
    assertRefused(
        properties -> properties.put("security.protocol", "PLAINTEXT"), "does not answer");
  }

  private void assertRefused(Consumer<Map<String, String>> change, String reason) {
    Map<String, String> properties = right();
    change.accept(properties);

    assertThatThrownBy(() -> load(properties))
        .isInstanceOf(RealTarget.Unavailable.class)
        .hasMessageContaining(reason)
        .satisfies(
            refused ->
                assertThat(refused.getMessage())
                    .doesNotContain(PASSWORD, STORE_PASSWORD, "wrong-one")
                    .hasLineCount(1));
  }
}
