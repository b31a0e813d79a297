package dev.athanor.operation;

import dev.athanor.sql.Checksum;
import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts as they stand in the SQL of a {@link Part}, where a dollar sign and a brace begin a placeholder. */
final class Names {
    /** The server cuts identifiers at so many bytes (NAMEDATALEN - 1), silently. */
    static final int LONGEST = 63;

    /** As much of a checksum as makes two names in one schema differ: 2^40 of them before half of a chance. */
    private static final int HASH_DIGITS = 10;

    private Names() {}

    static String quoted(String name) {
        return escaped(QualifiedName.quote(name));
    }

    static String quoted(QualifiedName name) {
        return escaped(name.quoted());
    }

    /** Several columns, separated by commas. */
    static String quoted(Collection<String> names) {
        return names.stream().map(Names::quoted).collect(Collectors.joining(", "));
    }

    /** A string constant. */
    static String literal(String text) {
        return escaped(Literal.quote(text));
    }

    /** SQL with names as they stand in a {@link Part} as a string constant: what is to be escaped in it is so already. */
    static String statement(String sql) {
        return Literal.quote(sql);
    }

    /** The name of a table as a constant of type {@code regclass}, looked up by the server as in any statement. */
    static String regclass(QualifiedName table) {
        return literal(table.quoted()) + "::regclass";
    }

    /** Another object in the schema of this one. */
    static QualifiedName beside(QualifiedName table, String name) {
        return new QualifiedName(table.schema(), name);
    }

    /**
     * A name for an object of ours: {@code athanor_}, what it is for, as much of the words as fits, and a sum over all of
     * them, so that the same operation finds it again and no other meets it.
     */
    static String own(String purpose, String... words) {
        Checksum sum = new Checksum().fact(purpose);
        for (String word : words) {
            sum.fact(word);
        }
        String value = sum.value();
        String hash = value.substring(value.length() - HASH_DIGITS);
        String readable = String.join("_", words).replaceAll("[^A-Za-z0-9_]+", "_");
        String begin = "athanor_" + purpose + "_";
        int room = LONGEST - begin.length() - hash.length() - 1;
        return begin + readable.substring(0, Math.min(room, readable.length())) + "_" + hash;
    }

    /** Whether the server would cut this name. */
    static boolean isTooLong(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > LONGEST;
    }

    /** Objects to a name for something new that the server would cut. */
    static void checkNew(Objections objections, String option, String name) {
        if (isTooLong(name)) {
            objections.add("found " + name.getBytes(StandardCharsets.UTF_8).length + " bytes in '" + option + "=" + name
                    + "', expected at most " + LONGEST + ": the server would cut the name");
        }
    }

    /** The text as it is where <code>${</code> is no placeholder, as in an option of a directive. */
    static String plain(String escaped) {
        return escaped.replace("$${", "${");
    }

    private static String escaped(String sql) {
        return sql.replace("${", "$${");
    }
}
