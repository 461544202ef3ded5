package io.heddle.campaign.group;

import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.Random;
import java.util.UUID;

/**
 * Decides which ids Kafka's coordinator gives to new members. It draws them from the JVM's default
 * source of random bytes, the place of which this takes; so a seed is one history for Kafka too,
 * and both sides can give the same id.
 *
 * <p>Kafka keeps members in hash tables and elects and lists them in their order. All ids made here
 * fall into one bucket of such a table, in which they stay in the order of their coming, as in the
 * simulator. That holds for up to {@link #MAX_MEMBERS} of them.
 */
public final class MemberIds {
  /** One more, and the JDK's hash table splits the bucket. */
  static final int MAX_MEMBERS = 8;

  private static final int BUCKETS = 16;
  private static final ThreadLocal<Source> SOURCE = ThreadLocal.withInitial(Source::new);

  /** What the current thread is to draw next. */
  private static final class Source {
    private final Random others = new Random(0);
    private byte[] next;
  }

  private MemberIds() {}

  /** Takes the place; to be called before the JVM has drawn its first UUID. */
  public static void install() {
    Security.insertProviderAt(new Decided(), 1);
  }

  /** Whether ids are decided here. */
  static boolean isInstalled() {
    String suffix = suffix("probe", new Random(1));
    nextIs(suffix);
    return UUID.randomUUID().toString().equals(suffix);
  }

  /** Draws what an id that begins with the prefix and a dash ends with. */
  static String suffix(String prefix, Random random) {
    byte[] bytes = new byte[16];
    while (true) {
      random.nextBytes(bytes);
      bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
      bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      String suffix = new UUID(buffer.getLong(), buffer.getLong()).toString();
      int hash = (prefix + "-" + suffix).hashCode();
      if (((hash ^ (hash >>> 16)) & (BUCKETS - 1)) == 0) {
        return suffix;
      }
    }
  }

  /** The next id that Kafka makes on this thread ends so; no wish if empty. */
  static void nextIs(String suffix) {
    if (suffix.isEmpty()) {
      SOURCE.get().next = null;
      return;
    }
    UUID uuid = UUID.fromString(suffix);
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    SOURCE.get().next = bytes.array();
  }

  /** The provider of the JVM's random bytes. */
  private static final class Decided extends Provider {
    private static final long serialVersionUID = 1;

    Decided() {
      super("HeddleMemberIds", "1", "decides the ids of new members");
      put("SecureRandom.Decided", Bytes.class.getName());
      put("SecureRandom.Decided ThreadSafe", "true");
    }
  }

  /** Bytes as they were decided, else from a fixed seed. */
  public static final class Bytes extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      Source source = SOURCE.get();
      if (source.next != null && source.next.length == bytes.length) {
        System.arraycopy(source.next, 0, bytes, 0, bytes.length);
        source.next = null;
      } else {
        source.others.nextBytes(bytes);
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] seed = new byte[count];
      engineNextBytes(seed);
      return seed;
    }
  }
}
