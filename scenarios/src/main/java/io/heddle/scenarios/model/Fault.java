package io.heddle.scenarios.model;

/**
 * Something that goes wrong.
 *
 * @param name unique in the scenario
 * @param mayNotFire whether a run in which it never fires can pass
 */
public record Fault(String name, Trigger trigger, Action action, boolean mayNotFire) {
  /** Refuses an action that the trigger gives nothing to act on. */
  public Fault {
    Require.name("name", name);
    if (trigger instanceof Trigger.OnRequest request) {
      Require.that(
          action instanceof Action.OnRequest,
          "do must be something that can be done to a request, was " + action.label());
      if (action instanceof Action.AnswerError answer) {
        Require.that(
            KafkaErrors.answers(answer.error(), request.api()),
            "do must be an error that a broker can give to "
                + request.api().label()
                + ", was "
                + answer.error());
      }
    } else {
      Require.that(
          action instanceof Action.AtTime,
          "do must be something that can be done at a time, was " + action.label());
    }
  }

  /** The name of a fault that nobody named: what it does, and its place in the list from 1. */
  public static String defaultName(Action action, int index) {
    return action.label() + "-" + (index + 1);
  }

  /** Whom it is for; {@link Target#ANY} if it is for nobody in particular. */
  public Target target() {
    if (trigger instanceof Trigger.OnRequest request) {
      return request.member();
    }
    if (action instanceof Action.PauseClient pause) {
      return pause.member();
    }
    if (action instanceof Action.CrashClient crash) {
      return crash.member();
    }
    return action instanceof Action.RestartClient restart ? restart.member() : Target.ANY;
  }
}
