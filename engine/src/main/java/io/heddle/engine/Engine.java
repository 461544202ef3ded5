package io.heddle.engine;

import org.jspecify.annotations.Nullable;

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
    Outputs outputs,
    Stores stores,
    Stragglers stragglers,
    Observatory observatory,
    @Nullable Transactions transactions) {

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
        new Outputs(clients.producers(), runtime, lifecycle, config.commitTimeout()),
        new Stores(clients, config, runtime, lifecycle, waker),
        new Stragglers(runtime),
        new Observatory(),
        config
            .exactlyOnce()
            .map(
                exactlyOnce ->
                    new Transactions(
                        clients.transactionalProducers(),
                        exactlyOnce,
                        config.commitTimeout(),
                        runtime,
                        lifecycle,
                        waker,
                        monitor))
            .orElse(null));
  }

  boolean isSameAs(Engine other) {
    return lifecycle == other.lifecycle;
  }

  /** Transactions commit nothing that is complete behind a gap: its outputs are not visible yet. */
  int commitMetadataBytes() {
    return transactions == null ? config.commitMetadataBytes() : 0;
  }

  long nanoTime() {
    return runtime.nanoTime().getAsLong();
  }
}
