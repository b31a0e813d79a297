package dev.athanor.revision;

import java.util.Locale;

/** The three phases of a revision, in the order in which they run. */
public enum Phase {
    /** Additive schema change; the old application version is live. */
    EXPAND,
    /** Fills existing rows, and verifies; old and new version are live together. */
    BACKFILL,
    /** Tightens and removes; only the new version is live. Refused until the backfill is complete and verified. */
    CONTRACT;

    /** The name as it stands in files, flags and the ledger: lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
