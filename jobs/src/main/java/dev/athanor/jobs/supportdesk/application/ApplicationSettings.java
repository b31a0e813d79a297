package dev.athanor.jobs.supportdesk.application;

/**
 * How the simulated application behaves.
 *
 * @param statementsPerSecond statements begun a second, by the clock; 1 to 10,000
 * @param connections connections in its pool, from 1
 * @param maxInFlight statements waited for at once, from 1; more are begun late, and their lateness counts as latency
 * @param seed fixes the order of statements and keys
 */
public record ApplicationSettings(int statementsPerSecond, int connections, int maxInFlight, long seed) {
    /** A busy desk of some hundred agents: 200 statements a second over 8 connections, 64 in flight. */
    public static final ApplicationSettings DEFAULTS = new ApplicationSettings(200, 8, 64, 1);

    public ApplicationSettings {
        if (statementsPerSecond < 1 || statementsPerSecond > 10_000 || connections < 1 || maxInFlight < 1) {
            throw new IllegalArgumentException("Out of bounds: %d statements a second, %d connections, %d in flight"
                    .formatted(statementsPerSecond, connections, maxInFlight));
        }
    }
}
