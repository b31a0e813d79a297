package dev.athanor.operation;

import dev.athanor.operation.OperationCase.Name;
import dev.athanor.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts names in the place of braces: {@code {{key}}} as SQL writes it, with its schema; {@code {{key.name}}} without;
 * {@code {{key.text}}} unquoted; {@code {{key.literal}}} the unquoted name as a string of SQL; {@code {{key.regclass}}}.
 */
final class CaseNames {
    /** A schema of hostile runs, which is not on the search path. */
    static final String HOSTILE_SCHEMA = "Other \"schema\"; -- '";

    /** As long as a name may be, to which operations must not append anything blindly. */
    private static final int LONGEST = 63;

    private static final List<String> HOSTILE = List.of(
            "tick\"ets; drop",
            "it's %I $1 $$",
            "select",
            "Ünï ✓ çode",
            "MixedCase",
            "a.b c",
            "-- athanor:expand",
            "user");

    private static final Pattern BRACES = Pattern.compile("\\{\\{([a-z_0-9]+)((?:\\.[a-z]+)?)}}");

    private final Map<String, String> replacements;

    private CaseNames(Map<String, String> replacements) {
        this.replacements = replacements;
    }

    static CaseNames plain(OperationCase one) {
        Map<String, String> replacements = new LinkedHashMap<>();
        one.names().forEach(name -> {
            put(replacements, name.key(), name.plain(), name.plain(), name.plain());
        });
        return new CaseNames(replacements);
    }

    /** Other names for the same case, different for each key; which ones is a matter of the case's path. */
    static CaseNames hostile(OperationCase one) {
        Map<String, String> replacements = new LinkedHashMap<>();
        int turn = Math.floorMod(one.path().hashCode(), HOSTILE.size() + 1);
        for (Name name : one.names()) {
            String text = hostile(turn++);
            String quoted = QualifiedName.quote(text);
            String whole = name.inSchema() ? new QualifiedName(HOSTILE_SCHEMA, text).quoted() : quoted;
            put(replacements, name.key(), whole, quoted, text);
        }
        return new CaseNames(replacements);
    }

    private static String hostile(int turn) {
        int kind = turn % (HOSTILE.size() + 1);
        String round = turn > HOSTILE.size() ? String.valueOf(turn / (HOSTILE.size() + 1)) : "";
        if (kind == HOSTILE.size()) {
            String begin = "long" + round + "_";
            return begin + "x".repeat(LONGEST - begin.length());
        }
        return HOSTILE.get(kind) + round;
    }

    private static void put(Map<String, String> all, String key, String whole, String quoted, String text) {
        all.put(key, whole);
        all.put(key + ".name", quoted);
        all.put(key + ".text", text);
        all.put(key + ".literal", "'" + text.replace("'", "''") + "'");
        all.put(key + ".regclass", "'" + whole.replace("'", "''") + "'::regclass");
    }

    /** A text with names, for the server. */
    String in(String text) {
        Matcher braces = BRACES.matcher(text);
        return braces.replaceAll(found -> Matcher.quoteReplacement(value(found.group(1) + found.group(2))));
    }

    /**
     * A text with names, for a revision file. Its directives hold names as they are, and expressions in quotes, which
     * are doubled within; in expressions and statements a dollar sign and a brace are no placeholder.
     */
    String inRevision(String text) {
        StringBuilder result = new StringBuilder();
        for (String line : text.lines().toList()) {
            result.append(line.startsWith("-- athanor:") ? directive(line) : statement(line))
                    .append('\n');
        }
        return result.toString();
    }

    private String statement(String line) {
        Matcher braces = BRACES.matcher(line);
        return braces.replaceAll(found -> Matcher.quoteReplacement(escaped(value(found.group(1) + found.group(2)))));
    }

    private static String escaped(String name) {
        return name.replace("${", "$${");
    }

    private String directive(String line) {
        StringBuilder result = new StringBuilder();
        char quote = 0;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            Matcher braces = BRACES.matcher(line).region(at, line.length());
            if (c == '{' && braces.lookingAt()) {
                String name = value(braces.group(1) + braces.group(2));
                result.append(quote == 0 ? name : escaped(name).replace("" + quote, "" + quote + quote));
                at = braces.end() - 1;
                continue;
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            result.append(c);
        }
        return result.toString();
    }

    private String value(String key) {
        String value = replacements.get(key);
        if (value == null) {
            throw new AssertionError("no name '" + key + "'; there are " + replacements.keySet());
        }
        return value;
    }
}
