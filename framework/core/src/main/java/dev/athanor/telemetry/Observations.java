package dev.athanor.telemetry;

import java.util.List;

/**
 * All observations: each becomes a span where tracing is set up, and a timer where meters are. Keys are of low cardinality,
 * and every observation has {@code outcome} (done, stopped or failed) besides.
 */
public enum Observations {
    /** A command under the lease, waiting for the lease included. */
    RUN("athanor.run", "command"),
    /** A phase of a revision, up or down; Batch's job of the phase is within it. */
    PHASE("athanor.phase", "revision", "phase", "direction"),
    /** A schema section, its retries included. */
    SECTION("athanor.section", "revision", "section"),
    /** A backfill from its first chunk in this run to its last. */
    BACKFILL("athanor.backfill", "revision", "backfill", "table");

    /** Key that every observation has in the end. */
    public static final String OUTCOME = "outcome";

    private final String observation;
    private final List<String> keys;

    Observations(String observation, String... keys) {
        this.observation = observation;
        this.keys = List.of(keys);
    }

    /** Name, with dots. */
    public String observation() {
        return observation;
    }

    /** Keys from the beginning on. */
    public List<String> keys() {
        return keys;
    }
}
