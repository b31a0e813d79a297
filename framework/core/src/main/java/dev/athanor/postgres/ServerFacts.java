package dev.athanor.postgres;

import org.jspecify.annotations.Nullable;

/**
 * What a server, a database and the sessions of our role are like, as far as it matters for migrations. Everybody may read it.
 *
 * @param version as the server tells it, such as {@code 17.2}
 * @param major its major version
 * @param standby whether it only follows another server, and takes no writes
 * @param readOnly whether transactions are read-only unless they ask for more
 * @param standardStrings whether a backslash in a string is a backslash
 * @param statementTimeout of statements that have none of their own, such as {@code 30s}; null: none
 * @param transactionTimeout of every transaction; null: none, or the server knows none
 * @param user our role
 * @param database connected to
 */
public record ServerFacts(
        String version,
        int major,
        boolean standby,
        boolean readOnly,
        boolean standardStrings,
        @Nullable String statementTimeout,
        @Nullable String transactionTimeout,
        String user,
        String database) {
    private static final int VERSIONS_A_MAJOR = 10_000;

    private static final String SQL = "SELECT current_setting('server_version') AS version,"
            + " current_setting('server_version_num')::int AS number, pg_is_in_recovery() AS standby,"
            + " current_setting('default_transaction_read_only') = 'on' AS read_only,"
            + " current_setting('standard_conforming_strings') = 'on' AS standard_strings,"
            + " nullif(current_setting('statement_timeout'), '0') AS statement_timeout,"
            + " nullif(current_setting('transaction_timeout', true), '0') AS transaction_timeout,"
            + " current_user::text AS me, current_database()::text AS database";

    /** Reads them. */
    public static ServerFacts read(Transactions transactions) {
        return transactions.autocommit(
                session -> session.queryOne(SQL, ServerFacts::of).orElseThrow());
    }

    private static ServerFacts of(Row row) {
        return new ServerFacts(
                row.string("version"),
                (int) row.number("number") / VERSIONS_A_MAJOR,
                row.flag("standby"),
                row.flag("read_only"),
                row.flag("standard_strings"),
                row.text("statement_timeout"),
                row.text("transaction_timeout"),
                row.string("me"),
                row.string("database"));
    }
}
