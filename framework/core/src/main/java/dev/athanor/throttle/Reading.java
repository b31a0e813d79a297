package dev.athanor.throttle;

/**
 * What a signal said last.
 *
 * @param signal name, such as {@code replica lag}
 * @param value in its unit
 * @param unit such as {@code s}, {@code bytes}, {@code sessions}
 * @param limit at which work stands still
 * @param utilisation share of what is tolerable; 1 and more: work is halved
 * @param text for people, such as {@code replica lag 2.1s}
 */
public record Reading(String signal, double value, String unit, double limit, double utilisation, String text) {}
