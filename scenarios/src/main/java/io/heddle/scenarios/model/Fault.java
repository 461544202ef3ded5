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
      if (action instanceof Action.AnswerError answer) {
        Require.that(
            KafkaErrors.answers(answer.error(), request.api()),
            "do must be an error that a broker can give to "
                + request.api().label()
                + ", was "
                + answer.error());
      }
      checkMember(request.member(), action);
    } else {
      Require.that(
          action instanceof Action.AtTime,
          "do must be something that can be done at a time, was " + action.label());
      if (trigger instanceof Trigger.When when) {
        Require.that(
            when.happening().hasMember() || !(action instanceof Action.OnClient),
            "do must not befall a member, since when "
                + when.happening().label()
                + " concerns none, was "
                + action.label());
        checkMember(when.member(), action);
      }
    }
  }

  private static void checkMember(Target trigger, Action action) {
    Require.that(
        !(action instanceof Action.OnClient client) || client.member().equals(trigger),
        "member must be the same for the trigger and for what is done");
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
    if (trigger instanceof Trigger.When when) {
      return when.member();
    }
    return action instanceof Action.OnClient client ? client.member() : Target.ANY;
  }

  /** The same for another member; where it is for nobody in particular, it becomes so. */
  public Fault withTarget(Target target) {
    Trigger aimed = trigger;
    if (trigger instanceof Trigger.OnRequest request) {
      aimed = new Trigger.OnRequest(request.api(), request.pick(), request.between(), target);
    } else if (trigger instanceof Trigger.When when && when.happening().hasMember()) {
      aimed = new Trigger.When(when.happening(), when.pick(), when.between(), target);
    }
    Action done = action instanceof Action.OnClient client ? client.with(target) : action;
    return new Fault(name, aimed, done, mayNotFire);
  }
}
