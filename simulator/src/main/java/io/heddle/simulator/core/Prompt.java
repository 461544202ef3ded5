package io.heddle.simulator.core;

/**
 * A task that waits for nothing. An executor of a simulation in virtual time runs it on the spot,
 * where other tasks need a thread of their own to wait on: two changes of threads less. A run ends
 * with an {@link AssertionError} if such a task waits after all. What it may not do either is to
 * call a client, whose callers are told apart by their threads.
 */
@FunctionalInterface
public interface Prompt extends Runnable {}
