package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A data type as a statement writes it, under the one name that all its spellings share: {@code int4} is
 * {@code integer}.
 *
 * @param schema where it names one other than {@code pg_catalog}; null otherwise
 * @param name of an element when it is an array
 * @param modifiers what stands in parentheses behind it
 */
record TypeName(@Nullable String schema, String name, List<String> modifiers, boolean array) {
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("int2", "smallint"),
            Map.entry("int8", "bigint"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("float", "double precision"),
            Map.entry("bool", "boolean"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("character", "char"),
            Map.entry("nchar", "char"),
            Map.entry("serial4", "serial"),
            Map.entry("serial2", "smallserial"),
            Map.entry("serial8", "bigserial"));

    private static final Map<String, String> OF_SERIAL =
            Map.of("serial", "integer", "smallserial", "smallint", "bigserial", "bigint");

    private static final Set<String> INTERVAL_FIELDS = Set.of("year", "month", "day", "hour", "minute", "second", "to");

    TypeName {
        modifiers = List.copyOf(modifiers);
    }

    /** Reads the type that comes next; null when none does. */
    static @Nullable TypeName read(TokenCursor cursor) {
        cursor.skip("setof");
        Token first = cursor.peek();
        if (!first.isName()) {
            return null;
        }
        boolean quoted = first.kind() == TokenKind.QUOTED_NAME;
        List<String> parts = cursor.parts();
        String last = parts.get(parts.size() - 1);
        @Nullable String schema = parts.size() > 1 ? parts.get(parts.size() - 2) : null;
        if ("pg_catalog".equals(schema)) {
            schema = null;
            quoted = last.equals("char");
        }
        if (quoted || schema != null) {
            boolean internal = quoted && last.equals("char") && schema == null;
            String name = schema != null ? last : internal ? "\"char\"" : ALIASES.getOrDefault(last, last);
            return new TypeName(schema, name, modifiers(cursor), array(cursor));
        }
        return unquoted(last, cursor);
    }

    private static TypeName unquoted(String word, TokenCursor cursor) {
        String base = word;
        if (base.equals("national")) {
            base = cursor.next().identifier();
        }
        if (base.equals("double") && cursor.skip("precision")) {
            base = "double precision";
        }
        String name = ALIASES.getOrDefault(base, base);
        if (name.equals("char") && cursor.skip("varying")) {
            name = "varchar";
        }
        if (name.equals("bit") && cursor.skip("varying")) {
            name = "varbit";
        }
        while (name.equals("interval") && INTERVAL_FIELDS.stream().anyMatch(cursor.peek()::isWord)) {
            name = "interval " + cursor.next().identifier() + rest(cursor);
        }
        List<String> modifiers = modifiers(cursor);
        if (name.equals("timestamp") || name.equals("time")) {
            boolean zone = cursor.skip("with", "time", "zone");
            cursor.skip("without", "time", "zone");
            name = zone ? name + "tz" : name;
        }
        if (name.equals("char") && modifiers.isEmpty() || name.equals("bit") && modifiers.isEmpty()) {
            modifiers = List.of("1");
        }
        if (name.equals("bpchar") && !modifiers.isEmpty()) {
            name = "char";
        }
        return new TypeName(null, name, modifiers, array(cursor));
    }

    private static String rest(TokenCursor cursor) {
        StringBuilder rest = new StringBuilder();
        while (INTERVAL_FIELDS.stream().anyMatch(cursor.peek()::isWord)) {
            rest.append(' ').append(cursor.next().identifier());
        }
        return rest.toString();
    }

    private static List<String> modifiers(TokenCursor cursor) {
        List<String> modifiers = new ArrayList<>();
        for (List<Token> item : TokenCursor.items(cursor.parenthesized())) {
            modifiers.add(Expression.of(item).text());
        }
        return modifiers;
    }

    private static boolean array(TokenCursor cursor) {
        boolean array = cursor.skip("array");
        while (cursor.peek().isSymbol("[")) {
            cursor.skipNested();
            array = true;
        }
        return array;
    }

    boolean is(String other) {
        return schema == null && name.equals(other);
    }

    /** What a serial is made of; the type itself when it is none. */
    TypeName stored() {
        String integer = schema == null ? OF_SERIAL.get(name) : null;
        return integer == null ? this : new TypeName(null, integer, List.of(), array);
    }

    boolean isSerial() {
        return schema == null && OF_SERIAL.containsKey(name);
    }

    /** The number in its parentheses at an index, or a default where there is none. */
    int modifier(int index, int otherwise) {
        if (index >= modifiers.size() || !modifiers.get(index).matches("-?\\d{1,9}")) {
            return otherwise;
        }
        return Integer.parseInt(modifiers.get(index));
    }

    /** As it may stand in SQL. */
    String sql() {
        String base = schema == null
                ? (name.matches("[a-z_][a-z0-9_ ]*|\"char\"") ? name : QualifiedName.quote(name))
                : QualifiedName.quote(schema) + "." + QualifiedName.quote(name);
        String length = modifiers.isEmpty() ? "" : "(" + String.join(", ", modifiers) + ")";
        return base + length + (array ? "[]" : "");
    }
}
