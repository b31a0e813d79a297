package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a row out of other columns of it: one into several, several into one.
 *
 * @param table has them
 * @param up new columns from old ones
 * @param types of the new ones
 * @param old names of the old ones
 * @param down old columns from new ones; none when nothing says how
 * @param was types of the old ones; none when nobody has told them
 * @param unsynced whether applications write both sides themselves
 */
record Reshape(
        QualifiedName table,
        List<Assignment> up,
        List<String> types,
        List<String> old,
        List<Assignment> down,
        List<String> was,
        boolean unsynced) {

    private SyncTrigger sync() {
        return SyncTrigger.of(table, up, down);
    }

    List<Part> expand() {
        List<String> queries = new ArrayList<>();
        for (String column : old) {
            queries.add(Dependents.refuseOddColumn(table, column));
            queries.add(Dependents.refuseDependents(table, column));
            queries.add(Dependents.refuseKeys(table, column));
            queries.add(Obstacles.refuseShared(table, column));
        }
        queries.add(OtherOperations.on(table, old).refuseToTake());
        queries.add(Obstacles.refuseHiddenRows(table));
        queries.add(new RowTriggers(table, old, names(up)).refuse());
        if (!unsynced) {
            queries.addAll(sync().refusals());
        }
        types.forEach(type -> queries.add(CheckedDomain.written(table, type).refuse()));
        queries.add(Belongings.statement(alter(add(up, types))));
        for (String column : old) {
            up.forEach(one -> queries.add(TwinColumn.privileges(table, column, one.column())));
        }
        List<Part> parts = new ArrayList<>(List.of(rows(queries)));
        if (!unsynced) {
            parts.add(rows(sync().queries()));
        }
        return parts;
    }

    List<Part> backfill() {
        String set = up.stream().map(Assignment::ofUpdate).collect(Collectors.joining(", "));
        String name = Names.quoted(table);
        String missing = missing(up);
        return List.of(
                Part.backfill(table, "UPDATE " + name + " SET " + set + " WHERE ${chunk} AND " + missing + ";")
                        .until("num_nonnulls(" + columns(up) + ") = 0")
                        .with("quiets", sync().name()),
                Part.verify("SELECT count(*) FROM " + name + " WHERE " + missing + ";"));
    }

    /** Rows that have nothing yet where there is something to have; what new versions have written stays. */
    private static String missing(List<Assignment> side) {
        String values = side.stream().map(one -> "(" + one.expression() + ")").collect(Collectors.joining(", "));
        return "num_nonnulls(" + columns(side) + ") = 0 AND num_nonnulls(" + values + ") > 0";
    }

    private static String columns(List<Assignment> side) {
        return Names.quoted(names(side));
    }

    private static List<String> names(List<Assignment> side) {
        return side.stream().map(Assignment::column).toList();
    }

    List<Part> contract() {
        List<String> queries = new ArrayList<>(List.of(Obstacles.refuseHiddenRows(table)));
        old.forEach(column -> queries.add(Dependents.refuseDependents(table, column)));
        sync().dropTriggers().forEach(statement -> queries.add(Belongings.statement(statement)));
        queries.add(Belongings.statement(alter(old.stream()
                .map(column -> "DROP COLUMN " + Names.quoted(column))
                .toList())));
        queries.add(Belongings.statement(sync().dropFunction()));
        return List.of(rows(queries));
    }

    private boolean canGoBack() {
        return !was.isEmpty() && !down.isEmpty();
    }

    /** Why contract cannot be taken back; null when it can. */
    @Nullable
    String irreversible(String keyword, String columns) {
        return canGoBack()
                ? null
                : keyword + " was not told what '" + columns
                        + "' was: say was=TYPE for each old column, and down=… , to be able to go back";
    }

    /** The old columns again, unless contract has not come so far. */
    List<Part> undoContract() {
        if (!canGoBack()) {
            return List.of();
        }
        SyncTrigger back = back();
        String add = alter(old.stream()
                .map(column -> "ADD COLUMN " + Names.quoted(column) + " " + was.get(old.indexOf(column)))
                .toList());
        List<String> begin = new ArrayList<>(List.of(Obstacles.refuseHiddenRows(table), ifGone(add)));
        old.forEach(column -> up.forEach(one -> begin.add(TwinColumn.privileges(table, one.column(), column))));
        back.queries().forEach(query -> begin.add(ifNotThere(query)));
        String set = down.stream().map(Assignment::ofUpdate).collect(Collectors.joining(", "));
        Part fill = new BlockUpdate(table, set, missing(down), back.name()).part();
        return List.of(rows(begin), fill);
    }

    /** Keeps both sides in step from undo of contract to undo of expand, which may be long: a run can be stopped between. */
    private SyncTrigger back() {
        return new SyncTrigger(table, Names.own("back", table.name(), columns(down)), down, up);
    }

    private String ifGone(String statement) {
        return Belongings.statement(statement) + " WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a"
                + " WHERE a.attrelid = " + Names.regclass(table) + " AND a.attname = " + Names.literal(old.get(0))
                + " AND NOT a.attisdropped)";
    }

    /** Beside the triggers of expand there must be none of ours. */
    private String ifNotThere(String query) {
        return query + " WHERE pg_catalog.to_regprocedure(" + Literal.quote(Names.quoted(sync().function()) + "()")
                + ") IS NULL";
    }

    List<Part> undoExpand() {
        return List.of(Part.schema(sync().drop()
                + (canGoBack() ? back().drop() : "")
                + alter(up.stream()
                        .map(one -> "DROP COLUMN IF EXISTS " + Names.quoted(one.column()))
                        .toList())
                + ";"));
    }

    private static List<String> add(List<Assignment> side, List<String> types) {
        List<String> actions = new ArrayList<>();
        for (int i = 0; i < side.size(); i++) {
            actions.add("ADD COLUMN " + Names.quoted(side.get(i).column()) + " " + types.get(i));
        }
        return actions;
    }

    private String alter(List<String> actions) {
        return "ALTER TABLE " + Names.quoted(table) + " " + String.join(", ", actions);
    }

    private static Part rows(List<String> queries) {
        return Part.rows(String.join(";\n", queries) + ";");
    }
}
