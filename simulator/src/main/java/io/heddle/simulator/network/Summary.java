package io.heddle.simulator.network;

import io.heddle.simulator.protocol.FetchRequest;
import io.heddle.simulator.protocol.FetchResponse;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.SyncGroupRequest;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A request or response in a few words, for a trace. */
final class Summary {
  private Summary() {}

  static String of(Request request) {
    String what =
        switch (request.api()) {
          case PRODUCE ->
              each(((ProduceRequest) request).batches(), batch -> batch.records().size() + "");
          case FETCH ->
              each(((FetchRequest) request).partitions(), wanted -> wanted.fetchOffset() + "");
          case OFFSET_COMMIT ->
              "generation="
                  + ((OffsetCommitRequest) request).generationId()
                  + " "
                  + each(((OffsetCommitRequest) request).offsets(), it -> it.offset() + "");
          case JOIN_GROUP ->
              "member="
                  + ((JoinGroupRequest) request).memberId()
                  + " reason="
                  + ((JoinGroupRequest) request).reason();
          case SYNC_GROUP -> "generation=" + ((SyncGroupRequest) request).generationId();
          default -> request.toString();
        };
    return request.api().title() + " " + what;
  }

  static String of(Response response) {
    if (response instanceof FetchResponse fetch) {
      return "Fetch "
          + each(
              fetch.partitions(),
              data ->
                  data.error()
                      + "/"
                      + data.batches().stream().mapToInt(batch -> batch.records().size()).sum());
    }
    if (response instanceof JoinGroupResponse join) {
      return "JoinGroup "
          + join.error()
          + " generation="
          + join.generationId()
          + " leader="
          + join.leader();
    }
    return response.toString();
  }

  private static <K, V> String each(Map<K, V> map, Function<V, String> value) {
    return map.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + value.apply(entry.getValue()))
        .collect(Collectors.joining(","));
  }
}
