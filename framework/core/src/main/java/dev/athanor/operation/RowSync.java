package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keeps columns of one table and rows of another in step, one row each for rows with equal keys. No row of the new table
 * means that there is nothing in the columns of the old one. {@link PairLocks} says how writers of both get by.
 *
 * @param old where the columns were; {@code key} is a key of it
 * @param young where they go; {@code key} is its primary key
 * @param filledOnly whether a row of the new table goes when nothing is left in the columns of the old one
 * @param cascade whether a row of the new table goes by itself with that of the old one
 */
record RowSync(Side old, Side young, boolean filledOnly, boolean cascade) {
    private static final String WRITER = "current_setting('" + SyncTrigger.WRITER + "', true)";

    /** An event: after an INSERT, when its transaction commits. */
    private static final String DEFERRED = "deferred";

    /** Functions of triggers. */
    private static final List<String> TRIGGERED = List.of("on", "oi", "ou", "od", "yt", "yg", "yd");

    /**
     * One of the two.
     *
     * @param table has the columns
     * @param key tells which rows of the two belong together
     * @param columns in the same order on both sides
     */
    record Side(QualifiedName table, String key, List<String> columns) {
        Side {
            columns = List.copyOf(columns);
        }

        /** The columns of a row that a trigger or an alias names. */
        String of(String row) {
            return columns.stream()
                    .map(column -> row + "." + Names.quoted(column))
                    .collect(Collectors.joining(", "));
        }

        /** The key of such a row. */
        String key(String row) {
            return row + "." + Names.quoted(key);
        }

        String name() {
            return Names.quoted(table);
        }
    }

    String name() {
        return own("rows");
    }

    PairLocks locks() {
        return new PairLocks(name());
    }

    private String own(String purpose) {
        List<String> words =
                new ArrayList<>(List.of(old.table().name(), young.table().name()));
        words.addAll(old.columns());
        return Names.own(purpose, words.toArray(String[]::new));
    }

    String functions() {
        RowSyncBodies bodies = new RowSyncBodies(this);
        return TRIGGERED.stream()
                        .map(letters -> create(function(letters) + "()", "trigger", bodies.of(letters)))
                        .collect(Collectors.joining())
                + create(function("w") + "(athanor_key anyelement)", "boolean", bodies.judge());
    }

    private static String create(String signature, String type, String body) {
        return "CREATE FUNCTION " + signature + " RETURNS " + type
                + " LANGUAGE plpgsql SET search_path FROM CURRENT AS " + Literal.dollarQuote(body) + ";\n";
    }

    String dropFunctions() {
        return TRIGGERED.stream()
                        .map(letters -> "DROP FUNCTION IF EXISTS " + function(letters) + "();\n")
                        .collect(Collectors.joining())
                + "DROP FUNCTION IF EXISTS " + function("w") + "(anyelement);\n";
    }

    private String function(String letters) {
        return Names.quoted(Names.beside(old.table(), own("r" + letters)));
    }

    /** Triggers of the old table. What is inserted is looked at in the end, when the new version may have written both. */
    String oldTriggers() {
        String quiet = locks().quiet();
        String some = "num_nonnulls(" + old.of("NEW") + ") > 0";
        String told = filledOnly ? some : "(" + some + " OR " + WRITER + " = 'old')";
        String changed = SyncTrigger.differ(old.of("OLD"), old.of("NEW"));
        String notNew = WRITER + " IS DISTINCT FROM 'new'";
        return trigger(old, "n", "BEFORE INSERT", quiet + " AND " + WRITER + " = 'new' AND " + some, "on")
                + trigger(old, "i", DEFERRED, quiet + " AND " + notNew + " AND " + told, "oi")
                + trigger(old, "u", "AFTER UPDATE", quiet + " AND " + changed, "ou")
                + trigger(old, "d", "BEFORE DELETE", cascade ? quiet : quiet + " AND " + notNew, "od");
    }

    /** Triggers of the new table. */
    String youngTriggers() {
        String quiet = locks().quiet();
        String changed = SyncTrigger.differ(
                young.key("OLD") + ", " + young.of("OLD"), young.key("NEW") + ", " + young.of("NEW"));
        return trigger(young, "t", "BEFORE INSERT", quiet, "yt")
                + trigger(young, "i", "AFTER INSERT", quiet, "yg")
                + trigger(young, "u", "AFTER UPDATE", quiet + " AND " + changed, "yg")
                + trigger(young, "d", "AFTER DELETE", quiet, "yd");
    }

    private String trigger(Side side, String letter, String event, String condition, String function) {
        boolean deferred = event.equals(DEFERRED);
        return "CREATE " + (deferred ? "CONSTRAINT " : "") + "TRIGGER " + trigger(letter) + " "
                + (deferred ? "AFTER INSERT" : event) + " ON " + side.name()
                + (deferred ? " DEFERRABLE INITIALLY DEFERRED" : "") + " FOR EACH ROW WHEN ("
                + condition + ") EXECUTE FUNCTION " + function(function) + "();\n" + "ALTER TABLE " + side.name()
                + " ENABLE ALWAYS TRIGGER " + trigger(letter) + ";\n";
    }

    String dropOldTriggers() {
        return dropTriggers(old, "n", "i", "u", "d");
    }

    String dropYoungTriggers() {
        return dropTriggers(young, "t", "i", "u", "d");
    }

    private String dropTriggers(Side side, String... letters) {
        StringBuilder sql = new StringBuilder();
        for (String letter : letters) {
            sql.append("DROP TRIGGER IF EXISTS " + trigger(letter) + " ON " + side.name() + ";\n");
        }
        return sql.toString();
    }

    private String trigger(String letter) {
        return Names.quoted("zz_" + letter + name().substring("athanor_rows".length()));
    }

    /** A condition on an old row {@code own} and what belongs to it, {@code pair}, joined from the left: not in step. */
    String wrong() {
        return "CASE WHEN " + young.key("pair") + " IS NULL THEN num_nonnulls(" + old.of("own") + ") > 0 ELSE "
                + SyncTrigger.differ(old.of("own"), young.of("pair")) + " END";
    }

    /** Rows of the old table with what belongs to each. */
    String joined() {
        return old.name() + " AS own LEFT JOIN " + young.name() + " AS pair ON " + young.key("pair") + " = "
                + old.key("own");
    }

    /** A condition on the old row {@code own}: it is out of step, and not just because somebody is writing it now. */
    String judged() {
        return function("w") + "(" + old.key("own") + ")";
    }
}
