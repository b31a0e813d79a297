package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;

/**
 * Keeps a column of one table and a column of another in step, for rows whose keys are equal. A row that is made without a
 * value takes the other table's; a value that is written is written to the other table's rows too. {@link PairLocks}
 * says how it does not loop, and how writers of both get by.
 *
 * @param old where the column was
 * @param young where it goes
 */
record CrossSync(Side old, Side young) {
    /**
     * One of the two.
     *
     * @param table has the column
     * @param column holds the value
     * @param key tells which rows of the two belong together
     */
    record Side(QualifiedName table, String column, String key) {}

    String name() {
        return Names.own(
                "cross", old.table().name(), old.column(), young.table().name(), young.column());
    }

    private PairLocks locks() {
        return new PairLocks(name());
    }

    String functions() {
        return take(old, young, "o") + take(young, old, "y") + give(old, young, "o") + give(young, old, "y")
                + "CREATE FUNCTION " + function("w", "") + "(athanor_key anyelement) RETURNS boolean LANGUAGE plpgsql"
                + " SET search_path FROM CURRENT AS "
                + Literal.dollarQuote(locks().judge("EXISTS (SELECT FROM " + joined() + " AND source."
                        + Names.quoted(old.key()) + " = athanor_key AND " + differ() + ")"))
                + ";\n";
    }

    /** Rows that belong together, to stand behind FROM; more conditions may follow. */
    String joined() {
        return Names.quoted(old.table()) + " AS source, " + Names.quoted(young.table()) + " AS target WHERE source."
                + Names.quoted(old.key()) + " = target." + Names.quoted(young.key());
    }

    /** A condition on such rows: they are not in step. */
    String differ() {
        return SyncTrigger.differ("source." + Names.quoted(old.column()), "target." + Names.quoted(young.column()));
    }

    /** A condition on such rows: they are out of step, and not just because somebody is writing them now. */
    String judged() {
        return function("w", "") + "(source." + Names.quoted(old.key()) + ")";
    }

    String first() {
        return triggers(old, "o");
    }

    String second() {
        return triggers(young, "y");
    }

    String dropFirst() {
        return dropTriggers(old, "o");
    }

    String dropSecond() {
        return dropTriggers(young, "y");
    }

    String dropFunctions() {
        return dropFunction("t", "o") + dropFunction("t", "y") + dropFunction("g", "o") + dropFunction("g", "y")
                + "DROP FUNCTION IF EXISTS " + function("w", "") + "(anyelement);\n";
    }

    /** All of it. */
    String drop() {
        return dropFirst() + dropSecond() + dropFunctions();
    }

    /**
     * Fills a row that is made without a value. The other row is held until the end of the transaction, without a value
     * too: whoever changes it meanwhile waits, and then sees the row that is being made.
     */
    private String take(Side here, Side there, String letter) {
        return function(
                "t",
                letter,
                Template.fill(
                        """

                BEGIN
                  PERFORM FROM {table} AS other WHERE other.{key} = NEW.{here_key} FOR NO KEY UPDATE;
                  SELECT {value} INTO NEW.{column} FROM {table} AS other
                   WHERE other.{key} = NEW.{here_key} AND {value} IS NOT NULL LIMIT 1;
                  RETURN NEW;
                END
                """,
                        "value",
                        "other." + Names.quoted(there.column()),
                        "column",
                        Names.quoted(here.column()),
                        "table",
                        Names.quoted(there.table()),
                        "key",
                        Names.quoted(there.key()),
                        "here_key",
                        Names.quoted(here.key())));
    }

    /** Writes what was written to the rows of the other table. */
    private String give(Side here, Side there, String letter) {
        String table = Names.quoted(there.table());
        String column = Names.quoted(there.key());
        String value = "NEW." + Names.quoted(here.key());
        return function(
                "g",
                letter,
                Template.fill(
                        """

                #variable_conflict use_column
                DECLARE
                  athanor_waited boolean := false;
                BEGIN
                {lock}
                  {begin}
                  UPDATE {table} AS other SET {column} = NEW.{value}
                   WHERE other.{key} = NEW.{here_key} AND {differ};
                  {end}
                  RETURN NULL;
                END
                """,
                        "lock",
                        here.equals(old)
                                ? locks().holdingOld(table, column, value)
                                : locks().holdingNew(table, column, value),
                        "begin",
                        locks().begin(),
                        "end",
                        locks().end(),
                        "table",
                        table,
                        "column",
                        Names.quoted(there.column()),
                        "value",
                        Names.quoted(here.column()),
                        "key",
                        column,
                        "here_key",
                        Names.quoted(here.key()),
                        "differ",
                        SyncTrigger.differ(
                                "other." + Names.quoted(there.column()), "NEW." + Names.quoted(here.column()))));
    }

    private String function(String purpose, String letter, String body) {
        return "CREATE FUNCTION " + function(purpose, letter)
                + "() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS " + Literal.dollarQuote(body)
                + ";\n";
    }

    private String triggers(Side side, String letter) {
        String quiet = locks().quiet();
        String column = Names.quoted(side.column());
        String changed = SyncTrigger.differ(
                "OLD." + column + ", OLD." + Names.quoted(side.key()),
                "NEW." + column + ", NEW." + Names.quoted(side.key()));
        return trigger(side, "t" + letter, "BEFORE INSERT", quiet + " AND NEW." + column + " IS NULL")
                + trigger(side, "i" + letter, "AFTER INSERT", quiet + " AND NEW." + column + " IS NOT NULL")
                + trigger(side, "u" + letter, "AFTER UPDATE", quiet + " AND " + changed);
    }

    private String trigger(Side side, String kind, String event, String condition) {
        String purpose = kind.startsWith("t") ? "t" : "g";
        String letter = kind.substring(1);
        return "CREATE TRIGGER " + trigger(kind) + " " + event + " ON " + Names.quoted(side.table())
                + " FOR EACH ROW WHEN (" + condition + ") EXECUTE FUNCTION " + function(purpose, letter) + "();\n"
                + "ALTER TABLE " + Names.quoted(side.table()) + " ENABLE ALWAYS TRIGGER " + trigger(kind) + ";\n";
    }

    private String dropTriggers(Side side, String letter) {
        StringBuilder sql = new StringBuilder();
        for (String kind : new String[] {"t", "i", "u"}) {
            sql.append("DROP TRIGGER IF EXISTS ")
                    .append(trigger(kind + letter))
                    .append(" ON ")
                    .append(Names.quoted(side.table()))
                    .append(";\n");
        }
        return sql.toString();
    }

    private String dropFunction(String purpose, String letter) {
        return "DROP FUNCTION IF EXISTS " + function(purpose, letter) + "();\n";
    }

    private String function(String purpose, String letter) {
        return Names.quoted(Names.beside(
                old.table(),
                Names.own(
                        "x" + purpose + letter,
                        old.table().name(),
                        old.column(),
                        young.table().name())));
    }

    private String trigger(String kind) {
        return Names.quoted("zz_" + kind + name().substring("athanor_cross".length()));
    }
}
