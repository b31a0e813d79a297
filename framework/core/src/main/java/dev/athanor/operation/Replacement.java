package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column whose place another one takes, with all that belongs to it. Expand makes the second, triggers and a backfill
 * fill it; contract makes indexes, constraints and foreign keys for it, none of which takes a lock for long, and swaps the
 * two in one short transaction.
 *
 * @param table has the column
 * @param column the one that is replaced
 * @param to name of the other one, when applications read and write both; null: the old name, and nobody knows of the
 *     other one until contract
 * @param type of the other one
 * @param up its value from the old column
 * @param down the old column's value from it
 * @param synced whether triggers keep both in step; false: applications write both themselves
 * @param value the default that it gets in the swap; null: that of the column
 * @param wasValue the default that the column had, for the way back; null: that of the other one
 * @param stillThere while the function of this name is there, nothing is done: the replacement that this one takes back
 *     has not come to its swap; null for one that goes forward
 */
record Replacement(
        QualifiedName table,
        String column,
        @Nullable String to,
        String type,
        String up,
        String down,
        boolean synced,
        @Nullable String value,
        @Nullable String wasValue,
        @Nullable QualifiedName stillThere) {

    /** The way back, once this one has come to its swap. */
    Replacement back(String was) {
        QualifiedName function = sync().function();
        return to == null
                ? new Replacement(table, column, null, was, down, up, true, wasValue, value, function)
                : new Replacement(table, to, column, was, down, up, true, wasValue, value, function);
    }

    String twin() {
        return to == null ? Names.own("next", words()) : to;
    }

    SyncTrigger sync() {
        List<Assignment> back = to == null ? List.of() : List.of(new Assignment(column, down));
        return new SyncTrigger(table, Names.own("sync", words()), List.of(new Assignment(twin(), cast())), back);
    }

    private String[] words() {
        Stream<String> words = Stream.of(table.name(), column, to == null ? type : to);
        return Stream.concat(words, stillThere == null ? Stream.of() : Stream.of("back"))
                .toArray(String[]::new);
    }

    private String cast() {
        return "(" + up + ")::" + type;
    }

    private Belongings belongings() {
        return new Belongings(table, column, twin(), sync().function());
    }

    private TwinConstraints twins() {
        return new TwinConstraints(belongings(), "def");
    }

    /** The second column, with its triggers. */
    List<Part> begin() {
        String add = "ALTER TABLE " + Names.quoted(table) + " ADD COLUMN " + Names.quoted(twin()) + " " + type;
        List<String> triggers = synced ? sync().queries() : List.of(Belongings.statement(sync().keeper()));
        return List.of(rows(append(refusals(), Belongings.statement(add))), rows(triggers.toArray(String[]::new)));
    }

    private List<String> refusals() {
        List<String> queries = new ArrayList<>(List.of(
                Dependents.refuseOddOrPartitioned(table, column),
                Dependents.refuseDependents(table, column),
                OtherOperations.on(table, List.of(column)).refuseToTake(),
                Obstacles.refusePartitionedReferences(table, column),
                Obstacles.refuseHiddenRows(table),
                CheckedDomain.written(table, type).refuse()));
        if (synced && stillThere == null) {
            queries.addAll(sync().refusals());
        }
        if (to != null && stillThere == null) {
            queries.add(new RowTriggers(table, List.of(column), List.of(to)).refuse());
        }
        return queries;
    }

    /** What readers of the second column need while both are there. */
    List<Part> forReaders() {
        return List.of(
                rows(append(belongings().record(), TwinColumn.attributes(table, column, twin()))),
                concurrently(twins().earlyIndexes()));
    }

    /** Rows that are still to be filled; nobody else writes a column that nobody knows, so there it must be equal. */
    String missing() {
        return to == null
                ? SyncTrigger.differ(Names.quoted(twin()), cast())
                : Names.quoted(twin()) + " IS NULL AND (" + up + ") IS NOT NULL";
    }

    String assignment() {
        return new Assignment(twin(), cast()).ofUpdate();
    }

    /** All that is made for the second column before the swap, and the swap. */
    List<Part> finish() {
        List<String> swap = new ArrayList<>();
        swap.add(belongings().refuseWhatIsNew());
        sync().dropTriggers().forEach(statement -> swap.add(Belongings.statement(statement)));
        swap.addAll(new TwinSwap(belongings(), to == null, value).queries());
        swap.add(Belongings.statement(sync().dropFunction()));
        return List.of(
                rows(append(
                        List.of(Dependents.refuseDependents(table, column), Obstacles.refuseHiddenRows(table)),
                        belongings().record().toArray(String[]::new))),
                concurrently(twins().indexes()),
                concurrently(twins().dropEarlyIndexes()),
                rows(twins().checks()),
                concurrently(twins().foreignKeys()),
                concurrently(twins().validations()),
                concurrently(Belongings.statement("ANALYZE " + Names.quoted(table))),
                concurrently(twins().exchange()),
                rows(swap.toArray(String[]::new)));
    }

    /** Takes all back that was done before the swap. */
    List<Part> drop() {
        String column = "ALTER TABLE " + Names.quoted(table) + " DROP COLUMN IF EXISTS " + Names.quoted(twin());
        List<String> all = new ArrayList<>(List.of(twins().dropForeignKeys()));
        sync().dropTriggers().forEach(statement -> all.add(Belongings.statement(statement)));
        all.add(Belongings.statement(column));
        all.add(Belongings.statement(sync().dropFunction()));
        return List.of(Part.rows(String.join(";\n", all) + ";"));
    }

    /** Gives the column its foreign keys again, when contract has begun but has not come to the swap. */
    List<Part> restoreForeignKeys() {
        TwinConstraints originals = new TwinConstraints(belongings(), "odef");
        return List.of(
                concurrently(originals.dropForeignKeys()),
                concurrently(originals.foreignKeys()),
                concurrently(originals.validations()),
                concurrently(originals.exchange()));
    }

    /** Does all of it at once: on the way back there is no phase for a backfill. */
    List<Part> whole() {
        String fill = new BlockUpdate(table, assignment(), missing(), sync().name()).sql();
        List<Part> parts = new ArrayList<>(begin());
        parts.add(BlockUpdate.endless(concurrently(Belongings.statement(fill))));
        parts.addAll(finish());
        return parts;
    }

    /** Refuses, before anything is changed, where a row has no value that the other column could hold. */
    Part fits() {
        String check = new FitCheck(table, column, cast(), type).sql();
        return BlockUpdate.endless(concurrently(Belongings.statement(check))).asking();
    }

    private Part rows(String... queries) {
        return Part.rows(joined(queries));
    }

    private Part concurrently(String... queries) {
        return Part.autocommitRows(joined(queries));
    }

    private String joined(String... queries) {
        StringBuilder sql = new StringBuilder();
        for (String query : queries) {
            sql.append(
                            stillThere == null
                                    ? query
                                    : "SELECT * FROM (" + query + ") AS statements WHERE pg_catalog.to_regprocedure("
                                            + Literal.quote(Names.quoted(stillThere) + "()") + ") IS NULL")
                    .append(";\n");
        }
        return sql.toString();
    }

    private static String[] append(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toArray(String[]::new);
    }
}
