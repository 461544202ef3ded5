package io.heddle.engine;

/** What the parts of one source share. */
record Engine(
    EventSourceConfig config,
    EngineRuntime runtime,
    EngineListener listener,
    HandlerRegistry handlers,
    Lifecycle lifecycle,
    PollWaker waker,
    Monitor monitor,
    Timers timers,
    Interjections interjections,
    Outputs outputs) {

  static Engine of(
      EventSourceConfig config,
      KafkaClients clients,
      EngineRuntime runtime,
      EngineListener listener) {
    PollWaker waker = new PollWaker();
    Monitor monitor = new Monitor(runtime);
    Lifecycle lifecycle = new Lifecycle(monitor, waker);
    return new Engine(
        config,
        runtime,
        listener,
        new HandlerRegistry(config.typeHeader()),
        lifecycle,
        waker,
        monitor,
        new Timers(runtime, waker, monitor),
        new Interjections(),
        new Outputs(clients.producers(), runtime, lifecycle, config.commitTimeout()));
  }

  boolean isSameAs(Engine other) {
    return lifecycle == other.lifecycle;
  }

  long nanoTime() {
    return runtime.nanoTime().getAsLong();
  }
}
