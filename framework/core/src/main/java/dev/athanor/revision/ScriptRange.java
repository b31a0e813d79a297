package dev.athanor.revision;

/**
 * A target for a printed script, which may name where the database is assumed to stand: {@code from:to}.
 *
 * @param start what is assumed to be applied
 * @param target where to go
 */
record ScriptRange(AppliedState start, String target) {}
