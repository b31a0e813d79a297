package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an {@link ExtractTable} asks the catalogue for: the new table out of the old columns, and the old columns out of the
 * new table.
 *
 * <p>An old column that is NOT NULL may be null beside others that are: the row has no row in the new table then. A check
 * says so, and by its name remembers what is to come back.
 *
 * @param of the operation
 */
record Extraction(ExtractTable of) {
    /** Everything that the new table needs, and nothing of the old one but its catalogue until the foreign key, in the end. */
    Part create() {
        List<String> queries = new ArrayList<>(refusals());
        queries.add("SELECT " + Literal.quote("CREATE TABLE " + into() + " (" + Names.quoted(of.toKey()) + " ") + " || "
                + ColumnCatalog.type(of.table(), of.key()) + " || " + Literal.quote(" PRIMARY KEY")
                + each(i -> " || "
                        + Literal.quote(", " + Names.quoted(of.to().get(i)) + " ") + " || "
                        + ColumnCatalog.type(of.table(), of.columns().get(i))));
        queries.add(TableTwin.owner(of.table(), of.into()));
        queries.add(TableTwin.privileges(of.table(), of.into()));
        queries.add(TwinColumn.privileges(of.table(), of.key(), of.into(), of.toKey()));
        for (int i = 0; i < of.columns().size(); i++) {
            queries.add("SELECT "
                    + Literal.quote("ALTER TABLE " + into() + " ALTER COLUMN "
                            + Names.quoted(of.to().get(i)) + " SET NOT NULL")
                    + column(of.table(), of.columns().get(i)) + " AND a.attnotnull");
            queries.add(TableTwin.defaultValue(
                    of.table(), of.columns().get(i), of.into(), of.to().get(i)));
            queries.add(TwinColumn.attributes(
                    of.table(), of.columns().get(i), of.into(), of.to().get(i)));
        }
        queries.addAll(twin(of.table(), of.columns(), of.into()).whole());
        queries.add(Belongings.statement("ALTER TABLE " + into() + " ADD FOREIGN KEY (" + Names.quoted(of.toKey())
                + ") REFERENCES " + table() + " (" + Names.quoted(of.key()) + ")" + of.action()));
        if (!of.unsynced()) {
            queries.add(ExtractRefusals.writers(of));
        }
        return rows(queries);
    }

    private List<String> refusals() {
        List<String> queries = new ArrayList<>();
        for (String column : of.columns()) {
            queries.add(Dependents.refuseOddColumn(of.table(), column));
            queries.add(Dependents.refuseDependents(of.table(), column));
            queries.add(Dependents.refuseKeys(of.table(), column));
        }
        queries.add(OtherOperations.on(of.table(), of.columns()).refuseToTake());
        queries.add(OtherOperations.on(of.table(), List.of(of.key())).refuseToRead());
        queries.add(Obstacles.refuseHiddenRows(of.table()));
        queries.add(ExtractRefusals.key(of));
        queries.add(ExtractRefusals.strays(of));
        return queries;
    }

    private static TableTwin twin(QualifiedName from, List<String> columns, QualifiedName to) {
        return new TableTwin(from, columns, to);
    }

    /** Old columns may be null, so that new versions can make rows. */
    Part relax() {
        List<String> queries = new ArrayList<>();
        for (String column : of.columns()) {
            queries.add("SELECT "
                    + Literal.quote("ALTER TABLE " + table() + " " + addMarker(column) + ", ALTER COLUMN "
                            + Names.quoted(column) + " DROP NOT NULL")
                    + column(of.table(), column) + " AND a.attnotnull");
        }
        return rows(queries);
    }

    private String addMarker(String column) {
        return "ADD CONSTRAINT " + Names.quoted(marker(column)) + " CHECK (num_nonnulls(" + Names.quoted(of.columns())
                + ") = 0 OR " + Names.quoted(column) + " IS NOT NULL) NOT VALID";
    }

    private String marker(String column) {
        return Names.own("extracted_not_null", of.table().name(), column);
    }

    private String hasMarker(String column) {
        return "EXISTS (SELECT FROM pg_catalog.pg_constraint m WHERE m.conrelid = " + Names.regclass(of.table())
                + " AND m.conname = " + Names.literal(marker(column)) + ")";
    }

    /** A condition that the new table takes a row of nulls. */
    String takesNulls() {
        return "NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = " + Names.regclass(of.into())
                + " AND a.attname IN (" + literals(of.to()) + ") AND a.attnotnull)";
    }

    Part refuseDependents() {
        List<String> queries = new ArrayList<>(List.of(Obstacles.refuseHiddenRows(of.table())));
        of.columns().forEach(column -> queries.add(Dependents.refuseDependents(of.table(), column)));
        return rows(queries);
    }

    Part dropColumns() {
        List<String> queries = new ArrayList<>();
        of.columns().forEach(column -> queries.add(Dependents.refuseDependents(of.table(), column)));
        queries.add(Belongings.statement("ALTER TABLE " + table() + " "
                + of.columns().stream()
                        .map(column -> "DROP COLUMN " + Names.quoted(column))
                        .collect(Collectors.joining(", "))));
        return rows(queries);
    }

