package io.heddle.campaign;

import io.heddle.campaign.clients.ClientsCampaign;
import io.heddle.campaign.group.GroupCampaign;
import io.heddle.figures.FiguresCampaign;
import io.heddle.peers.PeersCampaign;
import io.heddle.planted.DetectionCampaign;
import io.heddle.planted.SchedulesCampaign;
import io.heddle.planted.ShrinkingCampaign;
import java.io.PrintStream;
import java.util.List;

/**
 * The command {@code property-tests/campaign}. Exit codes: 0 passed, 1 the campaign found
 * something, 2 usage, 70 a defect of the campaign itself.
 */
public final class Main {
  private static final int FOUND = 1;
  private static final int USAGE = 2;
  private static final int DEFECT = 70;

  /** All campaigns there are. */
  static final List<Campaign> CAMPAIGNS =
      List.of(
          new GroupCampaign(),
          new ClientsCampaign(),
          new DetectionCampaign(),
          new ShrinkingCampaign(),
          new SchedulesCampaign(),
          new PeersCampaign(),
          new FiguresCampaign());

  private Main() {}

  public static void main(String[] words) {
    System.exit(run(CAMPAIGNS, List.of(words), System.out, System.err));
  }

  static int run(List<Campaign> campaigns, List<String> words, PrintStream out, PrintStream err) {
    try {
      Campaign campaign = find(campaigns, words);
      Arguments arguments = Arguments.parse(campaign, words.subList(1, words.size()));
      Outcome outcome = campaign.run(arguments);
      if (arguments.json()) {
        out.println(Json.of(outcome.figures()));
      } else {
        outcome.text().forEach(out::println);
      }
      outcome.failure().forEach(err::println);
      return outcome.passed() ? 0 : FOUND;
    } catch (Arguments.Misuse misuse) {
      err.println("campaign: " + misuse.getMessage());
      return USAGE;
    } catch (RuntimeException | Error defect) {
      defect.printStackTrace(err);
      return DEFECT;
    }
  }

  private static Campaign find(List<Campaign> campaigns, List<String> words)
      throws Arguments.Misuse {
    String names = String.join(", ", campaigns.stream().map(Campaign::name).toList());
    if (words.isEmpty()) {
      throw new Arguments.Misuse("which campaign? There are: " + names);
    }
    return campaigns.stream()
        .filter(campaign -> campaign.name().equals(words.get(0)))
        .findFirst()
        .orElseThrow(
            () -> new Arguments.Misuse("no campaign " + words.get(0) + "; there are: " + names));
  }
}
