package io.heddle.simulator.client;

import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A request about some of a call's keys and how its response is read.
 *
 * @param together whether one request asks for all keys of a broker; else each key has its own
 * @param read tells the call what the response says of each key
 */
record AdminStep<K, V, R extends Response>(
    Class<R> type,
    boolean together,
    Function<List<K>, Request> request,
    BiConsumer<R, AdminCall<K, V>> read) {}
