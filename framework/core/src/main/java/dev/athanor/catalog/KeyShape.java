package dev.athanor.catalog;

import static dev.athanor.sql.QualifiedName.quote;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a table is walked: by the columns of a key, or block by block where it has none. A key's value is a list of texts,
 * one for each column; it is bound as text parameters and cast on the server, so that no value is ever pasted into SQL.
 */
public sealed interface KeyShape {

    /** Parameters that one key value takes. */
    int width();

    /** Names for messages and the ledger. */
    List<String> columnNames();

    /**
     * The condition of a half-open range: above the lower key, up to and with the upper one.
     *
     * @param alias qualifies the columns, or null
     * @param bounded whether there is a lower key, bound to the first {@link #width()} parameters; the upper key takes
     *     the {@link #width()} parameters after it
     */
    String range(@Nullable String alias, boolean bounded);

    /** A key of one or several columns in the order of their index. */
    record Columns(List<KeyColumn> columns) implements KeyShape {
        public Columns {
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a key has at least one column");
            }
            columns = List.copyOf(columns);
        }

        @Override
        public int width() {
            return columns.size();
        }

        @Override
        public List<String> columnNames() {
            return columns.stream().map(KeyColumn::name).toList();
        }

        @Override
        public String range(@Nullable String alias, boolean bounded) {
            String qualifier = alias == null ? "" : alias + ".";
            String key = tuple(columns.stream().map(c -> c.reference(qualifier)).toList());
            String upTo = key + " <= " + parameters(bounded ? width() : 0);
            return bounded ? "(" + key + " > " + parameters(0) + " AND " + upTo + ")" : "(" + upTo + ")";
        }

        /** The condition of one row: its key is bound to the first {@link #width()} parameters. */
        public String exactly(@Nullable String alias) {
            String qualifier = alias == null ? "" : alias + ".";
            return "(" + tuple(columns.stream().map(c -> c.reference(qualifier)).toList()) + " = " + parameters(0)
                    + ")";
        }

        /**
         * {@code ORDER BY} list, upwards. A name that is not qualified would be taken for one of the select list, where
         * there is such a one, and the order for that of texts.
         *
         * @param table the table's own name, unquoted, or its alias
         */
        public String ascending(String table) {
            return columns.stream().map(c -> c.reference(quote(table) + ".")).collect(Collectors.joining(", "));
        }

        /** The same, downwards. */
        public String descending(String table) {
            return columns.stream()
                    .map(c -> c.reference(quote(table) + ".") + " DESC")
                    .collect(Collectors.joining(", "));
        }

        /** Select list that reads a key as texts {@code k1}, {@code k2} … */
        public String asTexts() {
            return IntStream.range(0, width())
                    .mapToObj(i -> columns.get(i).asText() + " AS k" + (i + 1))
                    .collect(Collectors.joining(", "));
        }

        /** The same, with whole numbers as they are. */
        public String asValues() {
            return IntStream.range(0, width())
                    .mapToObj(i -> columns.get(i).asValue() + " AS k" + (i + 1))
                    .collect(Collectors.joining(", "));
        }

        /** A key as one {@code text[]}. */
        public String asArray() {
            return columns.stream().map(KeyColumn::asText).collect(Collectors.joining(", ", "ARRAY[", "]"));
        }

        private String parameters(int offset) {
            return tuple(IntStream.range(0, width())
                    .mapToObj(
                            i -> "$" + (offset + i + 1) + "::" + columns.get(i).type())
                    .toList());
        }

        private static String tuple(List<String> parts) {
            return parts.size() == 1 ? parts.get(0) : "(" + String.join(", ", parts) + ")";
        }
    }

    /**
     * Physical blocks. A key value is one block number; a range of keys is a range of whole blocks. An UPDATE moves rows
     * to other blocks, so this shape alone is not exactly-once.
     */
    record Blocks() implements KeyShape {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public List<String> columnNames() {
            return List.of("ctid");
        }

        @Override
        public String range(@Nullable String alias, boolean bounded) {
            String ctid = alias == null ? "ctid" : alias + ".ctid";
            String below = ctid + " < " + firstRowAfter(bounded ? 2 : 1);
            return bounded ? "(" + ctid + " >= " + firstRowAfter(1) + " AND " + below + ")" : "(" + below + ")";
        }

        private static String firstRowAfter(int parameter) {
            return "format('(%s,0)', $" + parameter + "::bigint + 1)::tid";
        }
    }
}
