package io.heddle.planted;

/**
 * A failing run, made small.
 *
 * @param faults that are left
 * @param records that its run appends
 * @param broken what it breaks first
 * @param file the scenario as a file
 */
public record Small(int faults, long records, String broken, String file) {}
