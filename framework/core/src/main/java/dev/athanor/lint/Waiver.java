package dev.athanor.lint;

/**
 * {@code -- athanor:allow RULE reason}: excuses findings of one rule in the statement behind it.
 *
 * @param rule id as written, in upper case
 * @param reason the rest of the line; empty when there is none, which excuses nothing
 * @param place where it stands
 */
public record Waiver(String rule, String reason, Place place) {}
