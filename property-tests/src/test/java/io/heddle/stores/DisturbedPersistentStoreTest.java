package io.heddle.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.store.OrderedStore;
import io.heddle.stores.OnDisk.Delivery;
import io.heddle.stores.OnDisk.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two members with files of their own crash, come back, are rebalanced and stand still for longer
 * than the group waits. In the end each file, with what the change log has from its place on, is
 * what the change log says.
 */
class DisturbedPersistentStoreTest {
  private static final int SEEDS = 10;
  private static final int RECORDS = 60;
  private static final int KEYS = 20;

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @EnumSource
  void eachFileIsABeginningOfTheChangeLog(Delivery delivery) throws Exception {
    int overwritten = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      Disturbed run = new Disturbed(seed, delivery, (table, member) -> OrderedStore.on(table));
      run.run();

      assertThat(run.files).as("seed " + seed).hasSize(2).containsOnly(run.log);
      overwritten += run.log.equals(expected()) ? 0 : 1;
    }
    // At least once a member that stood still writes an old value, unaware of who came after it:
    // what counts then is that the files know of it, too.
    assertThat(overwritten > 0).isEqualTo(delivery == Delivery.AT_LEAST_ONCE);
  }

  @ParameterizedTest
  @EnumSource
  void aPlaceThatIsTooFarIsFound(Delivery delivery) throws Exception {
    Stores tooFar =
        (table, member) ->
            new ForwardingTableStore(table) {
              @Override
              public void write(ChangeLogPlace place) throws Exception {
                super.write(new ChangeLogPlace(place.topicId(), place.offset() + 2, place.time()));
              }
            };
    boolean found = false;
    for (int seed = 1; seed <= SEEDS && !found; seed++) {
      Disturbed run = new Disturbed(seed, delivery, tooFar);
      run.run();
      found = !run.log.equals(expected()) || !List.of(run.log, run.log).equals(run.files);
    }
    assertThat(found).isTrue();
  }

  /** A later value of a key covers one that was lost, so each has few. */
  private static String value(int number) {
    return "" + (char) ('A' + number % KEYS) + (char) ('1' + number / KEYS);
  }

  private static Map<String, String> expected() {
    Map<String, String> texts = new TreeMap<>();
    for (int number = 0; number < RECORDS; number++) {
      String value = value(number);
      texts.merge(value.substring(0, 1), value.substring(1), String::concat);
    }
    return texts;
  }

  /** One run. */
  private final class Disturbed {
    private final OnDisk app;
    private final List<Map<String, String>> files = new ArrayList<>();
    private final Map<String, Integer> away = new TreeMap<>();
    private Map<String, String> log = Map.of();

    Disturbed(int seed, Delivery delivery, Stores stores) {
      app =
          new OnDisk(seed, delivery, directory.resolve("seed-" + seed + stores.hashCode()), stores);
    }

    void run() throws Exception {
      app.run(
          () -> {
            app.start("m1");
            app.start("m2");
            app.await(() -> !app.heard.isEmpty());
            for (int number = 0; number < RECORDS; number++) {
              app.send(value(number));
              app.sleep(Duration.ofMillis(draw("pace", 800)));
              bringBack(number);
              if (draw("whether", 5) == 0) {
                disturb("m" + (1 + draw("whom", 2)), number);
              }
            }
            bringBack(Integer.MAX_VALUE);
            app.awaitAll();
            app.stop("m1");
            app.stop("m2");
            log = app.inLog();
            files.add(app.restored("m1"));
            files.add(app.restored("m2"));
          });
    }

    private int draw(String purpose, int bound) {
      return (int) app.kafka.choices(purpose).below(bound);
    }

    /** Starts those again that have been away until now. */
    private void bringBack(int number) {
      away.forEach(
          (member, until) -> {
            if (until <= number) {
              app.start(member);
            }
          });
      away.values().removeIf(until -> until <= number);
    }

    private void disturb(String member, int number) {
      if (away.containsKey(member)) {
        return;
      }
      switch (draw("what", 3)) {
        case 0 -> {
          app.crash(member);
          away.put(member, number + draw("long", 30));
        }
        case 1 -> {
          boolean unused = app.kafka.forceRebalance("app");
        }
        default -> app.kafka.pause(member, Duration.ofSeconds(5 + draw("long", 5)));
      }
    }
  }
}
