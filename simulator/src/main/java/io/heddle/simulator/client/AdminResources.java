package io.heddle.simulator.client;

import io.heddle.simulator.protocol.CreateAclsResponse;
import io.heddle.simulator.protocol.CreatePartitionsRequest;
import io.heddle.simulator.protocol.CreatePartitionsRequest.NewCount;
import io.heddle.simulator.protocol.CreatePartitionsResponse;
import io.heddle.simulator.protocol.DeleteAclsResponse;
import io.heddle.simulator.protocol.DescribeAclsResponse;
import io.heddle.simulator.protocol.DescribeConfigsRequest;
import io.heddle.simulator.protocol.DescribeConfigsResponse;
import io.heddle.simulator.protocol.DescribeConfigsResponse.Entry;
import io.heddle.simulator.protocol.DescribeLogDirsRequest;
import io.heddle.simulator.protocol.DescribeLogDirsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.IncrementalAlterConfigsRequest;
import io.heddle.simulator.protocol.IncrementalAlterConfigsRequest.Alteration;
import io.heddle.simulator.protocol.IncrementalAlterConfigsResponse;
import io.heddle.simulator.protocol.ListConfigResourcesRequest;
import io.heddle.simulator.protocol.ListConfigResourcesResponse;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigType;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** An admin client's calls about settings, partitions' counts and brokers' disks. */
final class AdminResources {
  private final AdminCalls calls;

  AdminResources(AdminCalls calls) {
    this.calls = calls;
  }

  Map<String, AdminOutcome<Void>> grow(
      Map<String, NewPartitions> counts, boolean validateOnly, @Nullable Integer timeoutMs) {
    Map<String, NewPartitions> wanted = CallerOrder.byName(counts);
    return calls.run(
        "createPartitions",
        calls.deadline(timeoutMs),
        wanted.keySet(),
        new AdminRoute.AnyBroker<>(),
        new AdminStep<>(
            CreatePartitionsResponse.class,
            true,
            keys ->
                new CreatePartitionsRequest(
                    keys.stream()
                        .map(key -> count(key, Objects.requireNonNull(wanted.get(key))))
                        .toList(),
                    validateOnly),
            (response, call) ->
                response
                    .topics()
                    .forEach(each -> settle(each.topic(), each.error(), each.message(), call))));
  }

  private static NewCount count(String topic, NewPartitions wanted) {
    return new NewCount(
        topic,
        wanted.totalCount(),
        Optional.ofNullable(wanted.assignments())
            .map(given -> given.stream().map(List::copyOf).toList()));
  }

  private static void settle(
      String topic, ErrorCode error, String message, AdminCall<String, Void> call) {
    if (error == ErrorCode.NONE) {
      call.done(topic, null);
    } else {
      call.failed(topic, message.isEmpty() ? error.exception() : error.exception(message));
    }
  }

  Map<String, AdminOutcome<Config>> configs(
      Collection<String> topics, @Nullable Integer timeoutMs) {
    return calls.run(
        "describeConfigs",
        calls.deadline(timeoutMs),
        topics,
        new AdminRoute.AnyBroker<>(),
        new AdminStep<>(
            DescribeConfigsResponse.class,
            true,
            DescribeConfigsRequest::new,
            (response, call) ->
                response
                    .topics()
                    .forEach(
                        each -> {
                          if (each.error() == ErrorCode.NONE) {
                            call.done(each.topic(), config(each.entries()));
                          } else {
                            call.failed(each.topic(), each.error().exception());
                          }
                        })));
  }

  private static Config config(List<Entry> entries) {
    return config(entries, ConfigType.UNKNOWN);
  }

  /** That of a topic which has just been created; it has no types. */
  static Config createdConfig(List<Entry> entries) {
    return config(entries, null);
  }

  private static Config config(List<Entry> entries, @Nullable ConfigType type) {
    return new Config(
        entries.stream()
            .map(
                entry ->
                    new ConfigEntry(
                        entry.name(),
                        entry.value(),
                        entry.set()
                            ? ConfigSource.DYNAMIC_TOPIC_CONFIG
                            : ConfigSource.DEFAULT_CONFIG,
                        false,
                        false,
                        List.of(),
                        type,
                        null))
            .toList());
  }

  Map<String, AdminOutcome<Void>> alter(
      Map<String, List<IncrementalAlterConfigsRequest.Change>> changes,
      boolean validateOnly,
      @Nullable Integer timeoutMs) {
    return calls.run(
        "incrementalAlterConfigs",
        calls.deadline(timeoutMs),
        changes.keySet(),
        new AdminRoute.AnyBroker<>(),
        new AdminStep<>(
            IncrementalAlterConfigsResponse.class,
            true,
            keys ->
                new IncrementalAlterConfigsRequest(
                    keys.stream()
                        .map(key -> new Alteration(key, changes.getOrDefault(key, List.of())))
                        .toList(),
                    validateOnly),
            (response, call) ->
                response
                    .topics()
                    .forEach(each -> settle(each.topic(), each.error(), each.message(), call))));
  }

  AdminOutcome<Collection<ConfigResource>> list(
      Set<ConfigResource.Type> types, @Nullable Integer timeoutMs) {
    return calls.runOne(
        "listConfigResources",
        calls.deadline(timeoutMs),
        "resources",
        new AdminRoute.AnyBroker<>(),
        new AdminStep<>(
            ListConfigResourcesResponse.class,
            false,
            keys -> new ListConfigResourcesRequest(types.stream().sorted().toList()),
            (response, call) -> answer(response.error(), List.copyOf(response.resources()), call)));
  }

  static <V> void answer(ErrorCode error, V value, AdminCall<String, V> call) {
    for (String key : call.unanswered()) {
      if (error == ErrorCode.NONE) {
        call.done(key, value);
      } else {
        call.failed(key, error.exception());
      }
    }
  }

  Map<Integer, AdminOutcome<DescribeLogDirsResponse>> logDirs(
      Collection<Integer> brokers, @Nullable Integer timeoutMs) {
    return calls.run(
        "describeLogDirs",
        calls.deadline(timeoutMs),
        new LinkedHashSet<>(
            CallerOrder.of(
                brokers, broker -> String.format(java.util.Locale.ROOT, "%010d", broker))),
        new AdminRoute.Given<>(broker -> broker),
        new AdminStep<>(
            DescribeLogDirsResponse.class,
            false,
            keys -> new DescribeLogDirsRequest(),
            (response, call) -> {
              for (Integer broker : call.unanswered()) {
                if (response.error() == ErrorCode.NONE) {
                  call.done(broker, response);
                } else {
                  call.failed(broker, response.error().exception());
                }
              }
            }));
  }

  /** Why access control entries are refused: there is no authorizer. */
  Throwable refusal(String name, Request request, @Nullable Integer timeoutMs) {
    AdminOutcome<Boolean> outcome =
        calls.runOne(
            name,
            calls.deadline(timeoutMs),
            name,
            new AdminRoute.AnyBroker<>(),
            new AdminStep<>(
                Response.class,
                false,
                keys -> request,
                (response, call) -> call.failed(name, refusal(response).exception())));
    return Objects.requireNonNull(outcome.failure());
  }

  private static ErrorCode refusal(Response response) {
    if (response instanceof CreateAclsResponse created) {
      return created.error();
    }
    return response instanceof DeleteAclsResponse deleted
        ? deleted.error()
        : ((DescribeAclsResponse) response).error();
  }
}
