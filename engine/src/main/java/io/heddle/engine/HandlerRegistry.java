package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Finds the handler of a record by its type header. Filled before the start, then only read. */
final class HandlerRegistry {
  private final Map<String, Route<?>> routes = new TreeMap<>();
  private final String typeHeader;
  private @Nullable Route<?> defaultRoute;

  HandlerRegistry(String typeHeader) {
    this.typeHeader = typeHeader;
  }

  <E> void register(String eventType, Decoder<E> decoder, EventHandler<E> handler) {
    Objects.requireNonNull(eventType, "eventType");
    if (routes.putIfAbsent(eventType, new Route<>(decoder, handler)) != null) {
      throw new IllegalArgumentException(
          "eventType must be registered once, was '%s' again".formatted(eventType));
    }
  }

  <E> void registerDefault(Decoder<E> decoder, EventHandler<E> handler) {
    if (defaultRoute != null) {
      throw new IllegalArgumentException("the default handler must be registered once");
    }
    defaultRoute = new Route<>(decoder, handler);
  }

  boolean isEmpty() {
    return routes.isEmpty() && defaultRoute == null;
  }

  ExecutionState dispatch(EventContext context) throws Exception {
    return route(context.input()).run(context);
  }

  private Route<?> route(ConsumerRecord<byte[], byte[]> record) {
    Route<?> route = defaultRoute;
    String type = null;
    if (!routes.isEmpty()) {
      type = typeOf(record);
      route = type == null ? route : routes.getOrDefault(type, route);
    }
    if (route == null) {
      throw new IllegalStateException(
          type == null
              ? "the record has no header '%s' and there is no default handler"
                  .formatted(typeHeader)
              : "there is no handler for event type '%s' and no default handler".formatted(type));
    }
    return route;
  }

  private @Nullable String typeOf(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(typeHeader);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  private record Route<E>(Decoder<E> decoder, EventHandler<E> handler) {
    Route {
      Objects.requireNonNull(decoder, "decoder");
      Objects.requireNonNull(handler, "handler");
    }

    ExecutionState run(EventContext context) throws Exception {
      E event;
      try {
        event = decoder.decode(context.input());
      } catch (Exception e) {
        throw new DecodeException(e);
      }
      return handler.handle(context, event);
    }
  }
}
