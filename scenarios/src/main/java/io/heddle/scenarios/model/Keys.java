package io.heddle.scenarios.model;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Which key each record of a workload gets: {@code k0}, {@code k1}, and so on. */
public sealed interface Keys {
  /** How many keys there are. */
  int count();

  /** A fresh sequence of keys. */
  Sampler sampler();

  /** The name of the key with this index. */
  static String name(int index) {
    return "k" + index;
  }

  /** A sequence of keys. Not thread-safe. */
  @FunctionalInterface
  interface Sampler {
    /**
     * The index of the next key.
     *
     * @param unit draws uniformly from 0 (included) to 1 (excluded); asked at most once
     */
    int next(DoubleSupplier unit);
  }

  /** In turn: {@code k0}, {@code k1}, …, and again from {@code k0}. */
  record Sequential(int count) implements Keys {
    /** Refuses a count outside 1 to 1,000,000. */
    public Sequential {
      Require.between("sequential", count, 1, 1_000_000);
    }

    @Override
    public Sampler sampler() {
      int[] drawn = {0};
      return unit -> {
        int index = drawn[0];
        drawn[0] = (index + 1) % count;
        return index;
      };
    }
  }

  /** Each as likely as any other. */
  record Uniform(int count) implements Keys {
    /** Refuses a count outside 1 to 1,000,000. */
    public Uniform {
      Require.between("uniform", count, 1, 1_000_000);
    }

    @Override
    public Sampler sampler() {
      return unit -> Math.min(count - 1, (int) (unit.getAsDouble() * count));
    }
  }

  /**
   * The key at index {@code i} has the weight {@code 1 / (i + 1) ^ exponent}.
   *
   * @param exponent from 0 (all alike) to 10
   */
  record Zipf(double exponent, int count) implements Keys {
    /** Refuses an exponent outside 0 to 10 and a count outside 1 to 1,000,000. */
    public Zipf {
      Require.that(
          exponent >= 0 && exponent <= 10,
          "zipf must be an exponent from 0 to 10, was " + exponent);
      Require.between("count", count, 1, 1_000_000);
    }

    @Override
    public Sampler sampler() {
      double[] upTo = new double[count];
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += StrictMath.pow(i + 1, -exponent);
        upTo[i] = sum;
      }
      double total = sum;
      return unit -> {
        int found = Arrays.binarySearch(upTo, unit.getAsDouble() * total);
        return Math.min(count - 1, found >= 0 ? found + 1 : -found - 1);
      };
    }
  }

  /**
   * {@code k0} gets its share of all records, the other keys the rest in equal parts.
   *
   * @param share from 0 to 1
   */
  record Hot(double share, int count) implements Keys {
    /** Refuses a share outside 0 to 1 and a count outside 2 to 1,000,000. */
    public Hot {
      Require.that(
          share >= 0 && share <= 1,
          "hot must be a share from 0% to 100%, was " + share * 100 + "%");
      Require.between("count", count, 2, 1_000_000);
    }

    @Override
    public Sampler sampler() {
      return unit -> {
        double draw = unit.getAsDouble();
        if (draw < share) {
          return 0;
        }
        double rest = (draw - share) / (1 - share);
        return 1 + Math.min(count - 2, (int) (rest * (count - 1)));
      };
    }
  }

  /** {@code k0} for every record. */
  record Single() implements Keys {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public Sampler sampler() {
      return unit -> 0;
    }
  }
}
