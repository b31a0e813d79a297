package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Makes operations in Java during which old and new columns live together, beside those of {@link Operations}. Names are
 * written as in SQL.
 */
public final class Replacements {
    private Replacements() {}

    /** A column of an enum as text. */
    public static EnumToText enumToText(String table, String column) {
        return new EnumToText(
                QualifiedName.parse(table), QualifiedName.parse(column).name(), null, null, false);
    }

    /** A column of text as an enum that is there. */
    public static TextToEnum textToEnum(String table, String column, String type) {
        return TextToEnum.of(
                QualifiedName.parse(table), QualifiedName.parse(column).name(), type);
    }

    /** The column of a primary key in another type; {@link ReplacePrimaryKey#with} adds columns that refer to it. */
    public static ReplacePrimaryKey replacePrimaryKey(String table, String column, String type) {
        return new ReplacePrimaryKey(
                QualifiedName.parse(table), QualifiedName.parse(column).name(), type, null, List.of());
    }

    /**
     * A column as several.
     *
     * @param type of all new columns
     * @param up new columns and their values from the old one, in their order
     * @param down value of the old column from the new ones
     */
    public static SplitColumn splitColumn(
            String table, String from, String type, LinkedHashMap<String, String> up, String down) {
        return new SplitColumn(
                QualifiedName.parse(table),
                QualifiedName.parse(from).name(),
                up.keySet().stream()
                        .map(name -> QualifiedName.parse(name).name())
                        .toList(),
                List.of(type),
                List.copyOf(up.values()),
                down,
                null,
                false);
    }

    /**
     * Several columns as one.
     *
     * @param down old columns and their values from the new one, in their order
     * @param to the new column, of this type
     * @param up its value from the old ones
     */
    public static MergeColumns mergeColumns(String table, LinkedHashMap<String, String> down, Column to, String up) {
        return new MergeColumns(
                QualifiedName.parse(table),
                down.keySet().stream()
                        .map(name -> QualifiedName.parse(name).name())
                        .toList(),
                to.name(),
                to.type(),
                up,
                List.copyOf(down.values()),
                List.of(),
                false);
    }

    /**
     * A column of one table in another, under the same name.
     *
     * @param key column of the first table that is equal to {@code toKey} of the second for rows that belong together
     */
    public static MoveColumn moveColumn(String table, String column, String toTable, String key, String toKey) {
        String name = QualifiedName.parse(column).name();
        return new MoveColumn(
                QualifiedName.parse(table),
                name,
                QualifiedName.parse(toTable),
                name,
                QualifiedName.parse(key).name(),
                QualifiedName.parse(toKey).name(),
                false);
    }

    /**
     * Columns of a table in a new one, under the same names, a row for each row; {@link ExtractTable} says what else can be
     * told.
     *
     * @param key column of the first table that is a key, to which {@code toKey}, the key of the new one, refers
     */
    public static ExtractTable extractTable(String table, List<String> columns, String into, String key, String toKey) {
        List<String> names = Operations.namesOf(columns);
        return new ExtractTable(
                QualifiedName.parse(table),
                names,
                QualifiedName.parse(into),
                names,
                Operations.nameOf(key),
                Operations.nameOf(toKey),
                null,
                false,
                false);
    }

    /** A table as a version of the application knows it, in a schema of that version. */
    public static VersionView versionView(String table, String schema, String columns) {
        return new VersionView(
                QualifiedName.parse(table), QualifiedName.parse(schema).name(), columns, false);
    }
}
