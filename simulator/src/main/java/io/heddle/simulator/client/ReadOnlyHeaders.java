package io.heddle.simulator.client;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Headers of a record on its way, which nobody may change any more. */
record ReadOnlyHeaders(Headers headers) implements Headers {
  private static IllegalStateException closed() {
    return new IllegalStateException("RecordHeaders has been closed.");
  }

  @Override
  public Headers add(Header header) {
    throw closed();
  }

  @Override
  public Headers add(String key, byte[] value) {
    throw closed();
  }

  @Override
  public Headers remove(String key) {
    throw closed();
  }

  @Override
  public Header lastHeader(String key) {
    return headers.lastHeader(key);
  }

  @Override
  public Iterable<Header> headers(String key) {
    return headers.headers(key);
  }

  @Override
  public Header[] toArray() {
    return headers.toArray();
  }

  @Override
  public Iterator<Header> iterator() {
    return Arrays.asList(headers.toArray()).iterator();
  }
}
