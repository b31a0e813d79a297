package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.ControlLedger;
import dev.athanor.ledger.QuarantineLedger;

/** The rows of one state schema that a backfill lives by. */
record Ledgers(BackfillLedger backfills, ControlLedger control, QuarantineLedger quarantine) {}
