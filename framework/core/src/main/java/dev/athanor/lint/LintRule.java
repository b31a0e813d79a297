package dev.athanor.lint;

import java.util.Locale;
import java.util.Optional;

/**
 * All rules. Ids are stable. {@code IX} indexes, {@code CO} constraints, {@code CL} columns, {@code TB} tables, {@code EN}
 * enums, {@code TY} types, {@code TX} transactions, {@code DM} changes of rows, {@code RW} what cannot be read, {@code NM}
 * names, {@code IG} waivers.
 */
public enum LintRule {
    /** CREATE INDEX without CONCURRENTLY. */
    IX1(Severity.ERROR, "CREATE INDEX without CONCURRENTLY"),
    /** CONCURRENTLY on a partitioned table. */
    IX2(Severity.ERROR, "CONCURRENTLY on a partitioned table"),
    /** Concurrent index work inside a transaction. */
    IX3(Severity.ERROR, "concurrent index work inside a transaction"),
    /** Concurrent index build that cannot be told from a failed one. */
    IX4(Severity.ERROR, "concurrent index build that cannot be told from a failed one"),
    /** Concurrent index build on a server that corrupts indexes. */
    IX5(Severity.ERROR, "concurrent index build on a server that corrupts indexes"),
    /** DROP INDEX without CONCURRENTLY. */
    IX6(Severity.WARNING, "DROP INDEX without CONCURRENTLY"),
    /** Index dropped before its replacement exists. */
    IX7(Severity.WARNING, "index dropped before its replacement exists"),
    /** REINDEX without CONCURRENTLY. */
    IX8(Severity.WARNING, "REINDEX without CONCURRENTLY"),
    /** Index on more than three columns. */
    IX9(Severity.INFO, "index on more than three columns"),
    /** Hash index that is not WAL-logged. */
    IX10(Severity.INFO, "hash index that is not WAL-logged"),
    /** Expression index without ANALYZE. */
    IX11(Severity.INFO, "expression index without ANALYZE"),
    /** Foreign key added and validated at once. */
    CO1(Severity.ERROR, "foreign key added and validated at once"),
    /** Column added with REFERENCES. */
    CO2(Severity.ERROR, "column added with REFERENCES"),
    /** Reference column with a plain index. */
    CO3(Severity.ERROR, "reference column with a plain index"),
    /** VALIDATE while a strong lock is held. */
    CO4(Severity.ERROR, "VALIDATE while a strong lock is held"),
    /** Foreign keys to several live tables in one step. */
    CO5(Severity.WARNING, "foreign keys to several live tables in one step"),
    /** Foreign key between different types. */
    CO6(Severity.WARNING, "foreign key between different types"),
    /** CHECK added and validated at once. */
    CO7(Severity.ERROR, "CHECK added and validated at once"),
    /** UNIQUE constraint that builds its index. */
    CO8(Severity.ERROR, "UNIQUE constraint that builds its index"),
    /** PRIMARY KEY that builds its index. */
    CO9(Severity.ERROR, "PRIMARY KEY that builds its index"),
    /** EXCLUDE constraint on a live table. */
    CO10(Severity.ERROR, "EXCLUDE constraint on a live table"),
    /** SET NOT NULL without a valid CHECK. */
    CO11(Severity.ERROR, "SET NOT NULL without a valid CHECK"),
    /** NOT NULL column without a default. */
    CO12(Severity.ERROR, "NOT NULL column without a default"),
    /** Type change and NOT NULL together. */
    CO13(Severity.ERROR, "type change and NOT NULL together"),
    /** DROP NOT NULL. */
    CO14(Severity.WARNING, "DROP NOT NULL"),
    /** Domain with a constraint. */
    CO15(Severity.WARNING, "domain with a constraint"),
    /** Constraint added to a domain. */
    CO16(Severity.ERROR, "constraint added to a domain"),
    /** NOT NULL constraint added and validated at once. */
    CO17(Severity.ERROR, "NOT NULL constraint added and validated at once"),
    /** Column added with a volatile default. */
    CL1(Severity.ERROR, "column added with a volatile default"),
    /** Stored generated column added. */
    CL2(Severity.ERROR, "stored generated column added"),
    /** Serial, identity or key column added. */
    CL3(Severity.ERROR, "serial, identity or key column added"),
    /** Json column. */
    CL4(Severity.WARNING, "json column"),
    /** Column and its default in two steps. */
    CL5(Severity.INFO, "column and its default in two steps"),
    /** Type change that rewrites the table. */
    CL6(Severity.ERROR, "type change that rewrites the table"),
    /** Type change of a column with CHECKs. */
    CL7(Severity.ERROR, "type change of a column with CHECKs"),
    /** Column renamed. */
    CL8(Severity.ERROR, "column renamed"),
    /** Column dropped. */
    CL9(Severity.ERROR, "column dropped"),
    /** Default of a live column changed. */
    CL10(Severity.WARNING, "default of a live column changed"),
    /** Discriminator column with a default. */
    CL11(Severity.WARNING, "discriminator column with a default"),
    /** Expression of a generated column changed. */
    CL12(Severity.ERROR, "expression of a generated column changed"),
    /** Table renamed. */
    TB1(Severity.ERROR, "table renamed"),
    /** Schema renamed. */
    TB2(Severity.ERROR, "schema renamed"),
    /** Table dropped before the contract phase. */
    TB3(Severity.ERROR, "table dropped before the contract phase"),
    /** Table with several foreign keys dropped. */
    TB4(Severity.ERROR, "table with several foreign keys dropped"),
    /** Table dropped and created again. */
    TB5(Severity.ERROR, "table dropped and created again"),
    /** Database dropped. */
    TB6(Severity.ERROR, "database dropped"),
    /** TRUNCATE … CASCADE. */
    TB7(Severity.ERROR, "TRUNCATE … CASCADE"),
    /** Table rewritten by VACUUM FULL or CLUSTER. */
    TB8(Severity.ERROR, "table rewritten by VACUUM FULL or CLUSTER"),
    /** Partition detached without CONCURRENTLY. */
    TB9(Severity.ERROR, "partition detached without CONCURRENTLY"),
    /** Partition attached without a valid CHECK. */
    TB10(Severity.WARNING, "partition attached without a valid CHECK"),
    /** Table copied to another place or form. */
    TB11(Severity.WARNING, "table copied to another place or form"),
    /** Materialized view refreshed without CONCURRENTLY. */
    TB12(Severity.WARNING, "materialized view refreshed without CONCURRENTLY"),
    /** Trigger change together with other work. */
    TB13(Severity.WARNING, "trigger change together with other work"),
    /** Table moved to another schema. */
    TB14(Severity.ERROR, "table moved to another schema"),
    /** Schema dropped. */
    TB15(Severity.ERROR, "schema dropped"),
    /** Foreign table dropped before the contract phase. */
    TB16(Severity.ERROR, "foreign table dropped before the contract phase"),
    /** Enum value renamed. */
    EN1(Severity.ERROR, "enum value renamed"),
    /** Enum value added without a position. */
    EN2(Severity.WARNING, "enum value added without a position"),
    /** Integer that runs out. */
    TY1(Severity.WARNING, "integer that runs out"),
    /** Serial. */
    TY2(Severity.INFO, "serial"),
    /** Varchar with a length. */
    TY3(Severity.INFO, "varchar with a length"),
    /** Char with padding. */
    TY4(Severity.WARNING, "char with padding"),
    /** Timestamp without time zone. */
    TY5(Severity.WARNING, "timestamp without time zone"),
    /** Lock timeout switched off or too long. */
    TX1(Severity.ERROR, "lock timeout switched off or too long"),
    /** Statement timeout switched off. */
    TX2(Severity.WARNING, "statement timeout switched off"),
    /** Transaction control inside a transaction. */
    TX3(Severity.ERROR, "transaction control inside a transaction"),
    /** Transaction that is never ended. */
    TX4(Severity.ERROR, "transaction that is never ended"),
    /** Step that cannot be run again. */
    TX5(Severity.WARNING, "step that cannot be run again"),
    /** Several tables locked exclusively in one transaction. */
    TX6(Severity.WARNING, "several tables locked exclusively in one transaction"),
    /** All settings of the session reset. */
    TX7(Severity.ERROR, "all settings of the session reset"),
    /** Transaction prepared instead of committed. */
    TX8(Severity.ERROR, "transaction prepared instead of committed"),
    /** Rows changed without a range, or together with DDL. */
    DM1(Severity.ERROR, "rows changed without a range, or together with DDL"),
    /** Contract before its backfill is finished: no text shows that, and runs refuse it by themselves. */
    DM2(Severity.ERROR, "contract before its backfill is finished"),
    /** Code that lint cannot read. */
    RW1(Severity.WARNING, "code that lint cannot read"),
    /** Statement that lint does not know. */
    RW2(Severity.WARNING, "statement that lint does not know"),
    /** Name longer than 63 bytes. */
    NM1(Severity.WARNING, "name longer than 63 bytes"),
    /** Table name without a schema. */
    NM2(Severity.INFO, "table name without a schema"),
    /** Column named twice. */
    NM3(Severity.ERROR, "column named twice"),
    /** Waiver that excuses nothing. */
    IG1(Severity.WARNING, "waiver that excuses nothing");

    private final Severity severity;
    private final String title;

    LintRule(Severity severity, String title) {
        this.severity = severity;
        this.title = title;
    }

    /** The rule of an id, in any case; empty when there is none. */
    public static Optional<LintRule> of(String id) {
        try {
            return Optional.of(valueOf(id.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As output and waivers write it: {@code IX1}. */
    public String id() {
        return name();
    }

    /** How bad it is as long as nothing is known of the table's size. */
    public Severity severity() {
        return severity;
    }

    /** What it finds, in a few words. */
    public String title() {
        return title;
    }

    /** Whether it only runs when {@link LintSettings#enabled()} names it. */
    public boolean optIn() {
        return this == NM2;
    }
}
