package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.postgres.Transactions;
import dev.athanor.sql.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The schema that holds Athanor's own tables. It makes and upgrades itself by small numbered scripts, each one
 * transaction; several processes may try at once. Needs a role that owns the schema, or may create it.
 */
public final class StateSchema {
    /** Its name when nobody says otherwise. */
    public static final String DEFAULT_NAME = "athanor";

    /** Number of the newest script. */
    static final int LATEST = 4;

    /** PostgreSQL cuts longer names off silently. */
    private static final int LONGEST_NAME = 63;

    private final Transactions transactions;
    private final String name;

    /**
     * @param name unquoted, in its true spelling
     * @throws AthanorException kind USAGE, code {@code invalid_state_schema}, when no schema can have that name
     */
    public StateSchema(Transactions transactions, String name) {
        this.name = requireName(name);
        this.transactions = transactions;
    }

    /**
     * Checks a name.
     *
     * @return the name
     * @throws AthanorException kind USAGE, code {@code invalid_state_schema}, when no schema can have it
     */
    public static String requireName(String name) {
        if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME || name.startsWith("pg_")) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "invalid_state_schema",
                    "'" + name + "' cannot be the state schema's name",
                    "Give --state-schema a name of 1 to " + LONGEST_NAME + " bytes that does not begin with pg_.");
        }
        return name;
    }

    /** Unquoted name. */
    public String name() {
        return name;
    }

    /** The name as it may stand in SQL. */
    public String quoted() {
        return QualifiedName.quote(name);
    }

    /**
     * Whether there is a ledger to read. Makes nothing.
     *
     * @throws AthanorException code {@code state_schema_too_new}, kind REFUSED, when only a newer Athanor can read it
     */
    public boolean exists() {
        return transactions.autocommit(
                session -> SchemaFacts.read(session, name).bootstrapped() && requireKnownVersion(session) > 0);
    }

    /**
     * Makes the schema and the tables that the lease needs, unless they are there.
     *
     * @throws AthanorException code {@code missing_right}, naming the GRANT that helps; code
     *     {@code state_schema_too_new}, kind REFUSED, when a newer Athanor has upgraded it
     */
    public void bootstrap() {
        SchemaFacts facts = transactions.autocommit(session -> SchemaFacts.read(session, name));
        if (!facts.bootstrapped()) {
            transactions.inTransaction(TransactionSettings.LEDGER, this::create);
        }
        facts.requireUse();
        transactions.autocommit(this::requireKnownVersion);
    }

    /**
     * Whether all that a run needs of the schema is there or may be made. Makes nothing.
     *
     * @return versions that it is behind this Athanor, which the next run makes up for; empty: it is not there yet
     * @throws AthanorException as of {@link #bootstrap}
     */
    public OptionalInt examine() {
        return transactions.autocommit(session -> {
            SchemaFacts facts = SchemaFacts.read(session, name);
            if (!facts.bootstrapped()) {
                facts.requireCreate();
                return OptionalInt.empty();
            }
            facts.requireUse();
            int behind = LATEST - requireKnownVersion(session);
            SchemaRights.read(session, name).require(behind > 0);
            return OptionalInt.of(behind);
        });
    }

    private int create(Session session) {
        session.queryOne("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> 1, "athanor:" + name);
        SchemaFacts facts = SchemaFacts.read(session, name);
        if (facts.bootstrapped()) {
            return 0;
        }
        facts.requireCreate();
        if (!facts.schemaThere()) {
            session.executeVerbatim("CREATE SCHEMA " + quoted());
        }
        session.executeVerbatim(Scripts.bootstrap(quoted()));
        return 1;
    }

    /** Runs the scripts that are missing, each in a transaction under the lease. */
    public void upgrade(Fence fence) {
        Fencing fencing = new Fencing(this);
        for (int next = requireKnown() + 1; next <= LATEST; next++) {
            int script = next;
            transactions.inTransaction(TransactionSettings.LEDGER, session -> {
                fencing.check(session, fence);
                if (version(session) < script) {
                    session.executeVerbatim(Scripts.numbered(script, quoted()));
                    session.execute("INSERT INTO " + quoted() + ".schema_version (version) VALUES (?)", script);
                }
                return script;
            });
        }
    }

    private int requireKnown() {
        return transactions.autocommit(this::requireKnownVersion);
    }

    private int requireKnownVersion(Session session) {
        int found = version(session);
        if (found > LATEST) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "state_schema_too_new",
                    "The state schema " + quoted() + " has version " + found + ", this Athanor knows versions up to "
                            + LATEST,
                    "Use the Athanor that upgraded it, or a newer one.");
        }
        return found;
    }

    /** Number of the newest script that was run; the bootstrap must be there. */
    int version(Session session) {
        return session.queryOne(
                        "SELECT coalesce(max(version), 0) AS version FROM " + quoted() + ".schema_version",
                        row -> (int) row.number("version"))
                .orElse(0);
    }
}