    /** The old columns again, still empty. */
    Part restoreColumns() {
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < of.columns().size(); i++) {
            queries.add("SELECT "
                    + Literal.quote("ALTER TABLE " + table() + " ADD COLUMN IF NOT EXISTS "
                            + Names.quoted(of.columns().get(i)) + " ")
                    + " || " + ColumnCatalog.type(of.into(), of.to().get(i)));
        }
        for (int i = 0; i < of.columns().size(); i++) {
            String column = of.columns().get(i);
            String young = of.to().get(i);
            queries.add(TableTwin.defaultValue(of.into(), young, of.table(), column));
            queries.add(TwinColumn.attributes(of.into(), young, of.table(), column));
            queries.add("SELECT " + Literal.quote("ALTER TABLE " + table() + " " + addMarker(column))
                    + column(of.into(), young) + " AND a.attnotnull AND NOT " + hasMarker(column)
                    + " AND EXISTS (SELECT" + column(of.table(), column) + " AND NOT a.attnotnull)");
        }
        return rows(queries);
    }

    /** Checks and indexes of the old columns again, once they are filled. */
    List<Part> restoreRest() {
        if (!of.to().equals(of.columns())) {
            return List.of();
        }
        TableTwin twin = twin(of.into(), of.to(), of.table());
        return List.of(
                rows(List.of(twin.checks(" NOT VALID"))),
                rows(List.of(twin.validations())),
                Part.autocommitRows(twin.indexes("CONCURRENTLY ") + ";"));
    }

    /**
     * The old row takes what the new one has, wherever that is something else: at the latest here, where a writer of the
     * old version was to do so and was rolled back.
     */
    Part settle() {
        String alias = Names.quoted(of.table().name());
        String pairs = " FROM " + into() + " AS pair WHERE pair." + Names.quoted(of.toKey()) + " = " + alias + "."
                + Names.quoted(of.key());
        String set = of.columns().stream()
                .map(column -> Names.quoted(column) + " = (SELECT pair."
                        + Names.quoted(of.to().get(of.columns().indexOf(column))) + pairs + ")")
                .collect(Collectors.joining(", "));
        RowSync sync = of.sync();
        String differ = SyncTrigger.differ(sync.old().of(alias), sync.young().of("pair"));
        String update =
                new BlockUpdate(of.table(), set, "EXISTS (SELECT" + pairs + " AND " + differ + ")", sync.name()).sql();
        return BlockUpdate.endless(Part.autocommitRows("SELECT " + Literal.quote(update)
                + " WHERE pg_catalog.to_regclass("
                + Names.literal(of.into().quoted()) + ") IS NOT NULL AND "
                + of.columns().size()
                + " = (SELECT count(*) FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = "
                + Names.regclass(of.table()) + " AND NOT a.attisdropped AND a.attname IN (" + literals(of.columns())
                + "));"));
    }

    /** NOT NULL again where it was. Rows that have got none meanwhile take the defaults, where those are all there. */
    List<Part> tighten() {
        String defaults = of.columns().stream()
                .map(column -> Names.quoted(column) + " = DEFAULT")
                .collect(Collectors.joining(", "));
        String fill = new BlockUpdate(
                        of.table(), defaults, "num_nonnulls(" + Names.quoted(of.columns()) + ") = 0", null)
                .sql();
        String marked = of.columns().stream().map(this::hasMarker).collect(Collectors.joining(" OR "));
        String without = of.columns().stream()
                .map(column -> " AND NOT (" + hasMarker(column) + " AND EXISTS (SELECT" + column(of.table(), column)
                        + " AND NOT a.atthasdef))")
                .collect(Collectors.joining());
        List<Part> parts = new ArrayList<>();
        parts.add(BlockUpdate.endless(
                Part.autocommitRows("SELECT " + Literal.quote(fill) + " WHERE (" + marked + ")" + without + ";")));
        for (String column : of.columns()) {
            parts.addAll(new NotNull(of.table(), column).partsWhere(hasMarker(column)));
        }
        of.columns().forEach(column -> parts.add(Part.schema(Alter.dropConstraint(of.table(), marker(column)))));
        return parts;
    }

    private static String column(QualifiedName table, String column) {
        return " FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = " + Names.regclass(table) + " AND a.attname = "
                + Names.literal(column) + " AND NOT a.attisdropped";
    }

    static String literals(List<String> names) {
        return names.stream().map(Names::literal).collect(Collectors.joining(", "));
    }

    private String each(IntFunction<String> piece) {
        return IntStream.range(0, of.columns().size()).mapToObj(piece).collect(Collectors.joining()) + " || ')'";
    }

    private String table() {
        return Names.quoted(of.table());
    }

    private String into() {
        return Names.quoted(of.into());
    }

    private static Part rows(List<String> queries) {
        return Part.rows(String.join(";\n", queries) + ";");
    }
}
