package io.heddle.benchmarks;

import java.util.List;

/** The command {@code benchmarks/run}. */
public final class Benchmarks {
  private static final int BAD_USAGE = 2;

  private Benchmarks() {}

  /**
   * Runs it. Exits with 0 if all went well, 2 if the arguments are wrong, 10 if a run broke a
   * promise or failed.
   */
  public static void main(String[] arguments) throws Exception {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (Usage e) {
      System.err.println("benchmarks/run: " + e.getMessage());
      System.exit(BAD_USAGE);
      return;
    }
    if (options.help()) {
      System.out.print(Options.usage());
      return;
    }
    Campaign campaign = new Campaign(options);
    Report report = campaign.run();
    System.out.print(options.json() ? report.json() + "\n" : report.table());
    System.exit(campaign.hasFailed() ? Fork.VIOLATED : 0);
  }
}
